// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/banner.h"

#include "models/domain/error.h"
#include "ui/theme/paint.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/taborder.h"

#include <QHBoxLayout>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace Slipway {

Banner::Banner(QWidget *parent)
    : QWidget(parent)
{
    hide();
}

void Banner::build()
{
    const int unit = unitOf(this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6 * unit, 2 * unit, 4 * unit, 2 * unit);
    auto *words = new QVBoxLayout;
    words->setSpacing(unit / 2);
    m_what = new Label({}, Label::Look::Heading, this);
    m_more = new Label({}, Label::Look::Normal, this);
    for (Label *label : {m_what, m_more}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        words->addWidget(label);
    }
    auto *close = new Button(tr("Dismiss"), Button::Look::Quiet, this);
    layout->addLayout(words, 1);
    layout->addWidget(close, 0, Qt::AlignTop);
    placeInTabOrder(this, close);
    connect(close, &Button::clicked, this, &Banner::hide);
}

void Banner::showError(const Error &error)
{
    // The last lines of a log are evidence, the banner is not their place: a few are enough to see what it was.
    const QStringList lines = error.detail().split(u'\n', Qt::SkipEmptyParts);
    QStringList more;
    if (!error.remedy().isEmpty())
        more += error.remedy();
    more += lines.mid(qMax<qsizetype>(0, lines.size() - 3));
    say(error.message(), more.join(u'\n'), true);
}

void Banner::showNotice(const QString &sentence)
{
    say(sentence, {}, false);
}

void Banner::hideNotice()
{
    if (!m_bad)
        hide();
}

QString Banner::text() const
{
    return isHidden() || !m_what ? QString() : m_what->text();
}

void Banner::say(const QString &what, const QString &more, bool bad)
{
    if (!m_what)
        build();
    m_bad = bad;
    m_what->setLook(bad ? Label::Look::Heading : Label::Look::Normal);
    m_what->setText(what);
    m_more->setText(more);
    m_more->setVisible(!more.isEmpty());
    setAccessibleName(more.isEmpty() ? what : u"%1 %2"_s.arg(what, more));
    show();
    update();
}

void Banner::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.fill(m_bad ? Tone::Bad : Tone::Busy));
    painter.fillRect(QRect(0, 0, unitOf(this), height()), theme.ink(m_bad ? Tone::Bad : Tone::Busy));
}

void Banner::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        QWidget::keyPressEvent(event);
}

} // namespace Slipway
