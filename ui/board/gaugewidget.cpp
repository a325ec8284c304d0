// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/gaugewidget.h"

#include "ui/theme/paint.h"
#include "ui/theme/words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Slipway {

GaugeWidget::GaugeWidget(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void GaugeWidget::setGauge(const StagingGauge &gauge)
{
    m_gauge = gauge;
    QString spoken = sentence();
    if (gauge.dirtySince.isValid() && gauge.changesAhead.value_or(0) > 0)
        spoken += tr(", for %1").arg(Words::age(gauge.dirtySince));
    if (isOver())
        spoken += tr(", above the limit of %1").arg(gauge.limit);
    setAccessibleName(spoken);
    QStringList lines;
    for (const QString &change : gauge.changes)
        lines += u"• "_s + change.toHtmlEscaped();
    setToolTip(lines.isEmpty() ? QString()
                               : u"<p>%1<br>%2</p>"_s.arg(tr("On staging, not in production:"), lines.join("<br>"_L1)));
    update();
}

bool GaugeWidget::isOver() const
{
    return m_gauge.changesAhead.value_or(0) > m_gauge.limit;
}

QString GaugeWidget::sentence() const
{
    return sentences().constFirst();
}

QStringList GaugeWidget::sentences() const
{
    if (!m_gauge.changesAhead)
        return {tr("Not compared with production yet")};
    const int changes = *m_gauge.changesAhead;
    const int keys = m_gauge.configKeysAhead.value_or(0);
    if (changes == 0 && keys == 0)
        return {tr("Clean: same as production")};
    if (changes == 0)
        return {Words::some(keys, tr("1 config key ahead of production"), tr("%1 config keys ahead of production"))};
    const QString ahead =
        Words::some(changes, tr("1 change ahead of production"), tr("%1 changes ahead of production"));
    if (keys == 0)
        return {ahead};
    const QString some = Words::some(changes, tr("1 change"), tr("%1 changes"));
    return {tr("%1 and %2 ahead of production").arg(some, Words::some(keys, tr("1 config key"), tr("%1 config keys"))),
            tr("%1, %2 ahead").arg(some, Words::some(keys, tr("1 config key"), tr("%1 config keys"))),
            tr("%1, %2 ahead").arg(some, Words::some(keys, tr("1 key"), tr("%1 keys"))), ahead};
}

QSize GaugeWidget::sizeHint() const
{
    const int unit = unitOf(this);
    return {unit * 40, fontMetrics().height() + 7 * unit + 2};
}

void GaugeWidget::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const int unit = unitOf(this);
    QPainter painter(this);
    const QRect card = rect().adjusted(2, 1, -2, -1);
    paintPanel(painter, card, theme.surface, theme.line, unit * 2.0);
    const QRect inner = card.adjusted(unit * 5 / 2, unit * 2, -unit * 5 / 2, -unit * 2);
    const int line = fontMetrics().height();
    const QRect top(inner.topLeft(), QSize(inner.width(), line));
    const bool dirty = m_gauge.changesAhead.value_or(0) > 0;
    const QString age = dirty ? Words::age(m_gauge.dirtySince) : QString();
    const QFont small = scaledFont(font(), kSmallText);
    const int ageWidth = age.isEmpty() ? 0 : QFontMetrics(small).horizontalAdvance(age) + 2 * unit;
    const QFont bold = boldFont(font());
    painter.setFont(bold);
    painter.setPen(isOver() ? theme.ink(Tone::Warn) : theme.text);
    const QStringList tries = sentences();
    const auto fits = [&](const QString &text) {
        return QFontMetrics(bold).horizontalAdvance(text) <= top.width() - ageWidth;
    };
    const auto found = std::find_if(tries.cbegin(), tries.cend(), fits);
    painter.drawText(top, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     QFontMetrics(bold).elidedText(found == tries.cend() ? tries.constLast() : *found, Qt::ElideRight,
                                                   top.width() - ageWidth));
    painter.setFont(small);
    painter.setPen(theme.muted);
    painter.drawText(top, Qt::AlignRight | Qt::AlignVCenter, age);
    const int bar = qMax(5, unit * 3 / 2);
    paintBar(painter, QRect(inner.left(), inner.bottom() + 1 - bar, inner.width(), bar));
}

void GaugeWidget::paintBar(QPainter &painter, const QRect &box) const
{
    const Theme &theme = Theme::of(palette());
    const int used = m_gauge.changesAhead.value_or(0);
    const int segments = qBound(1, qMax(m_gauge.limit, used), 12);
    const double gap = 4;
    const double width = (box.width() - gap * (segments - 1)) / segments;
    const bool clean = m_gauge.changesAhead && used == 0;
    for (int i = 0; i < segments; ++i) {
        const QRectF segment(box.left() + i * (width + gap), box.top(), width, box.height());
        QColor fill = theme.line;
        if (i < used)
            fill = i >= m_gauge.limit ? theme.ink(Tone::Warn) : theme.accent;
        else if (clean)
            fill = mix(theme.ink(Tone::Good), theme.surface, 0.35);
        paintPanel(painter, segment, fill, {}, box.height() / 3.0);
    }
}

} // namespace Slipway
