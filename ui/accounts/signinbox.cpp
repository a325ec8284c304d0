// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/signinbox.h"

#include "ui/dialogs/checksign.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace Slipway {

namespace {

constexpr double kCodeText = 2.2; ///< of the base size: read here, typed in on another device

/// A bordered area with round corners.
class Frame final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        paintPanel(painter, rect(), theme.column, theme.line, unitOf(this) * 1.5);
    }
};

} // namespace

SignInBox::SignInBox(QWidget *parent)
    : QWidget(parent)
    , m_begin(new Button({}, Button::Look::Plain, this))
    , m_hint(new Label({}, Label::Look::Muted, this))
    , m_panel(new Frame(this))
    , m_head(new Label({}, Label::Look::Heading, m_panel))
    , m_letters(new Label({}, Label::Look::Normal, m_panel))
    , m_page(new Label({}, Label::Look::Muted, m_panel))
    , m_copy(new Button(tr("Copy code"), Button::Look::Plain, m_panel))
    , m_open(new Button({}, Button::Look::Primary, m_panel))
    , m_busy(new QWidget(this))
    , m_ring(new CheckSign(CheckSign::Shape::Ring, m_busy))
    , m_tick(new CheckSign(CheckSign::Shape::Tick, m_busy))
    , m_sentence(new Label({}, Label::Look::Normal, m_busy))
    , m_stop(new Button(tr("Give a token instead"), Button::Look::Link, m_busy))
{
    buildCode();
    buildBusy();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(unitOf(this));
    m_hint->setWordWrap(true);
    layout->addWidget(m_begin, 0, Qt::AlignLeft);
    layout->addWidget(m_hint);
    layout->addWidget(m_panel);
    layout->addWidget(m_busy);
    for (Button *button : {m_begin, m_copy, m_open, m_stop})
        button->setAutoDefault(true); // Enter presses it while it has the focus
    connect(m_begin, &Button::clicked, this, [this] {
        setState(State::Asking);
        m_stop->setFocus();
        Q_EMIT begun();
    });
    connect(m_stop, &Button::clicked, this, [this] {
        setState(State::Idle);
        Q_EMIT stopped();
    });
    connect(m_copy, &Button::clicked, this, &SignInBox::copy);
    connect(m_open, &Button::clicked, this, &SignInBox::open);
    dress();
    setState(State::Idle);
}

void SignInBox::buildCode()
{
    const int unit = unitOf(this);
    auto *layout = new QVBoxLayout(m_panel);
    layout->setContentsMargins(4 * unit, 3 * unit, 4 * unit, 3 * unit);
    layout->setSpacing(2 * unit);
    m_letters->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_page->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_page->setWordWrap(true);
    auto *code = new QHBoxLayout;
    code->setSpacing(4 * unit);
    code->addWidget(m_letters);
    code->addWidget(m_copy, 0, Qt::AlignVCenter);
    code->addStretch(1);
    auto *page = new QHBoxLayout;
    page->setSpacing(3 * unit);
    page->addWidget(m_open);
    page->addWidget(m_page, 1);
    layout->addWidget(m_head);
    layout->addLayout(code);
    layout->addLayout(page);
}

void SignInBox::buildBusy()
{
    auto *layout = new QHBoxLayout(m_busy);
    layout->setContentsMargins(0, unitOf(this), 0, unitOf(this));
    layout->setSpacing(unitOf(this));
    m_sentence->setWordWrap(true);
    layout->addWidget(m_ring, 0, Qt::AlignVCenter);
    layout->addWidget(m_tick, 0, Qt::AlignVCenter);
    layout->addWidget(m_sentence, 1, Qt::AlignVCenter);
    layout->addWidget(m_stop, 0, Qt::AlignVCenter);
}

void SignInBox::dress()
{
    m_letters->setFont(scaledFont(monoFont(QApplication::font()), kCodeText, true));
}

void SignInBox::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        dress();
}

void SignInBox::setService(const QString &title, const QString &problem)
{
    m_title = title;
    m_problem = problem;
    m_begin->setText(tr("Sign in at %1").arg(title));
    m_begin->updateGeometry();
    setState(m_state);
}

void SignInBox::setReady(bool ready)
{
    m_ready = ready;
    m_begin->setEnabled(ready && m_problem.isEmpty());
}

void SignInBox::showCode(const SignInCode &code)
{
    m_code = code;
    m_head->setText(code.minutes > 1 ? tr("Type this code in at %1 within %2 minutes").arg(m_title).arg(code.minutes)
                                     : tr("Type this code in at %1 within a minute").arg(m_title));
    m_letters->setText(code.code);
    m_letters->setAccessibleName(tr("Code to type in at %1: %2").arg(m_title, code.code));
    m_page->setText(code.page.toDisplayString());
    m_copy->setText(tr("Copy code"));
    m_open->setText(tr("Open %1").arg(code.page.host()));
    m_open->setAccessibleDescription(code.page.toDisplayString());
    m_open->setEnabled(isOpenable(code.page));
    m_open->updateGeometry();
    setState(State::Waiting);
    m_copy->setFocus();
    QAccessibleEvent event(m_letters, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void SignInBox::setState(State state)
{
    m_state = state;
    const bool idle = state == State::Idle;
    m_begin->setVisible(idle);
    m_hint->setText(m_problem.isEmpty() ? tr("You allow it in the browser; there is no token to make and to paste.")
                                        : m_problem);
    m_begin->setAccessibleDescription(m_hint->text());
    m_hint->setVisible(idle);
    m_panel->setVisible(state == State::Waiting);
    m_busy->setVisible(!idle);
    m_ring->setVisible(state != State::Done);
    m_tick->setVisible(state == State::Done);
    m_sentence->setText(sentence());
    setReady(m_ready);
    updateGeometry();
}

QString SignInBox::sentence() const
{
    switch (m_state) {
    case State::Idle:
        break;
    case State::Asking:
        return tr("Asking %1 for a code.").arg(m_title);
    case State::Waiting:
        return tr("Waiting until you allow it at %1.").arg(m_title);
    case State::Done:
        return tr("Signed in at %1.").arg(m_title);
    }
    return {};
}

void SignInBox::copy()
{
    QGuiApplication::clipboard()->setText(m_code.code);
    m_copy->setText(tr("Copied"));
    m_copy->updateGeometry();
}

void SignInBox::open()
{
    if (isOpenable(m_code.page) && !QDesktopServices::openUrl(m_code.page))
        m_sentence->setText(tr("No browser could be opened. Open the address above on any device."));
}

QList<QWidget *> SignInBox::stops() const
{
    return {m_begin, m_letters, m_copy, m_open, m_stop};
}

} // namespace Slipway
