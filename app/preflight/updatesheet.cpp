// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What staging runs into the branch of a dev environment, so that nobody's work is dropped.
#include "app/preflight/commonfindings.h"
#include "app/preflight/moves.h"
#include "app/preflight/sheetparts.h"

using namespace Qt::StringLiterals;

namespace Slipway {

using Words = PreflightWords;
using Kind = Finding::Kind;

namespace {

Finding branchFinding(const Environment &dev, const Environment &staging)
{
    const auto id = u"artifact"_s;
    if (!dev.release) {
        return {id, Kind::Hard, Words::tr("%1 has no release yet").arg(dev.name),
                Words::tr("Deploy something to it first."), dev.id()};
    }
    if (!staging.release || staging.release->version.isEmpty()) {
        return {id, Kind::Hard, Words::tr("%1 has no release yet").arg(staging.name),
                Words::tr("There is nothing to merge."), staging.id()};
    }
    if (dev.release->change.branch.isEmpty() || dev.release->uncommitted) {
        return {id, Kind::Hard, Words::tr("%1 does not run a branch that could be updated").arg(dev.name),
                Words::tr("Commit the work to a branch and deploy that."), dev.id()};
    }
    return {id, Kind::Holds, Words::tr("%1 runs the branch %2").arg(dev.name, dev.release->change.branch)};
}

Finding containsFinding(const Environment &dev, const Environment &staging, const std::optional<Comparison> &comparison)
{
    const auto id = u"contains-staging"_s;
    if (!dev.release || !staging.release)
        return {id, Kind::Aside, Words::tr("There is nothing to compare")};
    if (!comparison) {
        return {id, Kind::NotKnown, Words::tr("It is not known what %1 lacks").arg(dev.name),
                Words::tr("Refresh the board; the repository may not have one of the commits.")};
    }
    if (comparison->behind == 0)
        return {id, Kind::Hard, Words::tr("%1 contains everything %2 runs already").arg(dev.name, staging.name)};
    return {id, Kind::Holds,
            comparison->behind == 1 ? Words::tr("1 commit of %1 comes in").arg(staging.name)
                                    : Words::tr("%1 commits of %2 come in").arg(comparison->behind).arg(staging.name)};
}

/// Whether the branch holds more than what was deployed of it.
bool hasMovedOn(const Situation &s, const Release &release)
{
    const QList<Change> open = s.reader.cache().changes(s.pipeline.name);
    return std::any_of(open.cbegin(), open.cend(), [&release](const Change &change) {
        return change.branch == release.change.branch && !change.head.isEmpty() && change.head != release.version;
    });
}

QStringList consequences(const Situation &s, const Card &dev)
{
    QStringList sentences;
    const QString &name = dev.environment.name;
    if (dev.environment.release && hasMovedOn(s, *dev.environment.release)) {
        sentences.append(Words::tr("%1 has newer commits than %2 runs: they are deployed too.")
                             .arg(dev.environment.release->change.branch, name));
    }
    if (dev.verdict.state == VerdictState::Accepted)
        sentences.append(Words::tr("The verdict on %1 does not go along: the merge is another version.").arg(name));
    sentences.append(Words::tr("Whether it merges without conflicts shows while merging; if not, nothing changes and "
                               "the files are named."));
    return sentences;
}

} // namespace

Result<Preflight> updateSheet(const Situation &s, UpdateIntent move)
{
    const auto card = s.cardAt(Stage::Development, move.environment);
    if (!card)
        return tl::unexpected(card.error());
    const auto target = s.cardAt(Stage::Staging, {});
    if (!target)
        return tl::unexpected(target.error());
    const Environment &dev = card->environment;
    const Environment &staging = target->environment;
    const auto comparison = s.compared(staging.release, dev.release);
    Preflight sheet;
    sheet.checks = judged({branchFinding(dev, staging), containsFinding(dev, staging, comparison),
                           staleFinding(s, {dev.name}), providerFinding(s)},
                          s.policy);
    sheet.fingerprint = fingerprintOf(s, u"update"_s, {*card, *target});
    move.environment = dev.name;
    move.fingerprint = sheet.fingerprint;
    sheet.intent = move;
    if (comparison)
        listCommits(sheet, comparison->missing);
    sheet.notIncluded = consequences(s, *card);
    sheet.title = Words::tr("Update %1 from staging").arg(dev.name);
    sheet.summary =
        Words::tr("Merges what %1 runs into the branch, then deploys the merge to %2.").arg(staging.name, dev.name);
    sheet.actionText = Words::tr("Update %1").arg(dev.name);
    sheet.from = staging.name;
    sheet.targets = {dev.name};
    if (dev.release)
        sheet.wayBack = Words::tr("Roll %1 back to v%2 at any time; the branch keeps the merge.")
                            .arg(dev.name)
                            .arg(dev.release->number);
    return sheet;
}

} // namespace Slipway
