// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/operationsheet.h"

#include "ui/dialogs/checkrow.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/field.h"

#include <QHBoxLayout>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

/// How it stands, in a word or a sentence; while it can still be taken back, in seconds.
QString standing(const Operation &operation)
{
    switch (operation.state) {
    case OperationState::Live:
        return Words::tr("Live: every step is done.");
    case OperationState::Cancelled:
        return Words::tr("Cancelled: taken back before it began.");
    case OperationState::Failed:
        return Words::failedStep(operation);
    case OperationState::Requested:
    case OperationState::Waiting:
    case OperationState::Running:
        break;
    }
    return Words::step(operation);
}

/// The steps that are about one of several targets name it.
QList<OperationStep> stepsOf(const Operation &operation, const QString &target)
{
    const QRegularExpression name(u"(?<![\\w-])%1(?![\\w-])"_s.arg(QRegularExpression::escape(target)));
    QList<OperationStep> steps;
    for (const OperationStep &step : operation.steps) {
        if (step.name.contains(name))
            steps.append(step);
    }
    return steps;
}

/// A target's own result as a step that stands for all of its steps.
OperationStep resultOf(const Operation &operation, const QString &target)
{
    OperationStep result;
    result.name = target;
    const QList<OperationStep> steps = stepsOf(operation, target);
    const auto any = [&steps](StepState state) {
        return std::any_of(steps.cbegin(), steps.cend(),
                           [state](const OperationStep &step) { return step.state == state; });
    };
    for (const StepState state : {StepState::Failed, StepState::Running, StepState::Undone}) {
        if (any(state)) {
            result.state = state;
            return result;
        }
    }
    if (!steps.isEmpty() && !any(StepState::Pending))
        result.state = StepState::Done;
    else if (any(StepState::Done))
        result.state = operation.isActive() ? StepState::Running : StepState::Failed;
    return result;
}

} // namespace

OperationSheet::OperationSheet(const Operation &operation)
    : Sheet(operation.title, {}, {})
    , m_operation(operation)
    , m_code(new Field(this))
    , m_retry(new Button(tr("Retry"), Button::Look::Plain, this))
    , m_undo(new Button(tr("Undo"), Button::Look::Plain, this))
    , m_wayBack(new Button({}, Button::Look::Plain, this))
    , m_dismiss(new Button(tr("Dismiss"), Button::Look::Quiet, this))
{
    setAction({}, Button::Look::Plain);
    setCancelText(tr("Close"));
    auto *buttons = new QWidget(this);
    auto *line = new QHBoxLayout(buttons);
    line->setContentsMargins({});
    line->setSpacing(2 * unitOf(this));
    m_code->setPlaceholderText(tr("Code"));
    m_code->setAccessibleName(tr("Code of your second factor"));
    m_code->setMaxLength(32);
    line->addWidget(m_code);
    for (Button *button : {m_retry, m_undo, m_wayBack, m_dismiss})
        line->addWidget(button);
    setFootWidget(buttons);
    connect(m_retry, &Button::clicked, this, &OperationSheet::retry);
    connect(m_code, &QLineEdit::textChanged, this, &OperationSheet::fillButtons);
    connect(m_code, &QLineEdit::returnPressed, m_retry, &Button::click);
    connect(m_undo, &Button::clicked, this, [this] { Q_EMIT undoWanted(m_operation.id); });
    connect(m_dismiss, &Button::clicked, this, [this] { Q_EMIT dismissWanted(m_operation.id); });
    connect(m_wayBack, &Button::clicked, this, [this] { Q_EMIT wayBackWanted(m_operation); });
    body()->setSpacing(unitOf(this) * 3 / 2);
    fill();
}

void OperationSheet::setOperation(const Operation &operation)
{
    if (operation == m_operation)
        return;
    setUpdatesEnabled(false);
    m_operation = operation;
    fill();
    setUpdatesEnabled(true);
    if (!focusWidget() || focusWidget()->isHidden())
        start();
}

void OperationSheet::countDown()
{
    if (!Words::canStillCancel(m_operation))
        return;
    m_standing->setText(standing(m_operation));
    fillButtons();
}

void OperationSheet::retry()
{
    if (m_code->isHidden())
        Q_EMIT retryWanted(m_operation.id);
    else
        Q_EMIT codeGiven(m_operation.id, m_code->text().trimmed());
    m_code->clear();
}

void OperationSheet::start()
{
    if (!m_code->isHidden()) {
        m_code->setFocus();
        return;
    }
    for (Button *button : {m_undo, m_retry, m_wayBack}) {
        if (!button->isHidden()) {
            button->setFocus();
            return;
        }
    }
    cancelButton()->setFocus();
}

void OperationSheet::fill()
{
    setHead(m_operation.title, summary());
    clearBody();
    addFacts();
    addError();
    addTargets();
    addSteps();
    for (int at = 0; at < body()->count(); ++at)
        body()->itemAt(at)->widget()->show(); // at once, not after a frame without them
    body()->addStretch(1);
    fillButtons();
    updateGeometry();
}

void OperationSheet::fillButtons()
{
    const bool failed = m_operation.state == OperationState::Failed;
    const bool waiting = Words::canStillCancel(m_operation);
    m_code->setVisible(Words::wantsCode(m_operation));
    m_retry->setVisible(failed);
    m_retry->setText(m_code->isHidden() ? tr("Retry") : tr("Go on"));
    m_retry->setEnabled(m_code->isHidden() || !m_code->text().trimmed().isEmpty());
    m_undo->setVisible(waiting || (failed && m_operation.undoable));
    m_undo->setToolTip(waiting ? tr("Nothing was sent yet") : tr("Takes back what can be taken back"));
    m_undo->setAccessibleName(waiting ? tr("Undo: nothing was sent yet. %1").arg(standing(m_operation))
                                      : tr("Undo what can be taken back"));
    m_dismiss->setVisible(failed && !m_operation.dismissed);
    const bool back = m_operation.state == OperationState::Live && !m_operation.wayBack.isEmpty();
    m_wayBack->setVisible(back);
    m_wayBack->setText(m_operation.wayBackText + u'…');
    m_wayBack->updateGeometry();
}

QString OperationSheet::summary() const
{
    QStringList parts;
    const QString by = m_operation.by;
    const QString at = Words::when(m_operation.requestedAt);
    parts += by.isEmpty() ? tr("Asked for at %1").arg(at) : tr("Asked for by %1 at %2").arg(by, at);
    if (m_operation.endedAt.isValid())
        parts += tr("took %1").arg(Words::duration(m_operation.requestedAt.msecsTo(m_operation.endedAt)));
    if (!m_operation.from.isEmpty()) {
        const QString to =
            m_operation.targets.isEmpty() ? m_operation.environment : m_operation.targets.join(tr(" and "));
        parts += u"%1 → %2"_s.arg(m_operation.from, to);
    }
    return parts.join(u" · "_s);
}

void OperationSheet::addFacts()
{
    const bool failed = m_operation.state == OperationState::Failed;
    m_standing = new Label(standing(m_operation), failed ? Label::Look::Error : Label::Look::Heading, this);
    m_standing->setWordWrap(true);
    body()->addWidget(m_standing);
    if (!m_operation.reason.isEmpty())
        addText(tr("Reason"), m_operation.reason);
    if (!m_operation.overridden.isEmpty())
        addText(tr("Went on in spite of"), m_operation.overridden.join(u'\n'));
}

void OperationSheet::addTitle(const QString &title)
{
    auto *head = new Label(title, Label::Look::Section, this);
    head->setContentsMargins(0, unitOf(this) * 2, 0, 0);
    body()->addWidget(head);
}

void OperationSheet::addText(const QString &title, const QString &text)
{
    addTitle(title);
    auto *label = new Label(text, Label::Look::Normal, this);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    body()->addWidget(label);
}

void OperationSheet::addTargets()
{
    if (m_operation.targets.size() < 2)
        return;
    addTitle(tr("Environments"));
    for (const QString &target : std::as_const(m_operation.targets))
        body()->addWidget(new CheckRow(resultOf(m_operation, target), this));
}

void OperationSheet::addSteps()
{
    if (m_operation.steps.isEmpty())
        return;
    addTitle(tr("Steps"));
    for (const OperationStep &step : std::as_const(m_operation.steps))
        body()->addWidget(new CheckRow(step, this));
}

void OperationSheet::addError()
{
    if (!m_operation.error)
        return;
    addText(tr("What happened"), m_operation.error->text());
    if (m_operation.error->detail().isEmpty())
        return;
    auto *evidence = new Label(m_operation.error->detail(), Label::Look::Muted, this);
    evidence->setFont(monoFont(font()));
    evidence->setWordWrap(true);
    evidence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    evidence->setAccessibleName(tr("Last lines: %1").arg(m_operation.error->detail()));
    body()->addWidget(evidence);
}

} // namespace Slipway
