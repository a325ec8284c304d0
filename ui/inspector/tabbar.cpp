// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/tabbar.h"

#include "ui/theme/paint.h"

namespace Slipway {

TabBar::TabBar(QWidget *parent)
    : QTabBar(parent)
{
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideNone);
}

QSize TabBar::tabSizeHint(int index) const
{
    const int unit = unitOf(this);
    const QString text = tabText(index);
    auto width = m_widths.constFind(text);
    if (width == m_widths.cend())
        width = m_widths.insert(text, QFontMetrics(boldFont(font())).horizontalAdvance(text));
    return {*width + 3 * unit, fontMetrics().height() + 4 * unit};
}

QSize TabBar::minimumTabSizeHint(int index) const
{
    return tabSizeHint(index);
}

void TabBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        m_widths.clear();
    QTabBar::changeEvent(event);
}

void TabBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const int unit = unitOf(this);
    QPainter painter(this);
    for (int at = 0; at < count(); ++at) {
        const QRect box = tabRect(at);
        const bool current = at == currentIndex();
        painter.setFont(current ? boldFont(font()) : font());
        painter.setPen(current ? theme.text : theme.muted);
        painter.drawText(box, Qt::AlignCenter | Qt::TextShowMnemonic, tabText(at));
        if (current) {
            const int thick = qMax(2, unit / 2);
            painter.fillRect(QRect(box.left() + unit, box.bottom() + 1 - thick, box.width() - 2 * unit, thick),
                             theme.accent);
            if (hasFocus())
                paintFocusRing(painter, box.adjusted(unit / 2, unit / 2, -unit / 2, -unit), theme, unit);
        }
    }
}

} // namespace Slipway
