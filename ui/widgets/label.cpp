// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/label.h"

#include "ui/theme/paint.h"

#include <QApplication>
#include <QEvent>

namespace Slipway {

Label::Label(const QString &text, Look look, QWidget *parent)
    : QLabel(text, parent)
    , m_look(look)
{
    setTextFormat(Qt::PlainText);
    dress();
}

void Label::setLook(Look look)
{
    if (m_look != look) {
        m_look = look;
        dress();
    }
}

void Label::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationFontChange
        || event->type() == QEvent::ParentChange)
        dress();
}

void Label::dress()
{
    if (m_dressing)
        return;
    m_dressing = true;
    // From the application's palette: our own is the one that is written here.
    const Theme &theme = Theme::of(QApplication::palette());
    QColor ink = theme.text;
    if (m_look == Look::Muted || m_look == Look::Section)
        ink = theme.muted;
    else if (m_look == Look::Error)
        ink = theme.ink(Tone::Bad);
    else if (m_look == Look::Warning)
        ink = theme.ink(Tone::Warn);
    else if (m_look == Look::Link)
        ink = theme.accent;
    QPalette own = palette();
    own.setColor(QPalette::WindowText, ink);
    setPalette(own);
    const QFont base = QApplication::font();
    if (m_look == Look::Heading)
        setFont(boldFont(base));
    else if (m_look == Look::Title)
        setFont(scaledFont(base, kTitleText, true));
    else if (m_look == Look::Section)
        setFont(scaledFont(base, kSmallText, true));
    else if (m_look == Look::Muted)
        setFont(scaledFont(base, kSmallText));
    m_dressing = false;
}

} // namespace Slipway
