// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/workflows.h"

#include "models/domain/plaintext.h"
#include "providers/github/checkrecords.h"
#include "providers/github/githuberrors.h"
#include "providers/github/phrases.h"
#include "providers/github/reading.h"

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

Error elsewhere()
{
    return Error(Error::Kind::Unsupported, Phrases::tr("That is not run by GitHub Actions."),
                 Phrases::tr("Open it where it runs, or add that service's account to the pipeline."));
}

bool goes(const QJsonObject &run)
{
    return textAt(run, u"status"_s) != u"completed";
}

} // namespace

Task<QJsonObject> Workflows::run(QString project, QString number)
{
    Call call;
    call.project = project;
    call.path = u"/actions/runs/"_s + number;
    call.what = Phrases::tr("read the workflow run %1").arg(number);
    Result<QJsonObject> run = co_await m_api.object(call);
    co_return run;
}

Task<void> Workflows::rerun(QString project, QString id)
{
    const QString number = workflowRunOf(id);
    if (number.isEmpty())
        co_return Result<void>(tl::unexpect, elsewhere());
    Call call;
    call.method = "POST";
    call.project = project;
    call.path = u"/actions/runs/%1/rerun-failed-jobs"_s.arg(number);
    call.what = Phrases::tr("start the workflow run again");
    int attemptBefore = -1;
    for (int attempt = 1;; ++attempt) {
        const auto now = co_await run(project, number);
        if (!now)
            co_return Result<void>(tl::unexpect, now.error());
        const int known = numberAt(*now, u"run_attempt"_s).value_or(1);
        const bool begun = attemptBefore >= 0 && known > attemptBefore;
        if (goes(*now) || begun || textAt(*now, u"conclusion"_s) == u"success")
            co_return Result<void>();
        attemptBefore = known;
        const auto sent = co_await m_api.send(call);
        if (sent)
            co_return Result<void>();
        if (!mayHaveHappened(sent.error()) || attempt == kLostAnswerTries)
            co_return Result<void>(tl::unexpect, sent.error());
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<void>(tl::unexpect, waited.error());
    }
}

Task<void> Workflows::cancel(QString project, QString id)
{
    const QString number = workflowRunOf(id);
    if (number.isEmpty())
        co_return Result<void>(tl::unexpect, elsewhere());
    const auto now = co_await run(project, number);
    if (!now)
        co_return Result<void>(tl::unexpect, now.error());
    if (!goes(*now))
        co_return Result<void>();
    Call call;
    call.method = "POST";
    call.project = project;
    call.path = u"/actions/runs/%1/cancel"_s.arg(number);
    call.what = Phrases::tr("cancel the workflow run");
    call.repeatable = true; // cancelled twice is cancelled; the second time it may say 409
    const auto sent = co_await m_api.send(call);
    if (sent || sent.error().kind() == Error::Kind::Conflict) // 409: it has ended meanwhile
        co_return Result<void>();
    co_return Result<void>(tl::unexpect, sent.error());
}

/// Environments with reviewers hold jobs back; first-time contributors hold back the whole run.
Task<void> Workflows::approve(QString project, QString id)
{
    const QString number = workflowRunOf(id);
    if (number.isEmpty())
        co_return Result<void>(tl::unexpect, elsewhere());
    Call call;
    call.project = project;
    call.path = u"/actions/runs/%1/pending_deployments"_s.arg(number);
    call.what = Phrases::tr("read what the workflow run waits for");
    call.kept = false;
    const auto pending = co_await m_api.list(call);
    if (!pending)
        co_return Result<void>(tl::unexpect, pending.error());
    if (pending->isEmpty()) {
        Result<void> done = co_await approveFork(project, number);
        co_return done;
    }
    QJsonArray mine;
    QStringList others;
    for (const auto &entry : *pending) {
        const QJsonObject one = entry.toObject();
        if (flagAt(one, u"current_user_can_approve"_s))
            mine.append(valueAt(one, u"environment.id"_s));
        else
            others.append(lineAt(one, u"environment.name"_s));
    }
    if (mine.isEmpty()) {
        const Error blocked(Error::Kind::Blocked,
                            Phrases::tr("This account is not among the reviewers of %1.").arg(others.join(u", "_s)),
                            Phrases::tr("One of its reviewers approves the run at GitHub."));
        co_return Result<void>(tl::unexpect, blocked);
    }
    call.method = "POST";
    call.what = Phrases::tr("approve the workflow run");
    call.repeatable = true; // what was approved is no longer pending
    call.body = QJsonObject{
        {u"environment_ids"_s, mine}, {u"state"_s, u"approved"_s}, {u"comment"_s, Phrases::tr("Approved in Slipway.")}};
    const auto sent = co_await m_api.send(call);
    if (!sent)
        co_return Result<void>(tl::unexpect, sent.error());
    co_return Result<void>();
}

Task<void> Workflows::approveFork(QString project, QString number)
{
    const auto now = co_await run(project, number);
    if (!now)
        co_return Result<void>(tl::unexpect, now.error());
    if (textAt(*now, u"conclusion"_s) != u"action_required")
        co_return Result<void>(); // approved already
    Call call;
    call.method = "POST";
    call.project = project;
    call.path = u"/actions/runs/%1/approve"_s.arg(number);
    call.what = Phrases::tr("approve the workflow run");
    call.repeatable = true;
    const auto sent = co_await m_api.send(call);
    if (!sent)
        co_return Result<void>(tl::unexpect, sent.error());
    co_return Result<void>();
}

/// The log is at another host, by an address that is a secret of its own and good for a minute.
Task<LogPage> Workflows::log(QString project, QString job)
{
    const bool digits = !job.isEmpty() && workflowRunOf(actionsRunId(job)) == job;
    if (!digits)
        co_return Result<LogPage>(tl::unexpect, elsewhere());
    Call call;
    call.project = project;
    call.path = u"/actions/jobs/%1/logs"_s.arg(job);
    call.what = Phrases::tr("read the log of the job");
    call.followed = false;
    call.kept = false;
    const auto answer = co_await m_api.send(call);
    if (!answer && answer.error().kind() == Error::Kind::NotFound) {
        const Error none(Error::Kind::NotFound, Phrases::tr("GitHub has no log of this job."),
                         Phrases::tr("It is not run by GitHub Actions, or its log is older than GitHub keeps them."));
        co_return Result<LogPage>(tl::unexpect, none);
    }
    if (!answer)
        co_return Result<LogPage>(tl::unexpect, answer.error());
    HttpRequest request;
    request.url = QUrl::fromEncoded(answer->header("Location"), QUrl::StrictMode);
    request.authorized = false;
    if (answer->status / 100 != 3 || request.url.isRelative())
        co_return Result<LogPage>(tl::unexpect, unreadable(call.what));
    const auto text = co_await m_api.http().send(request);
    if (!text)
        co_return Result<LogPage>(tl::unexpect, text.error());
    if (!text->good())
        co_return Result<LogPage>(tl::unexpect, unreadable(call.what));
    LogPage page;
    page.lines = readActionsLog(text->body);
    co_return Result<LogPage>(page);
}

QList<LogLine> readActionsLog(const QByteArray &text)
{
    QList<LogLine> lines;
    QString step;
    const QByteArrayList raw = text.split('\n');
    for (QByteArray line : raw) {
        if (line.startsWith("\xef\xbb\xbf"))
            line = line.mid(3);
        const qsizetype blank = line.indexOf(' ');
        QDateTime at = QDateTime::fromString(QString::fromLatin1(line.left(qMax<qsizetype>(blank, 0)).left(23)) + u'Z',
                                             Qt::ISODateWithMs);
        LogLine one;
        one.at = at.isValid() ? at.toUTC() : (lines.isEmpty() ? QDateTime() : lines.constLast().at);
        QByteArray said = at.isValid() ? line.mid(blank + 1) : line;
        if (said.startsWith("##[endgroup]") || (said.trimmed().isEmpty() && !at.isValid()))
            continue;
        if (said.startsWith("##[group]")) {
            said = said.mid(9);
            step = plainText(said).simplified();
        }
        one.isError = said.startsWith("##[error]");
        if (said.startsWith("##[") && said.indexOf(']') > 0)
            said = said.mid(said.indexOf(']') + 1);
        one.process = step;
        one.text = plainText(said);
        lines.append(one);
    }
    return lines;
}

} // namespace Slipway::GitHub
