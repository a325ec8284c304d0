// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/words.h"

#include "models/board/cardwords.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace Slipway {

QString Words::some(int count, const QString &one, const QString &many)
{
    return count == 1 ? one : many.arg(count);
}

QString Words::age(const QDateTime &since)
{
    if (!since.isValid())
        return {};
    const qint64 seconds = qMax<qint64>(0, since.secsTo(QDateTime::currentDateTimeUtc()));
    if (seconds < 60)
        return tr("now");
    if (seconds < 3600)
        return tr("%1 min").arg(seconds / 60);
    if (seconds < 86'400)
        return tr("%1 h").arg(seconds / 3600);
    return tr("%1 d").arg(seconds / 86'400);
}

QString Words::ago(const QDateTime &since)
{
    if (!since.isValid())
        return tr("never");
    const qint64 seconds = since.secsTo(QDateTime::currentDateTimeUtc());
    return seconds < 60 ? tr("just now") : tr("%1 ago").arg(age(since));
}

QString Words::duration(qint64 milliseconds)
{
    if (milliseconds < 0)
        return {};
    const qint64 seconds = (milliseconds + 500) / 1000;
    if (seconds < 90)
        return tr("%1 s").arg(seconds);
    const qint64 minutes = (seconds + 30) / 60;
    if (minutes < 60)
        return tr("%1 min").arg(minutes);
    return minutes % 60 == 0 ? tr("%1 h").arg(minutes / 60) : tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString Words::when(const QDateTime &at)
{
    if (!at.isValid())
        return {};
    const QDateTime local = at.toLocalTime();
    const qint64 days = local.date().daysTo(QDate::currentDate());
    const QLocale locale;
    if (days == 0)
        return locale.toString(local, u"HH:mm"_s);
    if (days > 0 && days < 7)
        return locale.toString(local, u"ddd HH:mm"_s);
    return locale.toString(local, u"d MMM HH:mm"_s);
}

QString Words::state(EnvironmentState state)
{
    switch (state) {
    case EnvironmentState::Running:
        return tr("Running");
    case EnvironmentState::Deploying:
        return tr("Deploying");
    case EnvironmentState::Suspended:
        return tr("Asleep");
    case EnvironmentState::Stopped:
        return tr("Stopped");
    case EnvironmentState::Crashed:
        return tr("Crashed");
    case EnvironmentState::Unknown:
        break;
    }
    return tr("Unknown");
}

QString Words::account(AccountState state)
{
    switch (state) {
    case AccountState::Live:
        return tr("live");
    case AccountState::Stale:
        return tr("not asked yet");
    case AccountState::Offline:
        return tr("offline");
    case AccountState::Unauthorised:
        return tr("sign in again");
    }
    return {};
}

QString Words::stage(Stage stage)
{
    switch (stage) {
    case Stage::Development:
        return tr("Dev environments");
    case Stage::Staging:
        return tr("Staging");
    case Stage::Production:
        return tr("Production");
    }
    return {};
}

Badge Words::badge(const Card &card)
{
    const Environment &environment = card.environment;
    if (card.operation && card.operation->state == OperationState::Failed)
        return {tr("Failed"), Tone::Bad};
    switch (environment.state) {
    case EnvironmentState::Crashed:
        return {tr("Crashed"), Tone::Bad};
    case EnvironmentState::Suspended:
        return {environment.stateSince.isValid() ? tr("Asleep for %1").arg(age(environment.stateSince)) : tr("Asleep"),
                Tone::Asleep};
    case EnvironmentState::Stopped:
        return {tr("Stopped"), Tone::Neutral};
    case EnvironmentState::Unknown:
        return {tr("State unknown"), Tone::Neutral};
    case EnvironmentState::Deploying:
        return {tr("Deploying"), Tone::Busy};
    case EnvironmentState::Running:
        break;
    }
    if (environment.stage == Stage::Production)
        return {tr("Healthy"), Tone::Good};
    if (card.verdict.state == VerdictState::Accepted)
        return {environment.stage == Stage::Staging ? tr("Spot check passed") : tr("Accepted"), Tone::Good};
    if (card.verdict.state == VerdictState::ChangesRequested)
        return {tr("Changes requested"), Tone::Bad};
    if (environment.stage == Stage::Staging) {
        const bool clean = environment.ahead.value_or(1) == 0;
        return clean ? Badge{tr("Healthy"), Tone::Good} : Badge{tr("Spot check due"), Tone::Warn};
    }
    if (card.verdictVoid())
        return {CardWords::voidVerdict(card), Tone::Warn, true};
    return {tr("Not verified"), Tone::Neutral};
}

QString Words::shortVersion(const QString &version)
{
    return version.left(7);
}

QString Words::mark(const Change &change)
{
    return change.number ? u"#%1"_s.arg(*change.number) : change.branch;
}

QString Words::laptop(const Release &release)
{
    if (!release.uncommitted)
        return {};
    const QString owner = release.change.author.isEmpty() ? release.by : release.change.author;
    return owner.isEmpty() ? tr("from a laptop") : tr("from %1’s laptop").arg(owner);
}

QString Words::origin(const Release &release)
{
    return release.uncommitted ? tr("%1, uncommitted work").arg(laptop(release)) : mark(release.change);
}

QString Words::ci(const CiStatus &status)
{
    switch (status.state) {
    case CiState::Passed:
        return status.passed ? u"✓ "_s + some(*status.passed, tr("1 job"), tr("%1 jobs")) : tr("✓ CI passed");
    case CiState::Failed:
        if (status.failed && status.passed)
            return tr("✕ %1 of %2 jobs").arg(*status.failed).arg(*status.failed + *status.passed);
        return status.failed == 1 ? tr("✕ 1 job failed")
            : status.failed       ? tr("✕ %1 jobs failed").arg(*status.failed)
                                  : tr("✕ CI failed");
    case CiState::Running:
        return tr("◔ CI running");
    case CiState::None:
    case CiState::Unknown:
        break;
    }
    return {};
}

Tone Words::ciTone(CiState state)
{
    return state == CiState::Passed ? Tone::Good : state == CiState::Failed ? Tone::Bad : Tone::Neutral;
}

/// A staging that lacks what production has is not called live, whatever it runs.
bool Words::isLive(const Environment &environment)
{
    return environment.live && (environment.stage == Stage::Development || environment.behind.value_or(0) == 0);
}

QString Words::distance(const Environment &environment)
{
    if (environment.stage == Stage::Production)
        return {};
    if (isLive(environment))
        return tr("live in production");
    const bool dev = environment.stage == Stage::Development;
    if (environment.behind.value_or(0) > 0)
        return (dev ? tr("%1 behind staging") : tr("%1 behind production")).arg(*environment.behind);
    if (environment.ahead.value_or(0) > 0)
        return (dev ? tr("%1 ahead of staging") : tr("%1 ahead of production")).arg(*environment.ahead);
    return {};
}

QString Words::shortDistance(const Environment &environment)
{
    if (environment.stage == Stage::Production)
        return {};
    if (isLive(environment))
        return tr("live");
    if (environment.behind.value_or(0) > 0)
        return tr("%1 behind").arg(*environment.behind);
    return environment.ahead.value_or(0) > 0 ? tr("%1 ahead").arg(*environment.ahead) : QString();
}

QString Words::tinyDistance(const Environment &environment)
{
    if (environment.stage == Stage::Production)
        return {};
    if (isLive(environment))
        return tr("live");
    if (environment.behind.value_or(0) > 0)
        return tr("↓%1").arg(*environment.behind);
    return environment.ahead.value_or(0) > 0 ? tr("↑%1").arg(*environment.ahead) : QString();
}

QString Words::distanceSentence(const Environment &environment)
{
    if (environment.stage == Stage::Production || !environment.ahead || !environment.behind)
        return {};
    const bool dev = environment.stage == Stage::Development;
    const QString live = isLive(environment) && dev ? tr("live in production, ") : QString();
    const QString next = dev ? tr("staging") : tr("production");
    const QString ahead = some(*environment.ahead, tr("1 commit ahead"), tr("%1 commits ahead"));
    const QString behind = some(*environment.behind, tr("1 commit behind"), tr("%1 commits behind"));
    if (*environment.ahead == 0 && *environment.behind == 0)
        return live + tr("same as %1").arg(next);
    if (*environment.behind == 0)
        return live + tr("%1 of %2").arg(ahead, next);
    if (*environment.ahead == 0)
        return live + tr("%1 %2").arg(behind, next);
    return live + tr("%1 and %2 %3").arg(ahead, behind, next);
}

QString Words::address(const QUrl &url)
{
    if (url.isEmpty())
        return {};
    const QString host = url.host();
    return url.port() > 0 ? u"%1:%2"_s.arg(host).arg(url.port()) : host;
}

QString Words::holdTitle(const Hold &hold)
{
    return hold.afterRollBack ? tr("Held since a roll back") : tr("%1 holds staging").arg(hold.by);
}

QString Words::holdDetail(const Hold &hold)
{
    QStringList facts;
    if (hold.afterRollBack)
        facts += tr("by %1").arg(hold.by);
    facts += age(hold.since);
    if (hold.afterRollBack)
        facts += tr("until resolved");
    else if (hold.until.isValid())
        facts += tr("until %1").arg(when(hold.until));
    facts.removeAll(QString());
    const QString text = facts.join(u", "_s);
    return hold.reason.isEmpty() ? text : u"%1: %2"_s.arg(text, hold.reason);
}

QString Words::holdSentence(const Hold &hold)
{
    return u"%1, %2"_s.arg(holdTitle(hold), holdDetail(hold));
}

QString Words::step(const Operation &operation)
{
    if (operation.state == OperationState::Requested)
        return tr("Requested");
    if (canStillCancel(operation))
        return startsIn(operation.startsAt);
    if (operation.state == OperationState::Waiting)
        return operation.waitingFor.isEmpty() ? tr("Waiting") : operation.waitingFor;
    if (operation.step < 0 || operation.step >= operation.steps.size())
        return operation.title;
    const OperationStep &current = operation.steps.at(operation.step);
    return tr("Step %1 of %2: %3").arg(operation.step + 1).arg(operation.steps.size()).arg(current.name);
}

bool Words::wantsCode(const Operation &operation)
{
    return operation.state == OperationState::Failed && operation.error
        && operation.error->kind() == Error::Kind::SecondFactor;
}

bool Words::canStillCancel(const Operation &operation)
{
    return operation.state == OperationState::Waiting && operation.startsAt.isValid();
}

QString Words::startsIn(const QDateTime &at)
{
    const qint64 left = QDateTime::currentDateTimeUtc().msecsTo(at);
    return left > 0 ? tr("Starts in %1 s").arg((left + 999) / 1000) : tr("Starts now");
}

QString Words::failedStep(const Operation &operation)
{
    for (const OperationStep &step : operation.steps) {
        if (step.state == StepState::Failed)
            return tr("Failed: %1").arg(step.name);
    }
    return operation.error ? operation.error->message() : tr("Failed");
}

QString Words::promoteLabel(Stage from)
{
    switch (from) {
    case Stage::Development:
        return tr("Deploy to staging");
    case Stage::Staging:
        return tr("Promote to production");
    case Stage::Production:
        break;
    }
    return {};
}

QString Words::processes(const QList<Process> &processes)
{
    QStringList parts;
    for (const Process &process : processes) {
        QString part = u"%1 %2"_s.arg(process.type).arg(process.count);
        if (process.state != "running"_L1 && !process.state.isEmpty())
            part += u" (%1)"_s.arg(process.state);
        if (process.restarts > 0)
            part += u", "_s + some(process.restarts, tr("1 restart"), tr("%1 restarts"));
        parts += part;
    }
    return parts.join(", "_L1);
}

double Words::progress(const Operation &operation)
{
    if (operation.steps.isEmpty())
        return 0.05;
    // Half a step for the one that runs: the bar never stands at nothing while work is done.
    return qBound(0.05, (operation.step + 0.5) / double(operation.steps.size()), 1.0);
}

bool isOpenable(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1);
}

} // namespace Slipway
