// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/header/headerparts.h"

#include "ui/theme/paint.h"
#include "ui/theme/words.h"

using namespace Qt::StringLiterals;

namespace Slipway {

HeaderTitle::HeaderTitle(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void HeaderTitle::setTitle(const QString &name, const QString &origin)
{
    m_name = name;
    m_origin = origin;
    setAccessibleName(origin.isEmpty() ? name : u"%1, %2"_s.arg(name, origin));
    setToolTip(origin.toHtmlEscaped());
    update();
}

QSize HeaderTitle::sizeHint() const
{
    return {unitOf(this) * 60, fontMetrics().height() * 2};
}

QSize HeaderTitle::minimumSizeHint() const
{
    return {unitOf(this) * 20, fontMetrics().height() * 2};
}

void HeaderTitle::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    const QFont bold = scaledFont(font(), kTitleText, true);
    const QFontMetrics metrics(bold);
    const QString name = metrics.elidedText(m_name, Qt::ElideRight, width());
    painter.setFont(bold);
    painter.setPen(theme.text);
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, name);
    const int left = metrics.horizontalAdvance(name) + 3 * unitOf(this);
    if (width() - left < unitOf(this) * 10)
        return;
    const QFont small = scaledFont(font(), kSmallText);
    painter.setFont(small);
    painter.setPen(theme.muted);
    painter.drawText(rect().adjusted(left, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     QFontMetrics(small).elidedText(m_origin, Qt::ElideMiddle, width() - left));
}

SearchButton::SearchButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::IBeamCursor);
    setText(tr("Find or run…"));
    setAccessibleName(tr("Find an environment or a change, or run a command (Ctrl+K)"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize SearchButton::sizeHint() const
{
    return {unitOf(this) * 52, fontMetrics().height() + 3 * unitOf(this)};
}

QSize SearchButton::minimumSizeHint() const
{
    return {unitOf(this) * 14, sizeHint().height()};
}

void SearchButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const int unit = unitOf(this);
    QPainter painter(this);
    paintPanel(painter, rect(), underMouse() ? theme.raised : theme.surface, theme.line, unit * 1.5);
    if (hasFocus())
        paintFocusRing(painter, rect(), theme, unit * 1.5);
    painter.setPen(theme.muted);
    const bool roomy = fontMetrics().horizontalAdvance(text()) <= width() - 5 * unit;
    if (roomy)
        painter.drawText(rect().adjusted(3 * unit, 0, -2 * unit, 0),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text());
    const QFont small = scaledFont(font(), kSmallText);
    const QString key = tr("Ctrl K");
    const QFontMetrics metrics(small);
    const QSize size(metrics.horizontalAdvance(key) + 2 * unit, metrics.height() + unit);
    const int left = roomy ? width() - size.width() - 2 * unit : (width() - size.width()) / 2; // the key says it too
    const QRect cap(QPoint(left, (height() - size.height()) / 2), size);
    if (roomy && cap.left() < 3 * unit + fontMetrics().horizontalAdvance(text()) + unit)
        return;
    paintPanel(painter, cap, {}, theme.line, unit);
    painter.setFont(small);
    painter.drawText(cap, Qt::AlignCenter, key);
}

Freshness::Freshness(QWidget *parent)
    : QAbstractButton(parent)
{
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void Freshness::setStatus(const std::optional<AccountStatus> &status)
{
    m_status = status;
    setVisible(status.has_value());
    if (!status)
        return;
    QString words;
    switch (status->state) {
    case AccountState::Live:
        words = tr("Live, %1").arg(Words::ago(status->asOf));
        break;
    case AccountState::Stale:
        words = status->asOf.isValid() ? tr("As of %1").arg(Words::ago(status->asOf)) : tr("Not asked yet");
        break;
    case AccountState::Offline:
        words = status->asOf.isValid() ? tr("Offline, as of %1").arg(Words::ago(status->asOf)) : tr("Offline");
        break;
    case AccountState::Unauthorised:
        words = tr("Sign in again");
        break;
    }
    setAccessibleName(tr("%1. Press to ask again.").arg(words));
    setToolTip(status->error.isEmpty() ? tr("Ask the providers again (F5)")
                                       : u"<p>%1</p>"_s.arg(status->error.toHtmlEscaped()));
    if (words != text()) {
        setText(words);
        updateGeometry();
    }
    update();
}

QSize Freshness::sizeHint() const
{
    const QFontMetrics small(scaledFont(font(), kSmallText));
    return {small.horizontalAdvance(text()) + small.height() / 2 + 5 * unitOf(this), small.height() + 2 * unitOf(this)};
}

void Freshness::paintEvent(QPaintEvent *)
{
    if (!m_status)
        return;
    const Theme &theme = Theme::of(palette());
    const int unit = unitOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (hasFocus())
        paintFocusRing(painter, rect(), theme, unit * 1.0);
    else if (underMouse())
        paintPanel(painter, rect(), theme.raised, {}, unit * 1.0);
    const double size = fontMetrics().height() * 0.5;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.ink(toneOf(m_status->state)));
    painter.drawEllipse(QRectF(unit * 1.5, (height() - size) / 2, size, size));
    painter.setFont(scaledFont(font(), kSmallText));
    painter.setPen(theme.muted);
    painter.drawText(rect().adjusted(qRound(3 * unit + size), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text());
}

} // namespace Slipway
