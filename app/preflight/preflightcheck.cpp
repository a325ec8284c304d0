// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preflight/preflightcheck.h"

#include "app/preflight/finding.h"
#include "app/preflight/moves.h"

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

using Words = PreflightWords;

struct Sheets
{
    const BoardReader &reader;
    const QString &by;
    const QDateTime &now;
    bool heedBusy;

    Result<Preflight> operator()(const PromoteIntent &move) const { return sheet(move, promotionSheet); }
    Result<Preflight> operator()(const ResetIntent &move) const { return sheet(move, resetSheet); }
    Result<Preflight> operator()(const SendBackIntent &move) const { return sheet(move, sendBackSheet); }
    Result<Preflight> operator()(const RollBackIntent &move) const { return sheet(move, rollBackSheet); }
    Result<Preflight> operator()(const UpdateIntent &move) const { return sheet(move, updateSheet); }
    template<typename Other> Result<Preflight> operator()(const Other &) const
    {
        return fail(Error::Kind::Unsupported, Words::tr("This is done without a sheet."));
    }

private:
    template<typename Move>
    Result<Preflight> sheet(const Move &move, Result<Preflight> (*make)(const Situation &, Move)) const
    {
        auto situation = situationOf(reader, move.pipeline, by, now);
        if (!situation)
            return tl::unexpected(situation.error());
        if (!heedBusy)
            situation->active.clear();
        return make(*situation, move);
    }
};

/// What to do about a check that blocks: what the sheet offers, else what the check says.
QString wayOut(const Preflight &sheet, const Check &check)
{
    for (const Remedy &remedy : sheet.remedies) {
        if (remedy.check == check.id)
            return remedy.text + u'.';
    }
    return check.detail.endsWith(u'.') ? check.detail : Words::tr("Put it right first; nothing was changed.");
}

} // namespace

Result<Preflight> preflightFor(const BoardReader &reader, const Intent &move, const QString &by, const QDateTime &now)
{
    return std::visit(Sheets{reader, by, now, true}, move);
}

Result<QStringList> permit(const BoardReader &reader, const Intent &move, const QString &by)
{
    const auto sheet = std::visit(Sheets{reader, by, QDateTime::currentDateTimeUtc(), false}, move);
    if (!sheet && sheet.error().kind() == Error::Kind::Unsupported)
        return QStringList();
    if (!sheet)
        return tl::unexpected(sheet.error());
    const QString seen = toJson(move).value(u"fingerprint"_s).toString();
    if (!seen.isEmpty() && seen != sheet->fingerprint) {
        return fail(Error::Kind::Conflict, Words::tr("“%1”: something moved since you looked.").arg(sheet->title),
                    Words::tr("Look at what goes now, and decide again."));
    }
    QList<Check> blocks;
    QStringList warnings;
    for (const Check &check : sheet->checks) {
        if (check.result == CheckResult::Block)
            blocks.append(check);
        else if (check.result == CheckResult::Warn)
            warnings.append(check.text);
    }
    if (!blocks.isEmpty()) {
        QStringList texts;
        for (const Check &check : std::as_const(blocks))
            texts.append(check.text);
        return fail(Error::Kind::Blocked, Words::tr("“%1” cannot be done: %2.").arg(sheet->title, texts.constFirst()),
                    wayOut(*sheet, blocks.constFirst()), texts.join(u'\n'));
    }
    if (!warnings.isEmpty() && toJson(move).value(u"reason"_s).toString().trimmed().isEmpty()) {
        return fail(Error::Kind::Blocked,
                    Words::tr("“%1” is done only with a reason: %2.").arg(sheet->title, warnings.constFirst()),
                    Words::tr("Say why it should go all the same."), warnings.join(u'\n'));
    }
    return warnings;
}

} // namespace Slipway
