// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/paint.h"

#include <QFontDatabase>
#include <QPainterPath>

namespace Slipway {

Tone toneOf(EnvironmentState state)
{
    switch (state) {
    case EnvironmentState::Running:
        return Tone::Good;
    case EnvironmentState::Deploying:
        return Tone::Busy;
    case EnvironmentState::Suspended:
        return Tone::Asleep;
    case EnvironmentState::Crashed:
        return Tone::Bad;
    case EnvironmentState::Stopped:
    case EnvironmentState::Unknown:
        break;
    }
    return Tone::Neutral;
}

Tone toneOf(AccountState state)
{
    switch (state) {
    case AccountState::Live:
        return Tone::Good;
    case AccountState::Stale:
        return Tone::Neutral;
    case AccountState::Offline:
        return Tone::Warn;
    case AccountState::Unauthorised:
        return Tone::Bad;
    }
    return Tone::Neutral;
}

int unitOf(const QFontMetrics &metrics)
{
    return qMax(3, qRound(metrics.height() / 4.0));
}

void paintState(QPainter &painter, const QRectF &box, EnvironmentState state, const Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ink = theme.ink(toneOf(state));
    const double stroke = box.width() / 4.5;
    const QRectF inner = box.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    switch (state) {
    case EnvironmentState::Running:
        painter.drawEllipse(box);
        break;
    case EnvironmentState::Deploying:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ink, stroke));
        painter.drawEllipse(inner);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawPie(box, 90 * 16, -180 * 16);
        break;
    case EnvironmentState::Suspended:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ink, stroke));
        painter.drawEllipse(inner);
        break;
    case EnvironmentState::Stopped:
        painter.drawRect(box.adjusted(stroke / 3, stroke / 3, -stroke / 3, -stroke / 3));
        break;
    case EnvironmentState::Crashed: {
        const QRectF wide = box.adjusted(-stroke / 2, -stroke / 2, stroke / 2, stroke / 3);
        painter.drawPolygon(QPolygonF{QPointF(wide.center().x(), wide.top()), wide.bottomRight(), wide.bottomLeft()});
        break;
    }
    case EnvironmentState::Unknown:
        painter.setBrush(Qt::NoBrush);
        for (int quarter = 0; quarter < 4; ++quarter) {
            painter.setPen(QPen(ink, stroke, Qt::SolidLine, Qt::FlatCap));
            painter.drawArc(inner, quarter * 90 * 16 + 20 * 16, 50 * 16);
        }
        break;
    }
    painter.restore();
}

void paintCheck(QPainter &painter, const QRectF &box)
{
    painter.drawPolyline(QPolygonF{{box.left(), box.center().y()},
                                   {box.left() + box.width() * 0.36, box.bottom() - box.height() * 0.12},
                                   {box.right(), box.top() + box.height() * 0.12}});
}

void paintCi(QPainter &painter, const QRectF &box, CiState state, bool waits, const Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const double width = box.width() / 5.5;
    const double edge = box.width() * 0.12;
    const QRectF inner = box.adjusted(edge, edge, -edge, -edge);
    const auto stroke = [&](Tone tone) {
        painter.setPen(QPen(theme.ink(tone), width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    };
    if (waits) {
        stroke(Tone::Warn);
        painter.drawEllipse(inner);
    } else if (state == CiState::Passed) {
        stroke(Tone::Good);
        paintCheck(painter, inner);
    } else if (state == CiState::Failed) {
        stroke(Tone::Bad);
        painter.drawLine(inner.topLeft(), inner.bottomRight());
        painter.drawLine(inner.topRight(), inner.bottomLeft());
    } else if (state == CiState::None) {
        stroke(Tone::Neutral);
        painter.drawLine(QPointF(inner.left(), inner.center().y()), QPointF(inner.right(), inner.center().y()));
    } else {
        paintState(painter, box, state == CiState::Running ? EnvironmentState::Deploying : EnvironmentState::Unknown,
                   theme);
    }
    painter.restore();
}

void paintPanel(QPainter &painter, const QRectF &box, const QColor &fill, const QColor &border, double radius,
                double width)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter.setPen(border.isValid() ? QPen(border, width) : QPen(Qt::NoPen));
    const double half = border.isValid() ? width / 2 : 0;
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius);
    painter.restore();
}

void paintFocusRing(QPainter &painter, const QRectF &box, const Theme &theme, double radius)
{
    paintPanel(painter, box, {}, theme.accent, radius, 2.0);
}

QSize badgeSize(const QString &text, const QFontMetrics &metrics)
{
    const int unit = unitOf(metrics);
    return {metrics.horizontalAdvance(text) + 4 * unit, metrics.height() + qMax(2, unit * 3 / 4)};
}

void paintBadge(QPainter &painter, const QRect &box, const QString &text, Tone tone, const Theme &theme, bool hollow)
{
    if (hollow) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.ink(tone), 1.2, Qt::DashLine));
        painter.drawRoundedRect(QRectF(box).adjusted(0.6, 0.6, -0.6, -0.6), box.height() / 2.0, box.height() / 2.0);
        painter.restore();
    } else {
        paintPanel(painter, box, theme.fill(tone), {}, box.height() / 2.0);
    }
    painter.setPen(tone == Tone::Neutral ? mix(theme.muted, theme.text, 0.2) : theme.ink(tone));
    painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine, text);
}

void paintLock(QPainter &painter, const QRectF &box, const QColor &ink)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body(box.left(), box.center().y() - box.height() * 0.06, box.width(), box.height() * 0.56);
    const double bow = box.width() * 0.62;
    painter.setPen(QPen(ink, box.width() / 7.0));
    painter.setBrush(Qt::NoBrush);
    QPainterPath path(QPointF(box.center().x() - bow / 2, body.top()));
    path.lineTo(box.center().x() - bow / 2, box.top() + bow / 2);
    path.arcTo(QRectF(box.center().x() - bow / 2, box.top() + box.width() / 14.0, bow, bow), 180, -180);
    path.lineTo(box.center().x() + bow / 2, body.top());
    painter.drawPath(path);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawRoundedRect(body, box.width() / 8.0, box.width() / 8.0);
    painter.restore();
}

void paintBrand(QPainter &painter, const QRectF &box, const Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(box.topLeft());
    painter.scale(box.width() / 20.0, box.height() / 20.0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    painter.drawPolygon(QPolygonF{{5.5, 9.2}, {8.2, 4.4}, {15.6, 2.6}, {18.6, 6.0}});
    painter.setBrush(mix(theme.text, theme.surface, 0.15));
    painter.drawPolygon(QPolygonF{{1.0, 14.0}, {19.0, 9.6}, {19.0, 12.2}, {1.0, 17.2}});
    painter.restore();
}

QIcon brandIcon(const Theme &theme)
{
    QPixmap sign(64, 64);
    sign.fill(Qt::transparent);
    QPainter painter(&sign);
    paintBrand(painter, QRectF(2, 2, 60, 60), theme);
    painter.end();
    return sign;
}

QFont boldFont(const QFont &font)
{
    return scaledFont(font, 1.0, true);
}

QFont scaledFont(const QFont &font, double factor, bool bold)
{
    QFont made(font);
    if (font.pointSizeF() > 0)
        made.setPointSizeF(font.pointSizeF() * factor);
    else
        made.setPixelSize(qRound(font.pixelSize() * factor));
    if (bold)
        made.setWeight(QFont::DemiBold);
    return made;
}

QFont monoFont(const QFont &like)
{
    // The family alone: fonts that differ in a hint only are found, loaded and drawn anew each.
    static const QStringList families = QFontDatabase::systemFont(QFontDatabase::FixedFont).families();
    QFont made(like);
    made.setFamilies(families);
    if (like.pointSizeF() > 0)
        made.setPointSizeF(like.pointSizeF() * 0.88);
    else
        made.setPixelSize(qRound(like.pixelSize() * 0.88));
    return made;
}

} // namespace Slipway
