// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/sheet.h"

#include "ui/theme/paint.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

Sheet::Sheet(const QString &title, const QString &summary, const QString &action)
    : QDialog(nullptr, Qt::Widget)
    , m_title(new Label({}, Label::Look::Title, this))
    , m_summary(new Label({}, Label::Look::Muted, this))
    , m_scroll(new QScrollArea(this))
    , m_note(new Label({}, Label::Look::Warning, this))
    , m_error(new Label({}, Label::Look::Error, this))
    , m_why(new Label({}, Label::Look::Muted, this))
    , m_cancel(new Button(tr("Cancel"), Button::Look::Plain, this))
    , m_action(new Button(action, Button::Look::Primary, this))
{
    setAttribute(Qt::WA_Moved); // placed by its host
    const int unit = unitOf(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 5 * unit, 0, 0);
    layout->setSpacing(0);
    auto *content = new QWidget;
    m_body = new QVBoxLayout(content);
    m_body->setContentsMargins(6 * unit, 2 * unit, 6 * unit, 2 * unit);
    m_body->setSpacing(2 * unit);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_scroll->setWidget(content);
    content->installEventFilter(this);
    content->setAutoFillBackground(false);
    for (Label *label : {m_title, m_summary, m_note, m_error}) {
        label->setWordWrap(true);
        label->setContentsMargins(6 * unit, 0, 6 * unit, unit);
    }
    m_note->hide();
    m_error->hide();
    layout->addWidget(m_title);
    layout->addWidget(m_summary);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_note);
    layout->addWidget(m_error);
    buildFoot(action);
    setHead(title, summary);
}

void Sheet::buildFoot(const QString &action)
{
    const int unit = unitOf(this);
    m_foot = new QHBoxLayout;
    m_foot->setContentsMargins(6 * unit, 3 * unit, 6 * unit, 3 * unit);
    m_foot->setSpacing(2 * unit);
    m_why->setWordWrap(true);
    m_why->hide();
    m_foot->addWidget(m_why, 1);
    m_foot->addStretch(0);
    m_foot->addWidget(m_cancel);
    m_foot->addWidget(m_action);
    static_cast<QVBoxLayout *>(layout())->addLayout(m_foot);
    m_action->setText(action);
    m_action->setDefault(true);
    connect(m_action, &Button::clicked, this, &Sheet::accept);
    connect(m_cancel, &Button::clicked, this, &Sheet::reject);
}

void Sheet::setHead(const QString &title, const QString &summary)
{
    m_title->setText(title);
    m_summary->setText(summary);
    m_summary->setVisible(!summary.isEmpty());
    setWindowTitle(title);
    setAccessibleName(summary.isEmpty() ? title : u"%1. %2"_s.arg(title, summary));
}

void Sheet::setAction(const QString &text, Button::Look look)
{
    m_action->setText(text);
    m_action->setLook(look);
    m_action->setVisible(!text.isEmpty());
    m_action->updateGeometry();
}

void Sheet::setCancelText(const QString &text)
{
    m_cancel->setText(text);
    m_cancel->updateGeometry();
}

void Sheet::setBlocked(const QString &why)
{
    m_action->setEnabled(why.isEmpty());
    m_action->setToolTip(why);
    m_action->setAccessibleDescription(why);
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty() && (!m_footWidget || m_footWidget->isHidden()));
}

void Sheet::setNote(const QString &sentence)
{
    m_note->setText(sentence);
    m_note->setVisible(!sentence.isEmpty());
    updateGeometry();
}

void Sheet::clearBody()
{
    while (QLayoutItem *item = m_body->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

void Sheet::setFootWidget(QWidget *widget)
{
    m_footWidget = widget;
    m_foot->insertWidget(0, widget);
}

void Sheet::showError(const Error &error)
{
    QString text = error.text();
    if (!error.detail().isEmpty())
        text += u"\n"_s + error.detail();
    m_error->setText(text);
    m_error->setVisible(!text.isEmpty());
    updateGeometry();
}

int Sheet::heightFor(int width) const
{
    const auto of = [width](const QLayout *layout) {
        return layout->hasHeightForWidth() ? layout->totalHeightForWidth(width) : layout->totalSizeHint().height();
    };
    // The scroll area's own wish is replaced by what it holds: the sheet grows before it scrolls.
    return of(layout()) - m_scroll->sizeHint().height() + of(m_scroll->widget()->layout());
}

bool Sheet::eventFilter(QObject *watched, QEvent *event)
{
    // The scroll area keeps it to itself that what it holds grew; the sheet is to grow with it.
    if (watched == m_scroll->widget() && event->type() == QEvent::LayoutRequest)
        layout()->update();
    return QDialog::eventFilter(watched, event);
}

QString Sheet::errorText() const
{
    return m_error->isHidden() ? QString() : m_error->text();
}

void Sheet::accept()
{
    if (!m_action->isEnabled() || m_action->isHidden())
        return;
    m_error->hide();
    Q_EMIT confirmed();
}

void Sheet::reject()
{
    Q_EMIT cancelled();
}

/// Tab stays in the sheet: what lies under it cannot be used.
bool Sheet::focusNextPrevChild(bool next)
{
    QWidget *at = focusWidget() ? focusWidget() : this;
    QWidget *to = at;
    do {
        to = next ? to->nextInFocusChain() : to->previousInFocusChain();
        const bool usable =
            to != this && isAncestorOf(to) && to->isVisible() && to->isEnabled() && (to->focusPolicy() & Qt::TabFocus);
        if (usable) {
            to->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    } while (to != at);
    return true;
}

void Sheet::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    paintPanel(painter, rect(), theme.surface, theme.dark ? theme.line : QColor(), unitOf(this) * 3.0);
    const int line = m_foot->geometry().top();
    painter.setPen(theme.line);
    painter.drawLine(0, line, width(), line);
}

} // namespace Slipway
