// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preflight/commonfindings.h"

#include "models/domain/accounttitle.h"
#include "models/domain/enumerated.h"

using namespace Qt::StringLiterals;

namespace Slipway {

using Words = PreflightWords;
using Kind = Finding::Kind;

namespace {

constexpr int kStaleSeconds = 5 * 60;
constexpr int kClockSeconds = 60; ///< two clocks of one team may differ by that

std::optional<Finding> busyFinding(const Situation &s, const QStringList &environments)
{
    for (const Operation &operation : s.active) {
        const QStringList touched = QStringList{operation.environment, operation.from} + operation.targets;
        for (const QString &name : environments) {
            if (touched.contains(name)) {
                return Finding{u"stale"_s, Kind::Hard, Words::tr("%1 is busy: %2").arg(name, operation.title),
                               Words::tr("Wait until it has ended, then look again."), s.pipeline.name + u'/' + name};
            }
        }
    }
    return std::nullopt;
}

} // namespace

Finding staleFinding(const Situation &s, const QStringList &environments)
{
    const auto id = u"stale"_s;
    if (const auto busy = busyFinding(s, environments))
        return *busy;
    if (!s.account || !s.account->asOf.isValid()) {
        return {id, Kind::NotKnown, Words::tr("The board has not been refreshed yet"),
                Words::tr("Refresh it to see what is there now.")};
    }
    const qint64 age = s.account->asOf.secsTo(s.now);
    if (age < -kClockSeconds) {
        return {id, Kind::NotKnown, Words::tr("It is not known how old the board is: the clock was set back"),
                Words::tr("Refresh it to see what is there now.")};
    }
    if (age > kStaleSeconds) {
        return {id, Kind::Fails, Words::tr("The board is %1 minutes old").arg(age / 60),
                Words::tr("Refresh it to see what is there now.")};
    }
    return {id, Kind::Holds, Words::tr("The board is up to date"), momentText(s.account->asOf)};
}

Finding providerFinding(const Situation &s)
{
    const auto id = u"provider"_s;
    const QString name = accountTitle(s.pipeline.deploysAccount);
    if (s.pipeline.readOnly) {
        return {id, Kind::Hard, Words::tr("%1 is open read-only").arg(s.pipeline.name),
                Words::tr("Open the pipeline for changes first.")};
    }
    if (!s.account)
        return {id, Kind::NotKnown, Words::tr("It is not known whether %1 answers").arg(name)};
    switch (s.account->state) {
    case AccountState::Offline:
        return {id, Kind::Hard, Words::tr("%1 cannot be reached").arg(name), s.account->error};
    case AccountState::Unauthorised:
        return {id, Kind::Hard, Words::tr("%1 refuses the token").arg(name), s.account->error};
    case AccountState::Stale:
        if (s.account->error.isEmpty())
            return {id, Kind::NotKnown, Words::tr("It is not known whether %1 answers").arg(name)};
        return {id, Kind::Fails, Words::tr("The last answer of %1 was an error").arg(name), s.account->error};
    case AccountState::Live:
        break;
    }
    return {id, Kind::Holds, Words::tr("%1 answers").arg(name)};
}

Finding holdFinding(const Situation &s)
{
    const auto id = u"hold"_s;
    if (!s.hold)
        return {id, Kind::Holds, Words::tr("Nobody holds staging")};
    QString detail = Words::tr("since %1").arg(momentText(s.hold->since));
    if (s.hold->until.isValid())
        detail = Words::tr("%1, until %2").arg(detail, momentText(s.hold->until));
    if (s.hold->by == s.by)
        return {id, Kind::Holds, Words::tr("You hold staging: %1").arg(s.hold->reason), detail};
    const auto staging = s.reader.environmentAt(s.pipeline.name, Stage::Staging);
    return {id, Kind::Fails, Words::tr("%1 holds staging: %2").arg(s.hold->by, s.hold->reason), detail,
            staging ? staging->id() : QString()};
}

Finding configFinding(const QString &pipeline, const QHash<QString, QString> &source, const QList<Card> &targets)
{
    const auto id = u"config"_s;
    QStringList lacking;
    QStringList names;
    QString link;
    for (const Card &target : targets) {
        const Environment &environment = target.environment;
        names.append(environment.name);
        QStringList missing;
        for (auto key = source.keyBegin(); key != source.keyEnd(); ++key) {
            if (!environment.config.contains(*key))
                missing.append(*key);
        }
        if (missing.isEmpty())
            continue;
        missing.sort();
        lacking.append(Words::tr("%1 lacks %2").arg(environment.name, missing.join(u", "_s)));
        if (link.isEmpty())
            link = pipeline + u'/' + environment.name;
    }
    if (!lacking.isEmpty()) {
        return {id, Kind::Fails, lacking.join(u"; "_s), Words::tr("Set it there if the version that goes needs it."),
                link};
    }
    return {id, Kind::Holds,
            names.size() == 1 ? Words::tr("%1 has every config key").arg(names.constFirst())
                              : Words::tr("%1 have every config key").arg(enumerated(names))};
}

Finding runningFinding(const Card &source)
{
    const auto id = u"artifact"_s;
    const Environment &environment = source.environment;
    if (!environment.release) {
        return {id, Kind::Hard, Words::tr("%1 has no release yet").arg(environment.name),
                Words::tr("Deploy something to it first."), environment.id()};
    }
    if (environment.state != EnvironmentState::Running) {
        return {id, Kind::Hard,
                Words::tr("%1 does not run: it is %2").arg(environment.name, toString(environment.state)),
                environment.stateText, environment.id()};
    }
    return {id, Kind::Holds, Words::tr("The identical artifact is released"), environment.release->artifactLabel};
}

QList<Remedy> takeOverRemedies(const Situation &s, const QList<Check> &checks)
{
    for (const Check &check : checks) {
        if (check.id == u"hold" && (check.result == CheckResult::Block || check.result == CheckResult::Warn))
            return {{Remedy::Kind::TakeOver, Words::tr("Take staging over from %1").arg(s.hold->by), check.id}};
    }
    return {};
}

} // namespace Slipway
