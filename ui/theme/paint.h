// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/environment.h"
#include "models/domain/pipeline.h"
#include "ui/theme/theme.h"

#include <QIcon>
#include <QPainter>
#include <QWidget>

namespace Slipway {

Tone toneOf(EnvironmentState state);
Tone toneOf(AccountState state);

/// The step all distances are made of: a quarter of the text height, so that 200 % text gets 200 % room.
int unitOf(const QFontMetrics &metrics);
inline int unitOf(const QWidget *widget)
{
    return unitOf(widget->fontMetrics());
}

/// A state as a shape: disc runs, open disc works, ring sleeps, square stopped, triangle crashed, dashed ring unknown.
void paintState(QPainter &painter, const QRectF &box, EnvironmentState state, const Theme &theme);
/// What CI says as a shape: a check passed, a cross failed, a half disc runs, a ring waits for somebody, a dash did not
/// run, a dashed ring is not known.
void paintCi(QPainter &painter, const QRectF &box, CiState state, bool waits, const Theme &theme);
/// A check mark, in the painter's pen.
void paintCheck(QPainter &painter, const QRectF &box);
/// A filled, bordered panel with round corners; an invalid border colour draws none.
void paintPanel(QPainter &painter, const QRectF &box, const QColor &fill, const QColor &border, double radius,
                double width = 1.0);
void paintFocusRing(QPainter &painter, const QRectF &box, const Theme &theme, double radius);
QSize badgeSize(const QString &text, const QFontMetrics &metrics);
/// Uses the painter's font. Hollow: a dashed outline instead of a fill.
void paintBadge(QPainter &painter, const QRect &box, const QString &text, Tone tone, const Theme &theme,
                bool hollow = false);
/// A padlock: somebody holds staging.
void paintLock(QPainter &painter, const QRectF &box, const QColor &ink);
/// The sign of Slipway: a hull on its slip.
void paintBrand(QPainter &painter, const QRectF &box, const Theme &theme);
QIcon brandIcon(const Theme &theme);

/// The sizes of text beside the base size. Few on purpose: the first paint has to find, load and draw each face anew.
constexpr double kSmallText = 0.92;
constexpr double kTitleText = 1.15;
QFont boldFont(const QFont &font);
QFont scaledFont(const QFont &font, double factor, bool bold = false);
QFont monoFont(const QFont &like); ///< the system's fixed font, a little smaller than `like`

} // namespace Slipway
