// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/footer/operationrow.h"

#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/button.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>

using namespace Qt::StringLiterals;

namespace Slipway {

OperationRow::OperationRow(QWidget *parent)
    : QWidget(parent)
    , m_retry(new Button(tr("Retry"), Button::Look::Plain, this))
    , m_undo(new Button(tr("Undo"), Button::Look::Plain, this))
    , m_dismiss(new Button(tr("Dismiss"), Button::Look::Quiet, this))
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    const int unit = unitOf(this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(4 * unit, 0, 4 * unit, 0);
    layout->setSpacing(2 * unit);
    layout->addStretch(1);
    for (Button *button : {m_retry, m_undo, m_dismiss}) {
        layout->addWidget(button);
        button->setCursor(Qt::ArrowCursor);
    }
    connect(m_retry, &Button::clicked, this, [this] {
        if (Words::wantsCode(m_operation)) // its page has a field for it
            Q_EMIT chosen(m_operation.id);
        else
            Q_EMIT retryWanted(m_operation.id);
    });
    connect(m_undo, &Button::clicked, this, [this] { Q_EMIT undoWanted(m_operation.id); });
    connect(m_dismiss, &Button::clicked, this, [this] { Q_EMIT dismissWanted(m_operation.id); });
}

void OperationRow::setOperation(const Operation &operation)
{
    m_operation = operation;
    const bool failed = operation.state == OperationState::Failed;
    const bool waiting = Words::canStillCancel(operation);
    m_retry->setVisible(failed);
    m_retry->setText(Words::wantsCode(operation) ? tr("Enter code…") : tr("Retry"));
    m_undo->setVisible(waiting || (failed && operation.undoable));
    m_undo->setToolTip(waiting ? tr("Nothing was sent yet (Esc)") : QString());
    m_dismiss->setVisible(failed);
    m_retry->setAccessibleName(tr("Retry: %1").arg(operation.title));
    m_undo->setAccessibleName(tr("%1: %2").arg(m_undo->text(), operation.title));
    m_dismiss->setAccessibleName(tr("Dismiss: %1").arg(operation.title));
    const QString said =
        failed ? (operation.error ? operation.error->text() : Words::failedStep(operation)) : Words::step(operation);
    setAccessibleName(u"%1. %2"_s.arg(operation.title, said));
    QString tip = said.toHtmlEscaped();
    if (failed && operation.error && !operation.error->detail().isEmpty())
        tip += u"<br><br>"_s + operation.error->detail().toHtmlEscaped().replace(u'\n', u"<br>"_s);
    setToolTip(u"<p>%1</p>"_s.arg(tip));
    updateGeometry();
    update();
}

void OperationRow::setMore(int count)
{
    m_more = count;
    update();
}

QSize OperationRow::sizeHint() const
{
    return {unitOf(this) * 60, fontMetrics().height() + 4 * unitOf(this)};
}

QSize OperationRow::minimumSizeHint() const
{
    return {unitOf(this) * 40, sizeHint().height()};
}

void OperationRow::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const int unit = unitOf(this);
    const bool failed = m_operation.state == OperationState::Failed;
    QPainter painter(this);
    int right = width() - 4 * unit;
    for (const Button *button : {m_retry, m_undo, m_dismiss}) {
        if (button->isVisible())
            right = qMin(right, button->x() - 2 * unit);
    }
    if (hasFocus())
        paintFocusRing(painter, QRectF(2 * unit, 1, right - 1.5 * unit, height() - 2), theme, unit);
    const int size = qRound(fontMetrics().height() * 0.5);
    paintState(painter, QRectF(4 * unit, (height() - size) / 2.0, size, size),
               failed ? EnvironmentState::Crashed : EnvironmentState::Deploying, theme);
    if (!failed && right > unit * 80) {
        const QRectF track(right - unit * 24, (height() - unit) / 2.0, unit * 24, unit);
        paintPanel(painter, track, theme.line, {}, unit / 2.0);
        paintPanel(painter, QRectF(track.topLeft(), QSizeF(track.width() * Words::progress(m_operation), unit)),
                   theme.ink(Tone::Busy), {}, unit / 2.0);
        right = int(track.left()) - 3 * unit;
    }
    const int left = 6 * unit + size;
    const QString detail = failed ? (m_operation.error ? m_operation.error->message() : Words::failedStep(m_operation))
                                  : Words::step(m_operation);
    // A failure's sentence names the operation itself.
    QString text = failed && m_operation.error ? detail : u"%1 · %2"_s.arg(m_operation.title, detail);
    if (m_more > 0)
        text += tr(" · and %1 more").arg(m_more);
    painter.setFont(scaledFont(font(), kSmallText));
    painter.setPen(failed ? theme.ink(Tone::Bad) : theme.muted);
    painter.drawText(QRect(left, 0, right - left, height()), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     QFontMetrics(painter.font()).elidedText(text, Qt::ElideRight, right - left));
}

void OperationRow::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT chosen(m_operation.id);
}

void OperationRow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        Q_EMIT chosen(m_operation.id);
    else
        QWidget::keyPressEvent(event);
}

} // namespace Slipway
