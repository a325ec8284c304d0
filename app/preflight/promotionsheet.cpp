// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A promotion: from a dev environment to staging, or from staging to all of production.
#include "app/preflight/moves.h"
#include "app/preflight/promotion.h"
#include "app/preflight/sheetparts.h"

using namespace Qt::StringLiterals;

namespace Slipway {

using Words = PreflightWords;

namespace {

constexpr int kNamedLeftBehind = 5; ///< more than people read

Result<void> mayMove(const Environment &from, const Environment &to)
{
    if ((from.stage == Stage::Development && to.stage == Stage::Staging)
        || (from.stage == Stage::Staging && to.stage == Stage::Production))
        return {};
    if (from.stage == Stage::Development && to.stage == Stage::Production) {
        return fail(Error::Kind::Invalid, Words::tr("“%1” goes to staging first.").arg(from.name),
                    Words::tr("Promote it to staging, look at it there, then promote staging."));
    }
    if (from.stage == to.stage)
        return fail(Error::Kind::Invalid, Words::tr("“%1” and “%2” are of the same stage.").arg(from.name, to.name));
    return fail(Error::Kind::Invalid, Words::tr("“%1” cannot go back to “%2”.").arg(from.name, to.name),
                Words::tr("Promotions go from dev environments to staging, and from staging to production."));
}

Result<Promotion> promotionOf(const Situation &s, const PromoteIntent &move)
{
    Promotion p;
    p.intent = move;
    const auto source = s.card(move.from);
    if (!source)
        return tl::unexpected(source.error());
    p.source = *source;
    if (p.intent.to.isEmpty()) {
        const auto targets = nextTargets(s.reader, p.source);
        if (!targets)
            return tl::unexpected(targets.error());
        p.intent.to = targets->constFirst();
        p.intent.alsoTo = targets->mid(1);
    }
    QStringList names = QStringList{p.intent.to} + p.intent.alsoTo;
    names.removeDuplicates();
    p.intent.alsoTo = names.mid(1);
    for (const QString &name : std::as_const(names)) {
        auto target = s.card(name);
        if (!target)
            return tl::unexpected(target.error());
        if (const auto may = mayMove(p.source.environment, target->environment); !may)
            return tl::unexpected(may.error());
        auto comparison = s.compared(target->environment.release, p.source.environment.release);
        p.targets.append({std::move(*target), std::move(comparison)});
    }
    p.toProduction = p.targets.constFirst().card.environment.stage == Stage::Production;
    p.intent.merge = mergeFor(s.reader, p.intent, p.source.environment);
    p.gauge = s.reader.gauge(s.pipeline.name, s.now);
    return p;
}

/// Sentences on what a target would lose: what runs there and is not in this version.
QStringList lost(const Promotion &p)
{
    QStringList sentences;
    for (const Promotion::Target &target : p.targets) {
        if (!target.comparison || target.comparison->behind == 0)
            continue;
        const QStringList titles = Comparison{{}, {}, 0, 0, target.comparison->missing, {}}.changes();
        for (const QString &title : titles)
            sentences.append(Words::tr("“%1” is on %2 and not in this version.").arg(title, target.name()));
    }
    return sentences;
}

/// What a reader could expect to go to production, and does not: it is still in a dev environment.
QStringList leftBehind(const Situation &s, const Promotion &p)
{
    QStringList sentences;
    const QStringList names = s.reader.cache().environmentNames(s.pipeline.name, Stage::Development);
    for (const QString &name : names) {
        const auto environment = s.reader.cache().environment(s.pipeline.name + u'/' + name);
        if (!environment || !environment->release || environment->ahead.value_or(0) == 0)
            continue;
        if (sentences.size() == kNamedLeftBehind) {
            sentences.append(Words::tr("Other dev environments hold changes that stay behind too."));
            break;
        }
        sentences.append(
            Words::tr("“%1” on %2 stays behind: it is not on %3.").arg(titleOf(*environment->release), name, p.from()));
    }
    return sentences;
}

QString wayBack(const Promotion &p)
{
    QStringList back;
    QStringList first;
    for (const Promotion::Target &target : p.targets) {
        const auto &release = target.card.environment.release;
        if (release)
            back.append(Words::tr("%1 back to v%2").arg(target.name()).arg(release->number));
        else
            first.append(target.name());
    }
    QStringList sentences;
    if (!back.isEmpty())
        sentences.append(Words::tr("Roll %1 at any time.").arg(enumerated(back)));
    for (const QString &name : std::as_const(first))
        sentences.append(Words::tr("This is the first release of %1: there is none to go back to.").arg(name));
    return sentences.join(u' ');
}

QString mergeSummary(const Situation &s, const Promotion &p)
{
    const QString main = s.pipeline.mainBranch.isEmpty() ? Words::tr("the main branch") : s.pipeline.mainBranch;
    const QString how = p.intent.merge->method == MergeMethod::Squash ? Words::tr(" as one commit")
        : p.intent.merge->method == MergeMethod::Rebase               ? Words::tr(" by rebasing it")
                                                                      : QString();
    return Words::tr("%1 → %2. Merges #%3 into %4%5 and builds the merge on %2.")
        .arg(p.from(), p.to())
        .arg(p.intent.merge->number)
        .arg(main, how);
}

void describe(const Situation &s, const Promotion &p, Preflight &sheet)
{
    const auto &release = p.source.environment.release;
    const QString title = release ? titleOf(*release) : p.from();
    sheet.title = p.toProduction ? Words::tr("Promote %1 to %2").arg(title, p.to())
                                 : Words::tr("Deploy %1 to %2").arg(title, p.to());
    sheet.summary = p.intent.merge ? mergeSummary(s, p)
                                   : Words::tr("%1 → %2. Releases the identical artifact.").arg(p.from(), p.to());
    sheet.offersBranchDeletion = p.intent.merge && !release->change.branch.isEmpty() && !release->change.fork;
    sheet.actionText = p.toProduction ? Words::tr("Promote to production") : Words::tr("Deploy to staging");
    sheet.from = p.from();
    sheet.targets = p.names();
    sheet.offersShutDown = p.source.environment.stage == Stage::Development;
    if (const auto &comparison = p.targets.constFirst().comparison)
        listCommits(sheet, comparison->commits, release);
    if (release && sheet.changes.isEmpty() && p.source.version() != p.targets.constFirst().card.version())
        sheet.changes.append(title);
    for (const Promotion::Target &target : p.targets) {
        sheet.config += configDifferences(p.source.environment.config, target.card.environment.config,
                                          p.targets.size() > 1 ? target.name() : QString());
    }
    sheet.notIncluded = lost(p);
    if (p.toProduction)
        sheet.notIncluded += leftBehind(s, p);
    sheet.wayBack = wayBack(p);
}

} // namespace

QStringList Promotion::names() const
{
    QStringList all;
    for (const Target &target : targets)
        all.append(target.name());
    return all;
}

QList<Card> Promotion::targetCards() const
{
    QList<Card> cards;
    for (const Target &target : targets)
        cards.append(target.card);
    return cards;
}

std::optional<PullRequestMerge> mergeFor(const BoardReader &reader, const PromoteIntent &move, const Environment &from)
{
    const auto &release = from.release;
    const auto pipeline = reader.store().pipeline(from.pipeline);
    const auto method = reader.policy(from.pipeline).mergeMethod();
    if (!pipeline || !pipeline->isShared() || from.stage != Stage::Development || move.artifactOnly || !method
        || from.commit().isEmpty() || !release->change.number)
        return std::nullopt;
    PullRequestMerge merge{*release->change.number, from.commit(), *method, {}};
    if (move.deleteBranch)
        merge.branch = release->change.branch;
    return merge;
}

Result<QStringList> nextTargets(const BoardReader &reader, const Card &source)
{
    const Environment &from = source.environment;
    if (from.stage == Stage::Production) {
        return fail(Error::Kind::Invalid,
                    Words::tr("“%1” is in production: there is no stage after it.").arg(from.name),
                    Words::tr("Promote a dev environment or staging."));
    }
    const Stage next = from.stage == Stage::Development ? Stage::Staging : Stage::Production;
    const QStringList names = reader.cache().environmentNames(from.pipeline, next);
    if (names.isEmpty()) {
        return fail(Error::Kind::NotFound,
                    next == Stage::Staging ? Words::tr("“%1” has no staging environment.").arg(from.pipeline)
                                           : Words::tr("“%1” has no production environment.").arg(from.pipeline),
                    Words::tr("Refresh the board and look again."));
    }
    if (next == Stage::Staging)
        return names.mid(0, 1);
    QStringList lacking;
    for (const QString &name : names) {
        const auto card = reader.card(from.pipeline + u'/' + name);
        if (!card || card->version() != source.version() || card->environment.state != EnvironmentState::Running)
            lacking.append(name);
    }
    return lacking.isEmpty() ? names : lacking;
}

Result<Preflight> promotionSheet(const Situation &s, PromoteIntent move)
{
    const auto promotion = promotionOf(s, move);
    if (!promotion)
        return tl::unexpected(promotion.error());
    Preflight sheet;
    sheet.checks = judged(promotionFindings(s, *promotion), s.policy);
    sheet.remedies = promotionRemedies(s, *promotion, sheet.checks);
    sheet.fingerprint = fingerprintOf(s, u"promote"_s, QList<Card>{promotion->source} + promotion->targetCards());
    move = promotion->intent;
    move.fingerprint = sheet.fingerprint;
    sheet.intent = move;
    describe(s, *promotion, sheet);
    return sheet;
}

} // namespace Slipway
