// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/checkrecords.h"

#include "providers/github/phrases.h"
#include "providers/github/reading.h"

#include <algorithm>

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1String kActions("actions/");

Weight weightOfCheck(const QString &status, const QString &conclusion)
{
    if (status != u"completed")
        return Weight::Open;
    if (conclusion == u"success" || conclusion == u"neutral")
        return Weight::Good;
    if (conclusion == u"skipped" || conclusion == u"stale")
        return Weight::Nothing;
    const QStringList bad{u"failure"_s, u"timed_out"_s, u"cancelled"_s, u"action_required"_s, u"startup_failure"_s};
    return bad.contains(conclusion) ? Weight::Bad : Weight::Unknown;
}

CiState stateOf(Weight weight, const QString &conclusion)
{
    if (conclusion == u"cancelled" || conclusion == u"action_required")
        return CiState::None; // it does not run
    switch (weight) {
    case Weight::Good:
        return CiState::Passed;
    case Weight::Bad:
        return CiState::Failed;
    case Weight::Open:
        return CiState::Running;
    case Weight::Nothing:
        return CiState::None;
    case Weight::Unknown:
        break;
    }
    return CiState::Unknown;
}

QString inWords(const QString &word)
{
    return oneLine(word).replace(u'_', u' ');
}

CiJob jobOfCheck(const QJsonObject &check, Weight weight)
{
    const QString status = textAt(check, u"status"_s);
    const QString conclusion = textAt(check, u"conclusion"_s);
    CiJob job;
    job.id = idAt(check, u"id"_s);
    job.name = lineAt(check, u"name"_s);
    job.state = stateOf(weight, conclusion);
    job.waits = status == u"waiting" || conclusion == u"action_required";
    job.stateText = job.waits ? Phrases::tr("waits for approval") : inWords(conclusion.isEmpty() ? status : conclusion);
    if (const QString title = lineAt(check, u"output.title"_s); !title.isEmpty() && weight == Weight::Bad)
        job.stateText += u": "_s + title;
    job.hasLog =
        textAt(check, u"app.slug"_s) == u"github-actions" && status == u"completed" && conclusion != u"skipped";
    job.url = webAddressAt(check, u"html_url"_s);
    if (job.url.isEmpty())
        job.url = webAddressAt(check, u"details_url"_s);
    job.startedAt = timeAt(check, u"started_at"_s);
    job.endedAt = timeAt(check, u"completed_at"_s);
    return job;
}

/// Jobs of others that wait for a click say so in words alone (CircleCI: "Your job is on hold").
bool asksForApproval(const QString &description)
{
    return description.contains("on hold"_L1, Qt::CaseInsensitive)
        || description.contains("approval"_L1, Qt::CaseInsensitive);
}

void fillFrom(CiRun &run, const QJsonObject &workflow)
{
    run.id = actionsRunId(idAt(workflow, u"id"_s));
    if (const QString name = lineAt(workflow, u"name"_s); !name.isEmpty())
        run.name = name;
    const QString conclusion = textAt(workflow, u"conclusion"_s);
    const bool ended = textAt(workflow, u"status"_s) == u"completed";
    run.mayCancel = !ended;
    run.mayRerun =
        ended && weightOfCheck(u"completed"_s, conclusion) == Weight::Bad && conclusion != u"action_required";
}

} // namespace

bool isAcceptance(const QString &context)
{
    return context.compare(kAcceptance, Qt::CaseInsensitive) == 0;
}

CiState together(const QList<Weight> &weights)
{
    if (weights.contains(Weight::Bad))
        return CiState::Failed;
    if (weights.contains(Weight::Open))
        return CiState::Running;
    if (weights.contains(Weight::Unknown))
        return CiState::Unknown;
    return weights.contains(Weight::Good) ? CiState::Passed : CiState::None;
}

CiState stateFromRollup(const QString &state)
{
    return state.isEmpty() ? CiState::None : together({weightOfStatus(state)});
}

Weight weightOfStatus(const QString &state)
{
    const QString word = state.toLower();
    if (word == u"success")
        return Weight::Good;
    if (word == u"failure" || word == u"error")
        return Weight::Bad;
    return word == u"pending" || word == u"expected" ? Weight::Open : Weight::Unknown;
}

std::optional<CheckedRun> runOfStatuses(const QJsonArray &statuses)
{
    CheckedRun all;
    for (const auto &entry : statuses) {
        const QJsonObject status = entry.toObject();
        const QString context = lineAt(status, u"context"_s);
        if (isAcceptance(context))
            continue;
        const QString description = lineAt(status, u"description"_s);
        const Weight weight = weightOfStatus(textAt(status, u"state"_s));
        CiJob job;
        job.id = context;
        job.name = context;
        job.state = stateOf(weight, {});
        job.waits = weight == Weight::Open && asksForApproval(description);
        job.stateText = description.isEmpty() ? inWords(textAt(status, u"state"_s)) : description;
        job.url = webAddressAt(status, u"target_url"_s);
        if (weight != Weight::Open)
            job.endedAt = timeAt(status, u"updated_at"_s);
        all.run.jobs.append(job);
        all.weights.append(weight);
    }
    if (all.run.jobs.isEmpty())
        return {};
    std::reverse(all.run.jobs.begin(), all.run.jobs.end()); // GitHub tells the newest first
    std::reverse(all.weights.begin(), all.weights.end());
    all.run.id = u"statuses"_s;
    all.run.name = Phrases::tr("Commit statuses");
    all.run.state = together(all.weights);
    return all;
}

QList<CheckedRun> runsOfChecks(const QJsonArray &checkRuns, const QJsonArray &workflows)
{
    QHash<QString, QJsonObject> bySuite;
    for (const auto &workflow : workflows)
        bySuite.insert(idAt(workflow.toObject(), u"check_suite_id"_s), workflow.toObject());
    QList<CheckedRun> runs;
    QHash<QString, qsizetype> places;
    for (qsizetype at = checkRuns.size() - 1; at >= 0; --at) { // GitHub tells the newest first
        const QJsonObject check = checkRuns.at(at).toObject();
        const QString suite = idAt(check, u"check_suite.id"_s);
        if (!places.contains(suite)) {
            places.insert(suite, runs.size());
            CheckedRun begun;
            begun.run.id = u"suite/"_s + suite;
            begun.run.name = lineAt(check, u"app.name"_s);
            if (bySuite.contains(suite))
                fillFrom(begun.run, bySuite.value(suite));
            runs.append(begun);
        }
        CheckedRun &run = runs[places.value(suite)];
        const Weight weight = weightOfCheck(textAt(check, u"status"_s), textAt(check, u"conclusion"_s));
        run.run.jobs.append(jobOfCheck(check, weight));
        run.weights.append(weight);
        run.run.state = together(run.weights);
    }
    return runs;
}

QList<CheckedRun> runsOfWorkflows(const QJsonArray &workflows)
{
    QList<CheckedRun> runs;
    for (const auto &entry : workflows) {
        const QJsonObject workflow = entry.toObject();
        CheckedRun one;
        fillFrom(one.run, workflow);
        one.weights.append(weightOfCheck(textAt(workflow, u"status"_s), textAt(workflow, u"conclusion"_s)));
        one.run.state = together(one.weights);
        runs.prepend(one);
    }
    return runs;
}

CiStatus summed(const QList<CheckedRun> &runs)
{
    CiStatus status;
    QList<Weight> weights;
    for (const CheckedRun &one : runs)
        weights += one.weights;
    status.state = together(weights);
    if (!weights.isEmpty()) {
        status.passed = int(weights.count(Weight::Good));
        status.failed = int(weights.count(Weight::Bad));
    }
    return status;
}

QString actionsRunId(const QString &workflowRun)
{
    return kActions + workflowRun;
}

QString workflowRunOf(const QString &runId)
{
    if (!runId.startsWith(kActions))
        return {};
    const QString number = runId.mid(kActions.size());
    const bool digits = std::all_of(number.cbegin(), number.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return digits ? number : QString();
}

} // namespace Slipway::GitHub
