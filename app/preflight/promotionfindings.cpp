// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preflight/commonfindings.h"
#include "app/preflight/promotion.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Slipway {

using Words = PreflightWords;
using Kind = Finding::Kind;

namespace {

/// A stack or a buildpack that differs need not harm, but is the first thing to suspect when it does.
std::optional<Finding> platformFinding(const Promotion &p)
{
    const auto id = u"artifact"_s;
    const Environment &source = p.source.environment;
    if (!source.notPromotable.isEmpty()) {
        return Finding{id, Kind::Hard, source.notPromotable,
                       Words::tr("Deploy the same version to the next stage instead: it is built again there."),
                       p.source.id()};
    }
    for (const Promotion::Target &target : p.targets) {
        const QString &platform = target.card.environment.platform;
        if (platform.isEmpty() || source.platform.isEmpty() || platform == source.platform)
            continue;
        return Finding{
            id, Kind::Fails, Words::tr("%1 was built for something else than %2 runs on").arg(p.from(), target.name()),
            Words::tr("%1: %2. %3: %4.").arg(p.from(), source.platform, target.name(), platform), target.card.id()};
    }
    return {};
}

Finding artifactFinding(const Promotion &p)
{
    const auto id = u"artifact"_s;
    Finding running = runningFinding(p.source);
    if (running.kind != Kind::Holds)
        return running;
    for (const Promotion::Target &target : p.targets) {
        const bool same = !p.source.version().isEmpty() && p.source.version() == target.card.version();
        if (same && target.card.environment.state == EnvironmentState::Running) {
            return {id, Kind::Hard, Words::tr("%1 already runs this version").arg(target.name()),
                    p.targets.size() > 1 ? Words::tr("Promote to the others alone.") : QString(), target.card.id()};
        }
    }
    const auto platform = p.intent.merge ? std::nullopt : platformFinding(p); // a merge is built where it goes
    if (platform)
        return *platform;
    if (p.source.environment.release->uncommitted) {
        return {id, Kind::Fails, Words::tr("Built from a working copy with changes that no commit holds"),
                Words::tr("Nobody else can build it again."), p.source.id()};
    }
    if (p.intent.merge)
        return {id, Kind::Holds, Words::tr("The merge is built on %1").arg(p.to())};
    return running;
}

Finding verdictFinding(const Promotion &p)
{
    const auto id = u"verdict"_s;
    if (!p.source.environment.release)
        return {id, Kind::Aside, Words::tr("There is nothing to accept on %1").arg(p.from())};
    const Verdict &verdict = p.source.verdict;
    const QString detail =
        verdict.by.isEmpty() ? momentText(verdict.at) : verdict.by + u", "_s + momentText(verdict.at);
    switch (verdict.state) {
    case VerdictState::Accepted:
        return {id, Kind::Holds, Words::tr("Accepted on %1").arg(p.from()), detail};
    case VerdictState::ChangesRequested:
        return {id, Kind::Fails, Words::tr("Changes were requested on %1").arg(p.from()),
                verdict.note.isEmpty() ? detail : verdict.note, p.source.id()};
    case VerdictState::None:
        break;
    }
    if (p.toProduction) // a spot check is asked for, not forced
        return {id, Kind::Aside, Words::tr("No spot check of %1 is recorded").arg(p.from())};
    return {id, Kind::Fails,
            p.source.verdictVoid() ? Words::tr("Not accepted yet: the verdict was for an earlier version")
                                   : Words::tr("Not accepted yet"),
            Words::tr("Open %1, look, and accept it.").arg(p.from()), p.source.id()};
}

Finding behindFinding(const Promotion &p, const Promotion::Target &target)
{
    const int behind = target.comparison->behind;
    const auto &release = p.source.environment.release;
    const bool byBranch = !p.toProduction && !release->change.branch.isEmpty();
    const QString missing =
        behind == 1 ? Words::tr("1 commit is missing") : Words::tr("%1 commits are missing").arg(behind);
    const QList<Commit> &commits = target.comparison->missing;
    return {u"contains-staging"_s, Kind::Fails,
            Words::tr("Update %1 with %2's changes first: %3")
                .arg(byBranch ? release->change.branch : p.from(), target.name(), missing),
            commits.isEmpty() ? QString() : commits.constFirst().subject, target.card.id()};
}

Finding containsFinding(const Promotion &p)
{
    const auto id = u"contains-staging"_s;
    if (!p.source.environment.release)
        return {id, Kind::Aside, Words::tr("%1 has no release yet").arg(p.from())};
    QString unknown;
    for (const Promotion::Target &target : p.targets) {
        if (!target.card.environment.release)
            continue; // its first release drops nobody's work
        if (target.comparison && target.comparison->behind > 0)
            return behindFinding(p, target);
        if (!target.comparison && unknown.isEmpty())
            unknown = target.name();
    }
    if (!unknown.isEmpty()) {
        return {id, Kind::NotKnown, Words::tr("It is not known whether it contains all that %1 runs").arg(unknown),
                Words::tr("Refresh the board; the repository may not have one of the commits.")};
    }
    if (p.targets.size() == 1 && !p.targets.constFirst().card.environment.release)
        return {id, Kind::Holds, Words::tr("%1 has no release yet").arg(p.to())};
    return {id, Kind::Holds,
            p.targets.size() == 1 ? Words::tr("Contains everything %1 runs").arg(p.to())
                                  : Words::tr("Contains everything %1 run").arg(p.to())};
}

QString jobsFailed(int count)
{
    return count == 1 ? Words::tr("1 job failed") : Words::tr("%1 jobs failed").arg(count);
}

Finding ciFinding(const Promotion &p)
{
    const auto id = u"ci"_s;
    const CiStatus &ci = p.source.environment.ci;
    const bool opens = ci.url.scheme() == u"https" || ci.url.scheme() == u"http";
    const QString link = opens ? ci.url.toString(QUrl::FullyEncoded) : QString();
    switch (ci.state) {
    case CiState::Passed:
        return {id, Kind::Holds, Words::tr("CI passed")};
    case CiState::Failed:
        return {id, Kind::Fails, Words::tr("CI failed"), ci.failed ? jobsFailed(*ci.failed) : QString(), link};
    case CiState::Running:
        return {id, Kind::NotKnown, Words::tr("CI still runs"), Words::tr("Wait for it, or say why not."), link};
    case CiState::Unknown:
        return {id, Kind::NotKnown, Words::tr("It is not known what CI says of this version"), {}, link};
    case CiState::None:
        break;
    }
    return {id, Kind::Aside, Words::tr("No CI reports on this version")};
}

Finding driftFinding(const Situation &s, const Promotion &p)
{
    const auto id = u"drift"_s;
    if (p.toProduction)
        return {id, Kind::Holds, Words::tr("%1 then runs what %2 runs").arg(p.to(), p.from())};
    if (!p.source.environment.release)
        return {id, Kind::Aside, Words::tr("%1 has no release yet").arg(p.from())};
    const auto production = s.reader.environmentAt(s.pipeline.name, Stage::Production);
    if (!production || !production->release)
        return {id, Kind::Aside, Words::tr("Production has no release yet")};
    const DriftAfter after = driftAfter(p);
    if (!after.changes) {
        return {id, Kind::NotKnown, Words::tr("How far staging is ahead of production is not known"),
                Words::tr("Refresh the board; the repository may not have one of the commits.")};
    }
    const int count = *after.changes;
    QString text = count == 1 ? Words::tr("1 change ahead of production after this")
                              : Words::tr("%1 changes ahead of production after this").arg(count);
    if (after.atLeast)
        text = Words::tr("At least %1").arg(text);
    const bool over = count > s.policy.limit();
    return {id,
            over                ? Kind::Fails
                : after.atLeast ? Kind::NotKnown
                                : Kind::Holds,
            text, Words::tr("the limit is %1").arg(s.policy.limit()),
            over ? p.targets.constFirst().card.id() : QString()};
}

/// What the board knows of it; its source is asked once more right before it is merged.
Finding mergeFinding(const Situation &s, const Promotion &p)
{
    const auto id = u"merge"_s;
    if (!p.intent.merge)
        return {id, Kind::Aside, Words::tr("No pull request is merged on the way")};
    const QString name = u'#' + QString::number(p.intent.merge->number);
    const QList<Change> changes = s.reader.cache().changes(s.pipeline.name);
    const auto found = std::find_if(changes.cbegin(), changes.cend(),
                                    [&p](const Change &change) { return change.number == p.intent.merge->number; });
    if (found == changes.cend()) {
        return {id, Kind::NotKnown, Words::tr("%1 is not among the open pull requests").arg(name),
                Words::tr("It may be merged or closed already: refresh the board.")};
    }
    const QString link = found->url.toString(QUrl::FullyEncoded);
    if (found->draft)
        return {id, Kind::Hard, Words::tr("%1 is a draft").arg(name), Words::tr("Its author says when it is ready."),
                link};
    if (found->conflicts) {
        return {id, Kind::Hard, Words::tr("%1 conflicts with the branch it is to go to").arg(name),
                Words::tr("Update it from staging; conflicts are its developer's."), link};
    }
    if (found->head != p.intent.merge->head) {
        return {id, Kind::Hard, Words::tr("%1 has newer commits than %2 runs").arg(name, p.from()),
                Words::tr("Deploy them to %1 and look at them first.").arg(p.from()), p.source.id()};
    }
    if (found->review == ReviewDecision::ChangesRequested)
        return {id, Kind::Fails, Words::tr("A reviewer of %1 requested changes").arg(name), {}, link};
    if (found->review == ReviewDecision::Required)
        return {id, Kind::Fails, Words::tr("%1 still needs a review").arg(name), {}, link};
    return {id, Kind::Holds, Words::tr("%1 can be merged").arg(name), {}, link};
}

Finding freezeFinding(const Situation &s, const Promotion &p)
{
    const auto id = u"freeze"_s;
    if (!p.toProduction)
        return {id, Kind::Aside, Words::tr("Freeze windows are for production")};
    const QList<FreezeWindow> windows = s.policy.freezes();
    QDateTime end;
    QString reason;
    for (const FreezeWindow &window : windows) {
        const QDateTime over = window.endAt(s.now);
        if (over.isValid() && (!end.isValid() || over > end)) { // the longest one counts
            end = over;
            reason = window.reason;
        }
    }
    if (end.isValid())
        return {id, Kind::Fails, Words::tr("Nothing goes to production until %1").arg(momentText(end)), reason};
    return windows.isEmpty() ? Finding{id, Kind::Aside, Words::tr("No freeze window is set")}
                             : Finding{id, Kind::Holds, Words::tr("No freeze window is open")};
}

} // namespace

DriftAfter driftAfter(const Promotion &p)
{
    const auto &going = p.targets.constFirst().comparison;
    if (!p.gauge.changesAhead || !going)
        return {};
    QSet<QString> changes(p.gauge.changes.cbegin(), p.gauge.changes.cend());
    const QStringList more = going->changes();
    changes.unite(QSet<QString>(more.cbegin(), more.cend()));
    const auto &release = p.source.environment.release;
    if (release && release->uncommitted)
        changes.insert(release->change.title); // work that no commit holds is a change by itself
    return {int(changes.size()), going->ahead > going->commits.size()};
}

QList<Finding> promotionFindings(const Situation &s, const Promotion &p)
{
    return {ciFinding(p),
            verdictFinding(p),
            containsFinding(p),
            mergeFinding(s, p),
            holdFinding(s),
            driftFinding(s, p),
            configFinding(s.pipeline.name, p.source.environment.config, p.targetCards()),
            artifactFinding(p),
            staleFinding(s, QStringList{p.from()} + p.names()),
            freezeFinding(s, p),
            providerFinding(s)};
}

QList<Remedy> promotionRemedies(const Situation &s, const Promotion &p, const QList<Check> &checks)
{
    QSet<QString> failing;
    for (const Check &check : checks) {
        if (check.result == CheckResult::Block || check.result == CheckResult::Warn)
            failing.insert(check.id);
    }
    QList<Remedy> remedies;
    const auto &release = p.source.environment.release;
    const bool isDev = p.source.environment.stage == Stage::Development;
    const bool held = failing.contains(u"hold"_s);
    if (isDev && failing.contains(u"verdict"_s) && p.source.verdict.state == VerdictState::None)
        remedies.append({Remedy::Kind::Accept, Words::tr("Accept %1").arg(p.from()), u"verdict"_s});
    const auto &comparison = p.targets.constFirst().comparison;
    const bool isBehind = comparison && comparison->behind > 0;
    if (isDev && failing.contains(u"contains-staging"_s) && isBehind && !release->uncommitted
        && !release->change.branch.isEmpty())
        remedies.append({Remedy::Kind::UpdateFromStaging, Words::tr("Update from staging"), u"contains-staging"_s});
    if (isDev && (held || failing.contains(u"drift"_s)) && p.source.verdict.state == VerdictState::Accepted
        && p.source.queuePlace == 0) {
        remedies.append({Remedy::Kind::Queue, Words::tr("Let it wait for staging"), held ? u"hold"_s : u"drift"_s});
    }
    return remedies + takeOverRemedies(s, checks);
}

} // namespace Slipway
