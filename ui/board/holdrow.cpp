// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/holdrow.h"

#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QGridLayout>

namespace Slipway {

HoldRow::HoldRow(QWidget *parent)
    : QWidget(parent)
    , m_title(new Label({}, Label::Look::Heading, this))
    , m_detail(new Label({}, Label::Look::Muted, this))
    , m_release(new Button({}, Button::Look::Plain, this))
{
    const int unit = unitOf(this);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(7 * unit, 2 * unit, 2 * unit, 2 * unit);
    layout->setHorizontalSpacing(unit);
    layout->setVerticalSpacing(unit / 2);
    layout->setColumnStretch(0, 1);
    for (Label *label : {m_title, m_detail}) {
        label->setWordWrap(true);
        label->setMinimumWidth(unit * 12);
    }
    layout->addWidget(m_title, 0, 0, 1, 2);
    layout->addWidget(m_detail, 1, 0, Qt::AlignTop);
    layout->addWidget(m_release, 1, 1, Qt::AlignBottom);
    setFocusProxy(m_release);
    connect(m_release, &Button::clicked, this, &HoldRow::releaseWanted);
}

void HoldRow::setHold(const Hold &hold)
{
    m_title->setText(Words::holdTitle(hold));
    m_detail->setText(Words::holdDetail(hold));
    m_release->setText(hold.afterRollBack ? tr("Resolve…") : tr("Release…"));
    m_release->updateGeometry();
    m_release->setAccessibleName(hold.afterRollBack ? tr("Say that the roll back is resolved")
                                                    : tr("Release the hold of %1").arg(hold.by));
    setAccessibleName(Words::holdSentence(hold));
    setToolTip(QStringLiteral("<p>%1</p>").arg(Words::holdSentence(hold).toHtmlEscaped()));
}

void HoldRow::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const int unit = unitOf(this);
    QPainter painter(this);
    paintPanel(painter, rect().adjusted(2, 1, -2, -1), theme.surface, theme.line, unit * 2.0);
    const double size = m_title->fontMetrics().height() * 0.75;
    const double middle = m_title->y() + qMin(m_title->height(), m_title->fontMetrics().height()) / 2.0;
    paintLock(painter, QRectF(2.5 * unit, middle - size / 2, size * 0.8, size), theme.ink(Tone::Warn));
}

} // namespace Slipway
