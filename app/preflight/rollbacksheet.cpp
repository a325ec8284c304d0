// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// An environment back to one of its releases. What is broken is not kept so by a hold or a missing verdict.
#include "app/preflight/commonfindings.h"
#include "app/preflight/moves.h"
#include "app/preflight/sheetparts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Slipway {

using Words = PreflightWords;
using Kind = Finding::Kind;

namespace {

constexpr int kNamedReleases = 10;

struct RollBack
{
    Card card;
    std::optional<Release> wanted; ///< nullopt: the cache does not know which one it is
    std::optional<Comparison> comparison; ///< wanted...current
};

/// The release to go back to; an error only where it is certain that there is none.
Result<std::optional<Release>> wantedRelease(const Situation &s, const Environment &environment, int number)
{
    const QList<Release> known = s.reader.cache().releases(environment.id());
    const int current = environment.release ? environment.release->number : 0;
    for (const Release &release : known) {
        if (number > 0 ? release.number == number : release.number < current)
            return std::optional<Release>(release);
    }
    if (known.isEmpty())
        return std::optional<Release>();
    if (number == 0) {
        return fail(Error::Kind::Invalid, Words::tr("“%1” has no earlier release to go back to.").arg(environment.id()),
                    Words::tr("Deploy another version instead."));
    }
    QStringList names;
    for (const Release &release : known.mid(0, kNamedReleases))
        names.append(u"v%1"_s.arg(release.number));
    return fail(Error::Kind::NotFound, Words::tr("“%1” has no release v%2.").arg(environment.id()).arg(number),
                Words::tr("Its newest releases are: %1.").arg(names.join(u", "_s)));
}

Finding artifactFinding(const RollBack &back)
{
    const auto id = u"artifact"_s;
    const Environment &environment = back.card.environment;
    if (!environment.release) {
        return {id, Kind::Hard, Words::tr("%1 has no release yet").arg(environment.name),
                Words::tr("Deploy something to it first."), environment.id()};
    }
    if (!back.wanted) {
        return {id, Kind::NotKnown, Words::tr("The releases of %1 are not known").arg(environment.name),
                Words::tr("Refresh the board to see where it goes back to.")};
    }
    if (back.wanted->number == environment.release->number) {
        return {id, Kind::Hard, Words::tr("%1 runs v%2 already").arg(environment.name).arg(back.wanted->number),
                Words::tr("Choose an earlier release."), environment.id()};
    }
    return {id, Kind::Holds, Words::tr("v%1 is released again as it was").arg(back.wanted->number),
            back.wanted->artifactLabel};
}

/// Shown, for it concerns whoever holds staging; never in the way.
Finding heldAside(const Situation &s)
{
    Finding held = holdFinding(s);
    if (held.kind == Kind::Fails)
        held = {held.id, Kind::Aside, held.text, Words::tr("A roll back does not wait for it.")};
    return held;
}

Finding keysFinding(const Situation &s, const RollBack &back, bool withConfig)
{
    if (!back.wanted)
        return {u"config"_s, Kind::Aside, Words::tr("The release is not known")};
    if (withConfig)
        return {u"config"_s, Kind::Holds, Words::tr("The config of v%1 comes with it").arg(back.wanted->number)};
    return configFinding(s.pipeline.name, back.wanted->config, {back.card});
}

void listGoingAway(const RollBack &back, Preflight &sheet)
{
    const Environment &environment = back.card.environment;
    if (!environment.release || !back.wanted || back.wanted->number == environment.release->number)
        return;
    if (back.comparison) {
        listCommits(sheet, back.comparison->commits, environment.release);
        const QStringList again = Comparison{{}, {}, 0, 0, back.comparison->missing, {}}.changes();
        for (const QString &title : again)
            sheet.notIncluded.append(Words::tr("“%1” comes back: v%2 has it.").arg(title).arg(back.wanted->number));
        return;
    }
    if (titleOf(*environment.release) != titleOf(*back.wanted))
        sheet.changes.append(titleOf(*environment.release));
    sheet.notIncluded.append(Words::tr("Which commits go away is not known: v%1 and v%2 were never compared.")
                                 .arg(back.wanted->number)
                                 .arg(environment.release->number));
}

void listConfig(const RollBack &back, bool withConfig, Preflight &sheet)
{
    if (!back.wanted)
        return;
    const QHash<QString, QString> &now = back.card.environment.config;
    const bool isKnown = !back.wanted->config.isEmpty() || now.isEmpty();
    if (isKnown)
        sheet.config = configDifferences(back.wanted->config, now);
    else if (withConfig)
        sheet.notIncluded.append(
            Words::tr("Which config keys change back is not known: v%1 does not say.").arg(back.wanted->number));
    sheet.offersConfig = !isKnown || !sheet.config.isEmpty();
}

void describe(const RollBack &back, const RollBackIntent &move, Preflight &sheet)
{
    const Environment &environment = back.card.environment;
    const QString &name = environment.name;
    const int number = back.wanted ? back.wanted->number : move.release;
    sheet.title =
        number > 0 ? Words::tr("Roll %1 back to v%2").arg(name).arg(number) : Words::tr("Roll %1 back").arg(name);
    sheet.actionText = Words::tr("Roll back");
    listGoingAway(back, sheet);
    listConfig(back, move.config, sheet);
    sheet.notIncluded.append(Words::tr("Data is not restored: %1 keeps what it has now.").arg(name));
    sheet.summary = back.wanted ? Words::tr("%1 runs v%2 again, %3.").arg(name).arg(number).arg(titleOf(*back.wanted))
                                : Words::tr("%1 runs the release before this one again.").arg(name);
    if (move.holds)
        sheet.summary =
            Words::tr("%1 Staging is held afterwards until somebody says that it is resolved.").arg(sheet.summary);
    sheet.from = name;
    sheet.targets = {name};
    if (environment.release)
        sheet.wayBack = Words::tr("Roll %1 to v%2 again at any time.").arg(name).arg(environment.release->number);
}

} // namespace

Result<Preflight> rollBackSheet(const Situation &s, RollBackIntent move)
{
    auto card = s.card(move.environment);
    if (!card)
        return tl::unexpected(card.error());
    auto wanted = wantedRelease(s, card->environment, move.release);
    if (!wanted)
        return tl::unexpected(wanted.error());
    RollBack back{std::move(*card), std::move(*wanted), {}};
    back.comparison = s.compared(back.wanted, back.card.environment.release);
    if (back.wanted)
        move.release = back.wanted->number;
    move.holds = back.card.environment.stage != Stage::Development;
    Preflight sheet;
    QList<Finding> findings{artifactFinding(back), keysFinding(s, back, move.config),
                            staleFinding(s, {back.card.environment.name}), providerFinding(s)};
    if (move.holds)
        findings.append(heldAside(s));
    sheet.checks = judged(findings, s.policy);
    sheet.fingerprint = fingerprintOf(s, u"rollback"_s, {back.card});
    move.fingerprint = sheet.fingerprint;
    sheet.intent = move;
    describe(back, move, sheet);
    return sheet;
}

} // namespace Slipway
