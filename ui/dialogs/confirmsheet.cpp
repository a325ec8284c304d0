// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/confirmsheet.h"

#include "ui/dialogs/checkrow.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/field.h"
#include "ui/widgets/label.h"

#include <QCheckBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

/// What the user said on the sheet, put into the intent it asks about.
struct Answers
{
    QString reason;
    bool shutDown = false;

    void operator()(PromoteIntent &i) const
    {
        i.reason = reason;
        i.shutDownAfter = shutDown;
    }
    void operator()(ResetIntent &i) const { i.reason = reason; }
    void operator()(SendBackIntent &i) const { i.reason = reason; }
    void operator()(RollBackIntent &i) const { i.reason = reason; }
    void operator()(UpdateIntent &i) const { i.reason = reason; }
    template<typename Other> void operator()(Other &) const { } // asks nothing
};

} // namespace

ConfirmSheet::ConfirmSheet(const Preflight &preflight)
    : Sheet(preflight.title, preflight.summary, preflight.actionText)
    , m_preflight(preflight)
    , m_shutDown(new QCheckBox(this))
{
    m_shutDown->setChecked(preflight.offersShutDown);
    setFootWidget(m_shutDown);
    body()->setSpacing(unitOf(this) * 3);
    fill();
}

void ConfirmSheet::setPreflight(const Preflight &preflight)
{
    m_preflight = preflight;
    setHead(preflight.title, preflight.summary);
    setAction(preflight.actionText, Button::Look::Primary);
    fill();
}

Intent ConfirmSheet::intent() const
{
    Intent intent = m_preflight.intent;
    const QString reason = m_reason ? m_reason->text().trimmed() : QString();
    std::visit(Answers{reason, m_preflight.offersShutDown && m_shutDown->isChecked()}, intent);
    return intent;
}

void ConfirmSheet::start()
{
    if (m_reason)
        m_reason->setFocus();
    else
        actionButton()->setFocus();
}

void ConfirmSheet::fill()
{
    if (m_reason)
        m_reasonText = m_reason->text();
    m_reason = nullptr;
    clearBody();
    m_shutDown->setText(tr("Shut down %1 afterwards").arg(m_preflight.from));
    m_shutDown->setVisible(m_preflight.offersShutDown);
    addChecks();
    if (m_preflight.needsReason())
        addReason();
    addCommits();
    addList(tr("What does not go"), m_preflight.notIncluded);
    if (!m_preflight.wayBack.isEmpty()) {
        auto *back = new Label(m_preflight.wayBack, Label::Look::Muted, this);
        back->setWordWrap(true);
        body()->addWidget(back);
    }
    body()->addStretch(1);
    judge();
    updateGeometry();
}

void ConfirmSheet::addChecks()
{
    for (const Check &check : m_preflight.checks) {
        if (check.result != CheckResult::Off)
            body()->addWidget(new CheckRow(check, this));
    }
}

void ConfirmSheet::addReason()
{
    auto *label = new Label(tr("Why go on with the warning? It is recorded in Activity."), Label::Look::Muted, this);
    m_reason = new Field(m_reasonText, this);
    m_reason->setPlaceholderText(tr("Reason"));
    m_reason->setAccessibleName(tr("Reason for going on with the warning"));
    label->setBuddy(m_reason);
    connect(m_reason, &QLineEdit::textChanged, this, &ConfirmSheet::judge);
    body()->addWidget(label);
    body()->addWidget(m_reason);
}

void ConfirmSheet::addCommits()
{
    if (m_preflight.commits.isEmpty()) {
        addList(tr("What goes"), m_preflight.changes);
        return;
    }
    constexpr int kShown = 30;
    const int count = int(m_preflight.commits.size());
    auto *title = new Label(Words::some(count, tr("1 commit"), tr("%1 commits")), Label::Look::Heading, this);
    title->setContentsMargins(0, unitOf(this), 0, 0);
    body()->addWidget(title);
    for (int at = 0; at < qMin(count, kShown); ++at)
        body()->addWidget(new CheckRow(m_preflight.commits.at(at), this));
    if (count > kShown)
        body()->addWidget(new Label(tr("and %1 more").arg(count - kShown), Label::Look::Muted, this));
}

void ConfirmSheet::addList(const QString &title, const QStringList &lines)
{
    if (lines.isEmpty())
        return;
    auto *head = new Label(title, Label::Look::Heading, this);
    head->setContentsMargins(0, unitOf(this), 0, 0);
    body()->addWidget(head);
    for (const QString &line : lines) {
        auto *label = new Label(line, Label::Look::Normal, this);
        label->setWordWrap(true);
        body()->addWidget(label);
    }
}

void ConfirmSheet::judge()
{
    if (!m_preflight.allowed()) {
        QString why;
        for (const Check &check : m_preflight.checks) {
            if (check.result == CheckResult::Block && why.isEmpty())
                why = check.text;
        }
        m_shutDown->hide();
        setBlocked(tr("Not possible now: %1").arg(why));
    } else if (m_reason && m_reason->text().trimmed().isEmpty()) {
        setBlocked(tr("Give a reason to go on."));
    } else {
        setBlocked({});
    }
}

} // namespace Slipway
