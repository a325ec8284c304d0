// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ask.h"
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/words.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

/// What is asked about: the commit that an environment runs, or the head of an open change.
struct Subject
{
    QString pipeline;
    CiCommit commit;
    QString title;
};

/// PIPELINE/ENV, or PIPELINE with a change: "shop/dev1", "shop#482", "shop totals".
Result<Subject> subjectOf(Context &context, const Invocation &invocation)
{
    const QString first = invocation.arguments.constFirst();
    if (invocation.arguments.size() == 1) {
        const auto card = findEnvironment(context, first);
        if (!card)
            return tl::unexpected(card.error());
        const auto &release = card->environment.release;
        if (card->environment.commit().isEmpty()) {
            return fail(Error::Kind::Invalid, u"“%1” runs no commit that CI could know."_s.arg(card->id()),
                        u"Deploy a commit to it."_s);
        }
        return Subject{card->environment.pipeline, {release->version, release->change.branch}, release->change.title};
    }
    const auto pipeline = findPipeline(context, first);
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    const QString wanted = invocation.arguments.at(1);
    const QList<Change> changes = context.reader().cache().changes(pipeline->name);
    for (const Change &change : changes) {
        if (change.ref() == wanted || change.branch == wanted || change.head == wanted)
            return Subject{pipeline->name, {change.head, change.branch}, change.title};
    }
    return fail(Error::Kind::NotFound, u"“%1” has no open change “%2”."_s.arg(pipeline->name, wanted),
                u"`slipwayctl changes %1` lists them."_s.arg(pipeline->name));
}

QJsonObject jobDocument(const CiJob &job)
{
    return {{u"id"_s, job.id},
            {u"name"_s, job.name},
            {u"state"_s, toString(job.state)},
            {u"text"_s, orNull(job.stateText)},
            {u"waits_for_approval"_s, job.waits},
            {u"url"_s, orNull(job.url)},
            {u"started_at"_s, orNull(job.startedAt)},
            {u"ended_at"_s, orNull(job.endedAt)},
            {u"failing"_s, QJsonArray::fromStringList(job.failing)},
            {u"flaky"_s, QJsonArray::fromStringList(job.flaky)}};
}

QJsonObject runDocument(const CiRun &run)
{
    QJsonArray jobs;
    for (const CiJob &job : run.jobs)
        jobs.append(jobDocument(job));
    return {{u"id"_s, run.id},
            {u"name"_s, run.name},
            {u"state"_s, toString(run.state)},
            {u"may_rerun"_s, run.mayRerun},
            {u"may_cancel"_s, run.mayCancel},
            {u"jobs"_s, jobs}};
}

QJsonObject reportDocument(const Subject &subject, const CiReport &report)
{
    QJsonArray runs;
    for (const CiRun &run : report.runs)
        runs.append(runDocument(run));
    return {{u"pipeline"_s, subject.pipeline},
            {u"version"_s, subject.commit.version},
            {u"title"_s, subject.title},
            {u"ci"_s, ciDocument(report.status)},
            {u"runs"_s, runs},
            {u"note"_s, orNull(report.note)}};
}

void tellReport(Terminal &terminal, const Subject &subject, const CiReport &report)
{
    terminal.say(
        u"%1 (%2): %3"_s.arg(subject.title, shortVersion(subject.commit.version), toString(report.status.state)));
    QList<QList<Cell>> rows;
    for (const CiRun &run : report.runs) {
        for (const CiJob &job : run.jobs) {
            rows.append({{run.name, Tone::Dim},
                         {job.name, Tone::Strong},
                         {job.stateText.isEmpty() ? toString(job.state) : job.stateText},
                         {job.id, Tone::Dim}});
        }
    }
    terminal.table(rows);
    for (const CiRun &run : report.runs) {
        for (const CiJob &job : run.jobs) {
            for (const QString &test : job.failing)
                terminal.say(
                    u"    %1 failed: %2%3"_s.arg(job.name, test, job.flaky.contains(test) ? u" (flaky)"_s : QString()));
        }
    }
    if (!report.note.isEmpty())
        terminal.say(report.note);
}

Result<CiReport> reportOn(Context &context, const Subject &subject)
{
    return askCi<CiReport>(context, subject.pipeline, [commit = subject.commit](CiProvider &ci, const QString &id) {
        return ci.report(id, commit);
    });
}

Result<int> tell(Context &context, const Subject &subject)
{
    const auto report = reportOn(context, subject);
    if (!report)
        return tl::unexpected(report.error());
    if (context.json())
        context.document(reportDocument(subject, *report));
    else
        tellReport(context.terminal(), subject, *report);
    return report->status.state == CiState::Failed ? Failed : Done;
}

/// Done to the runs of a report that `may` says; the report as it is afterwards.
Result<int> actOn(Context &context, const Invocation &invocation, bool CiRun::*may, const QString &nothing,
                  const std::function<Task<void>(CiProvider &, QString, QString)> &act)
{
    const auto subject = subjectOf(context, invocation);
    if (!subject)
        return tl::unexpected(subject.error());
    const auto report = reportOn(context, *subject);
    if (!report)
        return tl::unexpected(report.error());
    bool any = false;
    for (const CiRun &run : report->runs) {
        if (!(run.*may))
            continue;
        any = true;
        const auto done = askCi<void>(context, subject->pipeline,
                                      [&](CiProvider &ci, const QString &project) { return act(ci, project, run.id); });
        if (!done)
            return tl::unexpected(done.error());
    }
    if (!any)
        return fail(Error::Kind::Invalid, nothing, u"`slipwayctl ci` shows how it stands."_s);
    return tell(context, *subject);
}

Result<int> showChecks(Context &context, const Invocation &invocation)
{
    const auto subject = subjectOf(context, invocation);
    return subject ? tell(context, *subject) : tl::unexpected(subject.error());
}

Result<int> rerun(Context &context, const Invocation &invocation)
{
    return actOn(context, invocation, &CiRun::mayRerun, u"Nothing of it failed that could run again."_s,
                 [](CiProvider &ci, const QString &project, const QString &run) { return ci.rerun(project, run); });
}

Result<int> cancel(Context &context, const Invocation &invocation)
{
    return actOn(context, invocation, &CiRun::mayCancel, u"Nothing of it runs."_s,
                 [](CiProvider &ci, const QString &project, const QString &run) { return ci.cancel(project, run); });
}

Result<int> approve(Context &context, const Invocation &invocation)
{
    const auto subject = subjectOf(context, invocation);
    if (!subject)
        return tl::unexpected(subject.error());
    const auto report = reportOn(context, *subject);
    if (!report)
        return tl::unexpected(report.error());
    const QString wanted = invocation.value(u"job"_s);
    QStringList waiting;
    for (const CiRun &run : report->runs) {
        for (const CiJob &job : run.jobs) {
            if (!job.waits)
                continue;
            waiting.append(job.name);
            if (!wanted.isEmpty() && job.name != wanted && job.id != wanted)
                continue;
            const auto done = askCi<void>(context, subject->pipeline,
                                          [run = run.id, job = job.id](CiProvider &ci, const QString &project) {
                                              return ci.approve(project, run, job);
                                          });
            if (!done)
                return tl::unexpected(done.error());
            return tell(context, *subject);
        }
    }
    return fail(Error::Kind::NotFound, u"No such job of it waits for approval."_s,
                waiting.isEmpty() ? u"None does."_s : u"These do: %1."_s.arg(waiting.join(u", "_s)));
}

Result<int> log(Context &context, const Invocation &invocation)
{
    const auto pipeline = findPipeline(context, invocation.arguments.constFirst());
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    const auto page = askCi<LogPage>(
        context, pipeline->name,
        [job = invocation.arguments.at(1)](CiProvider &ci, const QString &project) { return ci.log(project, job); });
    if (!page)
        return tl::unexpected(page.error());
    if (context.json()) {
        QJsonArray lines;
        for (const LogLine &line : page->lines)
            lines.append(QJsonObject{{u"step"_s, line.process}, {u"error"_s, line.isError}, {u"text"_s, line.text}});
        context.document({{u"pipeline"_s, pipeline->name}, {u"lines"_s, lines}});
        return Done;
    }
    for (const LogLine &line : page->lines)
        context.terminal().say(u"%1  %2"_s.arg(line.process, line.text));
    return Done;
}

} // namespace

QList<Command> ciCommands()
{
    const auto about = [](const QString &name, const QString &summary, auto run) {
        return Command{
            .name = name, .usage = u"ENV | PIPELINE CHANGE"_s, .least = 1, .most = 2, .summary = summary, .run = run};
    };
    Command approving = about(u"ci approve"_s, u"Let a job go on that waits for approval."_s, approve);
    approving.options = {{{u"job"_s}, u"NAME"_s, u"Which one, where several wait."_s}};
    return {about(u"ci"_s, u"What CI says of a version: jobs, failing tests."_s, showChecks),
            about(u"ci rerun"_s, u"Run again what failed."_s, rerun),
            about(u"ci cancel"_s, u"Stop what CI runs for it."_s, cancel),
            approving,
            {.name = u"ci log"_s,
             .usage = u"PIPELINE JOB"_s,
             .least = 2,
             .most = 2,
             .summary = u"What a job printed; `ci` shows the jobs."_s,
             .run = log}};
}

} // namespace Slipway::Cli
