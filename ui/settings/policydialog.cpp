// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/policydialog.h"

#include "ui/settings/policyrow.h"
#include "ui/theme/paint.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

enum class Group { Checks, Staging, Rules, Times };

Group groupOf(const PolicyKey &key)
{
    if (key.name.startsWith("checks."_L1))
        return Group::Checks;
    const bool aboutTime =
        key.kind == PolicyKey::Kind::Freezes || key.kind == PolicyKey::Kind::OffHours || key.name.endsWith("-hours"_L1);
    if (aboutTime)
        return Group::Times;
    return key.name.startsWith("rules."_L1) ? Group::Rules : Group::Staging;
}

QString titleOf(Group group)
{
    switch (group) {
    case Group::Checks:
        return PolicyDialog::tr("Checks: what stands in the way of a move");
    case Group::Staging:
        return PolicyDialog::tr("Staging");
    case Group::Rules:
        return PolicyDialog::tr("Rules: what Slipway does by itself");
    case Group::Times:
        break;
    }
    return PolicyDialog::tr("Times");
}

} // namespace

PolicyDialog::PolicyDialog(const QString &pipeline, const Policy &now, const Policy &team)
    : Sheet(tr("Settings of %1").arg(pipeline),
            tr("The team’s are in slipway.json on the main branch. What is set here comes before them, on this "
               "computer only."),
            tr("Save"))
    , m_pipeline(pipeline)
    , m_now(now)
    , m_team(team)
{
    body()->setSpacing(unitOf(this));
    if (now.problem())
        addProblem(*now.problem());
    for (const Group group : {Group::Checks, Group::Staging, Group::Rules, Group::Times}) {
        QList<PolicyKey> keys;
        for (const PolicyKey &key : Policy::keys()) {
            if (groupOf(key) == group)
                keys.append(key);
        }
        addGroup(titleOf(group), keys);
    }
    body()->addStretch(1);
    judge();
}

void PolicyDialog::addProblem(const Error &error)
{
    auto *what = new Label(error.message(), Label::Look::Error, this);
    auto *means = new Label(error.remedy(), Label::Look::Normal, this);
    for (Label *label : {what, means}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        body()->addWidget(label);
    }
}

void PolicyDialog::addGroup(const QString &title, const QList<PolicyKey> &keys)
{
    auto *head = new Label(title, Label::Look::Heading, this);
    head->setContentsMargins(0, m_rows.isEmpty() ? 0 : 3 * unitOf(this), 0, 0);
    head->setWordWrap(true);
    body()->addWidget(head);
    for (const PolicyKey &key : keys) {
        auto *row = new PolicyRow(key, m_now, m_team, this);
        connect(row, &PolicyRow::changed, this, &PolicyDialog::judge);
        body()->addWidget(row);
        m_rows.append(row);
    }
}

PolicyIntent PolicyDialog::intent() const
{
    PolicyIntent intent;
    intent.pipeline = m_pipeline;
    for (const PolicyRow *row : m_rows) {
        const QJsonValue own = row->own();
        const bool was = m_now.source(row->key()) == PolicySource::Desktop;
        if (own.isUndefined() && was)
            intent.unset.append(row->key());
        else if (!own.isUndefined() && (!was || own != m_now.value(row->key())))
            intent.set.insert(row->key(), own);
    }
    return intent;
}

void PolicyDialog::start()
{
    m_rows.constFirst()->setFocus();
}

void PolicyDialog::judge()
{
    for (const PolicyRow *row : std::as_const(m_rows)) {
        if (const QString wrong = row->problem(); !wrong.isEmpty()) {
            setBlocked(wrong);
            return;
        }
    }
    const PolicyIntent change = intent();
    setBlocked(change.set.isEmpty() && change.unset.isEmpty() ? tr("Nothing is changed yet.") : QString());
}

} // namespace Slipway
