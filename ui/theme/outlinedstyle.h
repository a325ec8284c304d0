// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace Slipway {

/// The desktop's style, with edges that can be seen: Fusion draws them darker than the window, which on a dark one
/// leaves radio buttons, check boxes and fields without any; with marks that grow with the text, and plain scroll bars.
/// Other styles stay as they are.
class OutlinedStyle final : public QProxyStyle
{
public:
    explicit OutlinedStyle(QStyle *base = nullptr); ///< nullptr: the desktop's
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;
};

} // namespace Slipway
