// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

namespace Slipway {

/// What a colour says. Never the only sign: a shape or a word stands beside it.
enum class Tone { Neutral, Good, Warn, Bad, Busy, Asleep };

/// `share` (0…1) of `b` in `a`.
QColor mix(const QColor &a, const QColor &b, double share);

/// The colours of the window: tones of the palette, and one light and one dark set for states. GUI thread.
class Theme
{
public:
    /// Follows the palette it is asked for, so a PaletteChange needs no more than a repaint.
    static const Theme &of(const QPalette &palette);

    bool dark = false;
    QColor page; ///< behind the columns
    QColor column;
    QColor surface; ///< cards, side bars, sheets
    QColor raised; ///< hovered rows and buttons on a surface
    QColor line; ///< borders and separators
    QColor text;
    QColor muted; ///< secondary text, readable on surface and column
    QColor accent; ///< selection, links and the primary action; readable on surface
    QColor onAccent;
    QColor accentSoft; ///< fill of a selected row or a legal column
    QColor scrim; ///< over the window while a sheet is open
    QColor logPage; ///< the log is dark in both sets
    QColor logText;
    QColor logMuted;
    QColor logAccent;
    QColor logError;

    QColor ink(Tone tone) const; ///< text and shapes, readable on surface and on fill()
    QColor fill(Tone tone) const; ///< of a badge

private:
    explicit Theme(const QPalette &palette);
    void deriveLog();
};

} // namespace Slipway
