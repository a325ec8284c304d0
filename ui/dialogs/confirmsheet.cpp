// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/confirmsheet.h"

#include "ui/dialogs/checkrow.h"
#include "ui/dialogs/movechoices.h"
#include "ui/dialogs/movedetails.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/field.h"

#include <QHBoxLayout>
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
    bool deleteBranch = false;

    void operator()(PromoteIntent &i) const
    {
        i.reason = reason;
        i.shutDownAfter = shutDown;
        i.deleteBranch = deleteBranch;
    }
    void operator()(ResetIntent &i) const { i.reason = reason; }
    void operator()(SendBackIntent &i) const { i.reason = reason; }
    void operator()(RollBackIntent &i) const { i.reason = reason; }
    void operator()(UpdateIntent &i) const { i.reason = reason; }
    template<typename Other> void operator()(Other &) const { } // asks nothing
};

QString reasonOf(const Intent &intent)
{
    return toJson(intent).value(u"reason"_s).toString();
}

Button::Look lookOf(const Intent &intent)
{
    return std::holds_alternative<RollBackIntent>(intent) || std::holds_alternative<ResetIntent>(intent)
        ? Button::Look::Danger
        : Button::Look::Primary;
}

} // namespace

ConfirmSheet::ConfirmSheet(const Preflight &preflight)
    : Sheet(preflight.title, preflight.summary, preflight.actionText)
    , m_preflight(preflight)
    , m_seen(preflight.fingerprint)
    , m_shutDown(new QCheckBox(this))
    , m_deleteBranch(new QCheckBox(tr("Delete its branch"), this))
    , m_checks(checks())
    , m_choices(new MoveChoices(preflight, this))
    , m_reasonBox(new QWidget(this))
    , m_reason(new Field(reasonOf(preflight.intent), m_reasonBox))
    , m_details(new MoveDetails(preflight, this))
{
    m_shutDown->setChecked(preflight.offersShutDown);
    auto *afterwards = new QWidget(this);
    auto *line = new QHBoxLayout(afterwards);
    line->setContentsMargins({});
    line->addWidget(m_shutDown);
    line->addWidget(m_deleteBranch);
    setFootWidget(afterwards);
    buildReason();
    body()->setSpacing(unitOf(this) * 3);
    for (QWidget *part : std::initializer_list<QWidget *>{m_checks, m_choices, m_reasonBox, m_details})
        body()->addWidget(part);
    body()->addStretch(1);
    connect(m_reason, &QLineEdit::textChanged, this, &ConfirmSheet::judge);
    connect(m_choices, &MoveChoices::changed, this, [this] {
        m_ownChange = true;
        Q_EMIT choiceChanged();
    });
    connect(this, &Sheet::confirmed, this, [this] { setNote({}); }); // whoever confirms has looked
    fill();
}

bool ConfirmSheet::isAbout(const Preflight &preflight) const
{
    return preflight.from == m_preflight.from && preflight.targets == m_preflight.targets
        && preflight.intent.index() == m_preflight.intent.index();
}

void ConfirmSheet::setPreflight(const Preflight &preflight)
{
    const bool moved = preflight.fingerprint != m_seen && !m_ownChange;
    m_seen = preflight.fingerprint;
    m_ownChange = false;
    if (moved)
        setNote(tr("Something moved since you looked. This is what it would do now."));
    if (preflight == m_preflight)
        return; // nothing to draw anew
    const QString at = focusWidget() ? focusWidget()->objectName() : QString();
    const bool within = focusWidget() && m_checks->isAncestorOf(focusWidget());
    setUpdatesEnabled(false);
    m_preflight = preflight;
    const auto swap = [this](QWidget *old, QWidget *fresh) {
        delete body()->replaceWidget(old, fresh);
        old->hide();
        old->deleteLater(); // a button in it may be what asked for this
        fresh->show();
    };
    QWidget *const oldChecks = m_checks;
    QWidget *const oldDetails = m_details;
    m_checks = checks();
    m_details = new MoveDetails(preflight, this);
    swap(oldChecks, m_checks);
    swap(oldDetails, m_details);
    fill();
    setUpdatesEnabled(true);
    if (within) {
        auto *again = at.isEmpty() ? nullptr : m_checks->findChild<QWidget *>(at);
        if (again)
            again->setFocus();
        else
            start();
    }
}

Intent ConfirmSheet::intent() const
{
    Intent intent = m_choices->chosen(m_preflight.intent);
    std::visit(Answers{m_reason->text().trimmed(), m_preflight.offersShutDown && m_shutDown->isChecked(),
                       m_preflight.offersBranchDeletion && m_deleteBranch->isChecked()},
               intent);
    return intent;
}

void ConfirmSheet::start()
{
    if (m_preflight.needsReason())
        m_reason->setFocus();
    else if (actionButton()->isEnabled())
        actionButton()->setFocus();
    else
        setFocus(); // on none of the ways out: an Enter in a hurry must not take one
}

void ConfirmSheet::fill()
{
    setHead(m_preflight.title, m_preflight.summary);
    setAction(m_preflight.actionText, lookOf(m_preflight.intent));
    m_shutDown->setText(tr("Shut down %1 afterwards").arg(m_preflight.from));
    m_shutDown->setVisible(m_preflight.offersShutDown);
    m_deleteBranch->setVisible(m_preflight.offersBranchDeletion);
    m_choices->setPreflight(m_preflight);
    m_reasonBox->setVisible(m_preflight.needsReason());
    judge();
    updateGeometry();
}

QWidget *ConfirmSheet::checks()
{
    auto *made = new QWidget(this);
    auto *layout = new QVBoxLayout(made);
    layout->setContentsMargins({});
    layout->setSpacing(unitOf(this) * 3);
    QStringList shown;
    for (const Check &check : m_preflight.checks) {
        if (check.result == CheckResult::Off)
            continue;
        shown += check.id;
        auto *row = new CheckRow(check, made);
        connect(row, &CheckRow::linkActivated, this, &ConfirmSheet::linkActivated);
        layout->addWidget(row);
        addRemedies(layout, check.id);
    }
    for (const Remedy &remedy : m_preflight.remedies) {
        if (!shown.contains(remedy.check)) {
            shown += remedy.check;
            addRemedies(layout, remedy.check);
        }
    }
    return made;
}

/// Under the check they would mend, where the eye is when it asks what to do.
void ConfirmSheet::addRemedies(QVBoxLayout *to, const QString &check)
{
    QHBoxLayout *line = nullptr;
    for (const Remedy &remedy : m_preflight.remedies) {
        if (remedy.check != check)
            continue;
        if (!line) {
            line = new QHBoxLayout;
            line->setContentsMargins(fontMetrics().height() + unitOf(this) * 3, 0, 0, 0);
            line->setSpacing(unitOf(this) * 2);
            to->addLayout(line);
        }
        auto *button = new Button(remedy.text, Button::Look::Plain, to->parentWidget());
        button->setObjectName(u"remedy-%1"_s.arg(int(remedy.kind)));
        connect(button, &Button::clicked, this, [this, kind = remedy.kind] { Q_EMIT remedyChosen(kind); });
        line->addWidget(button);
    }
    if (line)
        line->addStretch(1);
}

void ConfirmSheet::buildReason()
{
    auto *layout = new QVBoxLayout(m_reasonBox);
    layout->setContentsMargins({});
    layout->setSpacing(unitOf(this));
    auto *label =
        new Label(tr("Why go on with the warning? It is recorded in Activity."), Label::Look::Muted, m_reasonBox);
    label->setWordWrap(true);
    label->setBuddy(m_reason);
    m_reason->setPlaceholderText(tr("Reason"));
    m_reason->setAccessibleName(tr("Reason for going on with the warning"));
    layout->addWidget(label);
    layout->addWidget(m_reason);
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
    } else if (m_preflight.needsReason() && m_reason->text().trimmed().isEmpty()) {
        setBlocked(tr("Give a reason to go on."));
    } else {
        setBlocked({});
    }
}

} // namespace Slipway
