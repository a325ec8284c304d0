// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/reportdelegate.h"

#include "models/board/reportmodel.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

/// What stands at the right of a line.
struct Aside
{
    QString state;
    Tone tone = Tone::Neutral;
    QString time;
};

Aside asideOf(const ReportRow &row)
{
    if (row.kind == ReportRow::Kind::Test)
        return {row.flaky ? ReportDelegate::tr("flaky") : QString(), Tone::Warn, {}};
    if (row.kind == ReportRow::Kind::Run)
        return {ReportModel::stateText(row.run.state), Words::ciTone(row.run.state), {}};
    const CiJob &job = row.job;
    const Tone tone = job.waits ? Tone::Warn : Words::ciTone(job.state);
    const bool ended = job.endedAt.isValid();
    const QDateTime until = ended ? job.endedAt : QDateTime::currentDateTimeUtc();
    const bool timed = job.startedAt.isValid() && (ended || job.state == CiState::Running);
    return {ReportModel::stateText(job), tone, timed ? Words::duration(job.startedAt.msecsTo(until)) : QString()};
}

} // namespace

QSize ReportDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int unit = unitOf(option.fontMetrics);
    return {unit * 40, option.fontMetrics.height() + 2 * unit};
}

void ReportDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    const auto row = index.data(ReportModel::RowRole).value<ReportRow>();
    const int unit = unitOf(option.fontMetrics);
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, theme.accentSoft);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, theme.raised);
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_Active)
        paintFocusRing(*painter, option.rect.adjusted(1, 1, -1, -1), theme, unit);
    QRect line = option.rect.adjusted(4 * unit, 0, -4 * unit, 0);
    const QFont small = scaledFont(option.font, kSmallText);
    const QFontMetrics metrics(small);
    const auto right = [&](const QString &text, const QColor &ink) {
        if (text.isEmpty())
            return;
        const int wanted = metrics.horizontalAdvance(text) + 1; // the parts of a point that rounding took
        const int width = qMin(wanted, line.width() / 2);
        painter->setFont(small);
        painter->setPen(ink);
        painter->drawText(QRect(line.right() + 1 - width, line.top(), width, line.height()),
                          Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                          wanted > width ? metrics.elidedText(text, Qt::ElideRight, width) : text);
        line.setRight(line.right() - width - 2 * unit);
    };
    const Aside aside = asideOf(row);
    right(aside.time, theme.muted);
    right(aside.state, aside.tone == Tone::Neutral ? theme.muted : theme.ink(aside.tone));
    const double size = option.fontMetrics.ascent() * 0.78;
    const auto sign = [&](CiState state, bool waits) {
        paintCi(*painter, QRectF(line.left(), line.top() + (line.height() - size) / 2, size, size), state, waits,
                theme);
        line.setLeft(line.left() + qRound(size) + 2 * unit);
    };
    const bool heading = row.kind == ReportRow::Kind::Run;
    const bool test = row.kind == ReportRow::Kind::Test;
    if (test)
        line.setLeft(line.left() + qRound(size) + 2 * unit);
    sign(heading ? row.run.state : test ? CiState::Failed : row.job.state, !heading && !test && row.job.waits);
    const QFont font = heading ? boldFont(option.font) : test ? small : option.font;
    painter->setFont(font);
    painter->setPen(theme.text);
    // The end of a test's name tells most: "checkout.totals.rounds_once".
    painter->drawText(
        line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        QFontMetrics(font).elidedText(index.data().toString(), test ? Qt::ElideLeft : Qt::ElideRight, line.width()));
    painter->restore();
}

bool ReportDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                               const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QString text = index.data(Qt::AccessibleTextRole).toString();
    QToolTip::showText(event->globalPos(), u"<p>%1</p>"_s.arg(text.toHtmlEscaped()), view);
    return true;
}

} // namespace Slipway
