// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preflight/preflightcheck.h"

#include "app/preflight/promotion.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

using Words = PreflightWords;

constexpr int kShortVersion = 7;

Result<Card> cardOf(const BoardReader &reader, const QString &pipeline, const QString &name)
{
    if (const auto card = reader.card(pipeline + u'/' + name))
        return *card;
    return fail(Error::Kind::NotFound, Words::tr("There is no environment “%1/%2”.").arg(pipeline, name),
                Words::tr("Refresh the board: it may have been shut down meanwhile."));
}

Result<void> mayMove(Stage from, Stage to, const QString &fromName, const QString &toName)
{
    if ((from == Stage::Development && to == Stage::Staging) || (from == Stage::Staging && to == Stage::Production))
        return {};
    if (from == Stage::Development && to == Stage::Production) {
        return fail(Error::Kind::Invalid, Words::tr("“%1” goes to staging first.").arg(fromName),
                    Words::tr("Promote it to staging, look at it there, then promote staging."));
    }
    if (from == to)
        return fail(Error::Kind::Invalid, Words::tr("“%1” and “%2” are of the same stage.").arg(fromName, toName));
    return fail(Error::Kind::Invalid, Words::tr("“%1” cannot go back to “%2”.").arg(fromName, toName),
                Words::tr("Promotions go from dev environments to staging, and from staging to production."));
}

std::optional<Comparison> comparisonOf(const BoardReader &reader, const Promotion &p)
{
    const auto &source = p.source.environment.release;
    const auto &target = p.target.environment.release;
    if (!source || !target || source->version.isEmpty() || target->version.isEmpty())
        return std::nullopt;
    if (source->version == target->version)
        return Comparison{target->version, source->version, 0, 0, {}, {}};
    return reader.cache().comparison(p.pipeline.name, target->version, source->version);
}

QString fingerprintOf(const Promotion &p)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const Card *card : {&p.source, &p.target}) {
        const Environment &environment = card->environment;
        QStringList facts{environment.id(), toString(environment.state)};
        if (const auto &release = environment.release)
            facts << QString::number(release->number) << release->version << release->artifact;
        hash.addData(facts.join(QChar(u'\x1f')).toUtf8() + '\x1e');
    }
    return QString::fromLatin1(hash.result().toHex());
}

QString changeTitle(const Promotion &p)
{
    const auto &release = p.source.environment.release;
    if (!release)
        return p.from();
    return release->change.title.isEmpty() ? release->version.left(kShortVersion) : release->change.title;
}

/// What a reader could expect to go, and does not.
QStringList notIncluded(const BoardReader &reader, const Promotion &p)
{
    QStringList sentences;
    if (!p.toProduction) {
        if (p.comparison && p.comparison->behind > 0) {
            const Comparison lost{p.comparison->head, p.comparison->base, 0, 0, p.comparison->missing, {}};
            const QStringList titles = lost.changes();
            for (const QString &title : titles)
                sentences.append(Words::tr("“%1” is on %2 and not in this version.").arg(title, p.to()));
        }
        return sentences;
    }
    const QStringList names = reader.cache().environmentNames(p.pipeline.name, Stage::Development);
    for (const QString &name : names) {
        const auto environment = reader.cache().environment(p.pipeline.name + u'/' + name);
        if (environment && environment->release && environment->ahead.value_or(0) > 0) {
            sentences.append(Words::tr("“%1” on %2 stays behind: it is not on %3.")
                                 .arg(environment->release->change.title, name, p.from()));
        }
    }
    return sentences;
}

void describe(const BoardReader &reader, const Promotion &p, Preflight &sheet)
{
    const QString title = changeTitle(p);
    sheet.title = p.toProduction ? Words::tr("Promote %1 to %2").arg(title, p.to())
                                 : Words::tr("Deploy %1 to %2").arg(title, p.to());
    sheet.summary = Words::tr("%1 → %2. Releases the identical artifact.").arg(p.from(), p.to());
    sheet.actionText = p.toProduction ? Words::tr("Promote to production") : Words::tr("Deploy to staging");
    sheet.from = p.from();
    sheet.targets = QStringList{p.to()} + p.intent.alsoTo;
    sheet.offersShutDown = p.source.environment.stage == Stage::Development;
    if (p.comparison) {
        sheet.commits = p.comparison->commits;
        sheet.changes = p.comparison->changes();
    }
    const auto &release = p.source.environment.release;
    if (release && sheet.changes.isEmpty() && p.source.version() != p.target.version())
        sheet.changes.append(title);
    sheet.notIncluded = notIncluded(reader, p);
    sheet.wayBack = p.target.environment.release
        ? Words::tr("Roll %1 back to v%2 at any time.").arg(p.to()).arg(p.target.environment.release->number)
        : Words::tr("This is the first release of %1: there is none to go back to.").arg(p.to());
}

Result<Promotion> readPromotion(const BoardReader &reader, const PromoteIntent &move, const QDateTime &now)
{
    Promotion p;
    p.intent = move;
    p.now = now;
    const auto pipeline = reader.store().pipeline(move.pipeline);
    if (!pipeline) {
        return fail(Error::Kind::NotFound, Words::tr("There is no pipeline “%1”.").arg(move.pipeline),
                    Words::tr("`slipwayctl pipeline list` shows the ones there are."));
    }
    p.pipeline = *pipeline;
    const auto source = cardOf(reader, move.pipeline, move.from);
    if (!source)
        return tl::unexpected(source.error());
    p.source = *source;
    if (p.intent.to.isEmpty()) {
        const Stage stage = source->environment.stage;
        const auto next =
            reader.environmentAt(move.pipeline, stage == Stage::Development ? Stage::Staging : Stage::Production);
        if (next && stage != Stage::Production)
            p.intent.to = next->name;
    }
    const auto target = cardOf(reader, move.pipeline, p.intent.to);
    if (!target)
        return tl::unexpected(target.error());
    p.target = *target;
    const auto may = mayMove(p.source.environment.stage, p.target.environment.stage, p.from(), p.to());
    if (!may)
        return tl::unexpected(may.error());
    p.toProduction = p.target.environment.stage == Stage::Production;
    p.account = reader.cache().accountStatus(pipeline->deploysAccount);
    p.comparison = comparisonOf(reader, p);
    p.gauge = reader.gauge(move.pipeline);
    return p;
}

} // namespace

Result<Preflight> preflightFor(const BoardReader &reader, const Intent &move, const QString &by, const QDateTime &now)
{
    const auto *promote = std::get_if<PromoteIntent>(&move);
    if (!promote)
        return fail(Error::Kind::Unsupported, Words::tr("This is done without a sheet."));
    auto promotion = readPromotion(reader, *promote, now);
    if (!promotion)
        return tl::unexpected(promotion.error());
    promotion->by = by;
    Preflight sheet;
    sheet.checks = promotionChecks(*promotion);
    sheet.fingerprint = fingerprintOf(*promotion);
    PromoteIntent whole = promotion->intent;
    whole.fingerprint = sheet.fingerprint;
    sheet.intent = whole;
    describe(reader, *promotion, sheet);
    return sheet;
}

Result<QStringList> permit(const BoardReader &reader, const Intent &move, const QString &by)
{
    const auto sheet = preflightFor(reader, move, by, QDateTime::currentDateTimeUtc());
    if (!sheet && sheet.error().kind() == Error::Kind::Unsupported)
        return QStringList();
    if (!sheet)
        return tl::unexpected(sheet.error());
    const QString seen = toJson(move).value(u"fingerprint"_s).toString();
    if (!seen.isEmpty() && seen != sheet->fingerprint) {
        return fail(Error::Kind::Conflict, Words::tr("“%1”: something moved since you looked.").arg(sheet->title),
                    Words::tr("Look at what goes now, and decide again."));
    }
    QStringList blocks;
    QStringList warnings;
    for (const Check &check : sheet->checks) {
        if (check.result == CheckResult::Block)
            blocks.append(check.text);
        else if (check.result == CheckResult::Warn)
            warnings.append(check.text);
    }
    if (!blocks.isEmpty()) {
        return fail(Error::Kind::Blocked, Words::tr("“%1” cannot be done: %2.").arg(sheet->title, blocks.constFirst()),
                    {}, blocks.join(u'\n'));
    }
    if (!warnings.isEmpty() && toJson(move).value(u"reason"_s).toString().trimmed().isEmpty()) {
        return fail(Error::Kind::Blocked,
                    Words::tr("“%1” is done only with a reason: %2.").arg(sheet->title, warnings.constFirst()),
                    Words::tr("Say why it should go all the same."), warnings.join(u'\n'));
    }
    return warnings;
}

} // namespace Slipway
