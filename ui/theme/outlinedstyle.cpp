// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/outlinedstyle.h"

#include "ui/theme/paint.h"
#include "ui/theme/scrollbar.h"

#include <QStyleOption>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

/// An edge that stands out from the surface 3 to 1, as WCAG wants of what can be operated.
QColor edge(const QStyleOption &option, const Theme &theme)
{
    return mix(theme.surface, theme.text, option.state & QStyle::State_Enabled ? 0.5 : 0.25);
}

void outline(const QStyleOption &option, QPainter &painter, const Theme &theme, double radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(edge(option, theme));
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.restore();
}

bool isFusion(const QProxyStyle &style)
{
    return style.baseStyle()->name() == "fusion"_L1;
}

/// The scroll bar to be drawn in our way, if that is what it is.
const QStyleOptionSlider *plainBar(const QProxyStyle &style, QStyle::ComplexControl control,
                                   const QStyleOptionComplex *option)
{
    return control == QStyle::CC_ScrollBar && isFusion(style) ? qstyleoption_cast<const QStyleOptionSlider *>(option)
                                                              : nullptr;
}

} // namespace

OutlinedStyle::OutlinedStyle(QStyle *base)
    : QProxyStyle(base)
{ }

void OutlinedStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                  const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool operated =
        element == PE_IndicatorRadioButton || element == PE_IndicatorCheckBox || element == PE_FrameLineEdit;
    if (!operated || !isFusion(*this))
        return;
    const Theme &theme = Theme::of(option->palette);
    const bool field = element == PE_FrameLineEdit;
    if (!theme.dark || (field && option->state & State_HasFocus)) // a focused one is in the colour of the accent
        return;
    const double side = option->rect.width();
    outline(*option, *painter, theme, element == PE_IndicatorRadioButton ? side / 2 : 2);
}

void OutlinedStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                       const QWidget *widget) const
{
    if (const QStyleOptionSlider *bar = plainBar(*this, control, option)) {
        ScrollBar::paint(*painter, *bar);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (control != CC_SpinBox || option->state & State_HasFocus || !isFusion(*this))
        return;
    if (const Theme &theme = Theme::of(option->palette); theme.dark)
        outline(*option, *painter, theme, 2);
}

int OutlinedStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    const int usual = QProxyStyle::pixelMetric(metric, option, widget);
    const bool mark = metric == PM_IndicatorWidth || metric == PM_IndicatorHeight
        || metric == PM_ExclusiveIndicatorWidth || metric == PM_ExclusiveIndicatorHeight;
    if (!mark || !widget || !isFusion(*this))
        return usual;
    constexpr double kOfLine = 0.8;
    return qMax(usual, qRound(widget->fontMetrics().height() * kOfLine));
}

QRect OutlinedStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                    const QWidget *widget) const
{
    if (const QStyleOptionSlider *bar = plainBar(*this, control, option))
        return ScrollBar::part(*bar, part);
    return QProxyStyle::subControlRect(control, option, part, widget);
}

} // namespace Slipway
