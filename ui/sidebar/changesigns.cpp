// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sidebar/changesigns.h"

#include "ui/theme/paint.h"

namespace Slipway {

using ChangeWords::Standing;

namespace {

void paintDisc(QPainter &painter, const QRectF &box, const QColor &ink)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawEllipse(box);
    painter.setBrush(Qt::NoBrush);
}

QRectF within(const QRectF &box, double share)
{
    const double by = box.width() * share;
    return box.adjusted(by, by, -by, -by);
}

} // namespace

Tone toneOf(Standing standing)
{
    switch (standing) {
    case Standing::Conflicts:
    case Standing::CiFailed:
    case Standing::ChangesRequested:
        return Tone::Bad;
    case Standing::CiRunning:
        return Tone::Busy;
    case Standing::ReviewDue:
        return Tone::Warn;
    case Standing::Approved:
    case Standing::CiPassed:
        return Tone::Good;
    case Standing::Draft:
        break;
    }
    return Tone::Neutral;
}

void paintSign(QPainter &painter, const QRectF &box, Standing standing, const Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const QColor ink = theme.ink(toneOf(standing));
    const double width = box.width() / 5.5;
    const QPen cut(theme.surface, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    switch (standing) {
    case Standing::Conflicts:
        paintState(painter, box, EnvironmentState::Crashed, theme);
        break;
    case Standing::Draft:
        paintState(painter, box, EnvironmentState::Unknown, theme);
        break;
    case Standing::CiRunning:
        paintCi(painter, box, CiState::Running, false, theme);
        break;
    case Standing::CiFailed:
        paintCi(painter, box, CiState::Failed, false, theme);
        break;
    case Standing::CiPassed:
        paintCi(painter, box, CiState::Passed, false, theme);
        break;
    case Standing::ChangesRequested:
        paintDisc(painter, box, ink);
        painter.setPen(cut);
        painter.drawLine(QPointF(within(box, 0.26).left(), box.center().y()),
                         QPointF(within(box, 0.26).right(), box.center().y()));
        break;
    case Standing::Approved:
        paintDisc(painter, box, ink);
        painter.setPen(QPen(theme.surface, width * 0.85));
        paintCheck(painter, within(box, 0.27));
        break;
    case Standing::ReviewDue:
        painter.setPen(QPen(ink, width));
        painter.drawEllipse(within(box, 0.1));
        break;
    }
    painter.restore();
}

void paintSigns(QPainter &painter, const QRect &line, const QList<Standing> &signs, const Theme &theme)
{
    const QFontMetrics metrics = painter.fontMetrics();
    const int unit = unitOf(metrics);
    const double size = metrics.ascent() * 0.78;
    const int step = qRound(size) + unit;
    const int gap = 2 * unit;
    int wanted = -gap;
    for (const Standing one : signs)
        wanted += step + metrics.horizontalAdvance(ChangeWords::word(one)) + gap;
    qsizetype worded = signs.size();
    while (worded > 0 && wanted > line.width())
        wanted -= metrics.horizontalAdvance(ChangeWords::word(signs.at(--worded))) + unit;
    int left = line.left();
    for (qsizetype at = 0; at < signs.size() && left + size <= line.right() + 1; ++at) {
        const double top = line.top() + (line.height() - size) / 2;
        paintSign(painter, QRectF(left, top, size, size), signs.at(at), theme);
        left += step;
        if (at >= qMax<qsizetype>(worded, 1))
            continue;
        // The first one keeps what there is room for.
        const int rest = step * int(signs.size() - 1 - at);
        const QString whole = ChangeWords::word(signs.at(at));
        const QString word = worded > 0
            ? whole
            : metrics.elidedText(whole, Qt::ElideRight, line.right() + 1 - left - rest - (rest > 0 ? gap : 0));
        const Tone tone = toneOf(signs.at(at));
        painter.setPen(tone == Tone::Neutral ? theme.muted : theme.ink(tone));
        painter.drawText(QRect(left, line.top(), line.right() + 1 - left, line.height()),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, word);
        left += metrics.horizontalAdvance(word) + gap;
    }
}

} // namespace Slipway
