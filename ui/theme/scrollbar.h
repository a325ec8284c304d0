// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyle>

class QPainter;
class QStyleOptionSlider;

namespace Slipway {

/// A plain scroll bar: a handle on the surface it stands on, without arrows. Fusion's gradients took a tenth of the
/// board's first picture, and are two more boxes beside every list of cards.
namespace ScrollBar {

constexpr int kShortest = 24; ///< handle, in pixels: what a mouse can hit

QRect part(const QStyleOptionSlider &option, QStyle::SubControl part);
void paint(QPainter &painter, const QStyleOptionSlider &option);

} // namespace ScrollBar

} // namespace Slipway
