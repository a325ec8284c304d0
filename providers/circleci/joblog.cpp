// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/joblog.h"

#include "providers/circleci/circleerrors.h"
#include "providers/circleci/fields.h"
#include "providers/circleci/phrases.h"

#include <algorithm>

namespace Slipway::CircleCi {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostLines = 10000;
constexpr int kMostOutputs = 300; ///< steps times parallel runs; each is a request
constexpr QLatin1String kRemark("slipway"); // LogLine::process of the provider's own remarks

LogLine remark(const QDateTime &at, const QString &text)
{
    return LogLine{at, kRemark, false, text};
}

/// Whether asking for the rest would not fare better.
bool endsTheLog(const Error &error)
{
    return error.kind() == Error::Kind::Cancelled || error.kind() == Error::Kind::Network
        || error.kind() == Error::Kind::RateLimited;
}

} // namespace

JobLog::JobLog(CircleCiApi &api)
    : m_api(api)
{ }

Result<QList<JobLog::Action>> JobLog::actionsFrom(const QJsonObject &answer)
{
    const QJsonValue steps = answer.value(u"steps"_s);
    if (!steps.isArray() && !steps.isNull() && !steps.isUndefined())
        return tl::unexpected(unreadable(Phrases::tr("list the steps of a job")));
    QList<Action> all;
    const QJsonArray entries = steps.toArray();
    for (const auto &entry : entries) {
        const QJsonArray actions = entry.toObject().value(u"actions"_s).toArray();
        const QString name = oneLine(entry.toObject().value(u"name"_s).toString());
        for (const auto &one : actions) {
            Fields fields(one.toObject(), Phrases::tr("a step"));
            Action action;
            action.index = fields.maybeNumber(u"index"_s).value_or(0);
            action.step = fields.maybeNumber(u"step"_s).value_or(0);
            action.process = name.isEmpty() ? fields.label(u"name"_s) : name;
            action.output = QUrl::fromEncoded(fields.maybeText(u"output_url"_s).toUtf8(), QUrl::StrictMode);
            action.startedAt = fields.maybeTime(u"start_time"_s);
            action.truncated = one.toObject().value(u"truncated"_s).toBool();
            if (actions.size() > 1)
                action.process += u" [%1]"_s.arg(action.index);
            const auto read = fields.take(action);
            if (!read)
                return tl::unexpected(read.error());
            all.append(*read);
        }
    }
    return all;
}

Task<QList<JobLog::Action>> JobLog::actions(QString project, QString job)
{
    using All = Result<QList<Action>>;
    const auto slug = slugPath(project);
    if (!slug)
        co_return All(tl::unexpect, slug.error());
    Call call;
    call.first = true;
    call.path = u"/project/"_s + *slug + u'/' + segment(job);
    call.what = Phrases::tr("list the steps of job %1").arg(job);
    const auto answer = co_await m_api.object(call);
    if (!answer)
        co_return All(tl::unexpect, answer.error());
    co_return actionsFrom(*answer);
}

/// An address that has expired is asked for again: once for all of them, as they were all made together.
Task<HttpAnswer> JobLog::output(QString project, QString job, Action action, std::shared_ptr<QList<Action>> renewed)
{
    const auto same = [&action](const Action &other) {
        return other.step == action.step && other.index == action.index && other.process == action.process;
    };
    const auto newer = std::find_if(renewed->cbegin(), renewed->cend(), same);
    const QUrl address = newer == renewed->cend() ? action.output : newer->output;
    Result<HttpAnswer> answer = co_await m_api.fetch(address);
    const bool expired = answer && (answer->status == 403 || answer->status == 401 || answer->status == 410);
    if (!expired || !renewed->isEmpty())
        co_return answer;
    const auto again = co_await actions(project, job);
    if (!again)
        co_return Result<HttpAnswer>(tl::unexpect, again.error());
    *renewed = *again;
    const auto found = std::find_if(renewed->cbegin(), renewed->cend(), same);
    if (found == renewed->cend() || found->output.isEmpty())
        co_return answer;
    const QUrl fresh = found->output;
    answer = co_await m_api.fetch(fresh);
    co_return answer;
}

Result<OutputLines> JobLog::linesOf(const Result<HttpAnswer> &answer, const Action &action, qsizetype most)
{
    if (!answer)
        return tl::unexpected(answer.error());
    if (!answer->good()) // the words of a file store tell nobody anything
        return fail(Error::Kind::Server, Phrases::tr("the answer was %1.").arg(answer->status));
    Result<OutputLines> made = outputLines(answer->body, action.process, action.startedAt, most);
    if (made && action.truncated) {
        const QString words = Phrases::tr("CircleCI kept only a part of what “%1” printed.").arg(action.process);
        made->lines.append(remark(action.startedAt, words));
    }
    return made;
}

Task<LogPage> JobLog::read(QString project, QString job)
{
    LogPage page;
    const bool numbered =
        !job.isEmpty() && std::all_of(job.cbegin(), job.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!numbered)
        co_return Result<LogPage>(page);
    const auto known = co_await actions(project, job);
    if (!known)
        co_return Result<LogPage>(tl::unexpect, known.error());
    const auto renewed = std::make_shared<QList<Action>>();
    bool whole = true;
    int asked = 0;
    for (auto action = known->crbegin(); action != known->crend(); ++action) { // the newest first: they are kept
        if (action->output.isEmpty())
            continue;
        const qsizetype room = kMostLines - page.lines.size();
        whole = room > 0 && asked < kMostOutputs;
        if (!whole)
            break;
        ++asked;
        const auto answer = co_await output(project, job, *action, renewed);
        if (!answer && endsTheLog(answer.error()))
            co_return Result<LogPage>(tl::unexpect, answer.error());
        const auto printed = linesOf(answer, *action, room);
        if (printed) {
            page.lines = printed->lines + page.lines;
            whole = printed->whole;
        } else {
            const QString words = Phrases::tr("What “%1” printed cannot be shown: %2");
            page.lines.prepend(remark(action->startedAt, words.arg(action->process, printed.error().message())));
        }
        if (!whole)
            break;
    }
    if (!whole) {
        const QDateTime at = page.lines.isEmpty() ? QDateTime() : page.lines.constFirst().at;
        page.lines.prepend(remark(
            at, Phrases::tr("What came before is left out: only the newest %1 lines are shown.").arg(kMostLines)));
    }
    co_return Result<LogPage>(page);
}

} // namespace Slipway::CircleCi
