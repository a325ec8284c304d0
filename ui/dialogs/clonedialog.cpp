// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/clonedialog.h"

#include "models/domain/pipeline.h"
#include "ui/dialogs/codechooser.h"
#include "ui/theme/paint.h"
#include "ui/widgets/field.h"
#include "ui/widgets/label.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QRadioButton>
#include <QVBoxLayout>

namespace Slipway {

CloneDialog::CloneDialog(const Offer &offer, ChangeModel &changes)
    : Sheet(tr("Clone %1").arg(offer.from),
            tr("A dev environment of its own, with %1’s config and processes, at its own address.").arg(offer.from),
            tr("Clone %1").arg(offer.from))
    , m_offer(offer)
    , m_name(new Field(offer.name, this))
    , m_data(new QButtonGroup(this))
{
    const QString asIs = offer.fromRuns.isEmpty() ? tr("What %1 runs").arg(offer.from)
                                                  : tr("What %1 runs: %2").arg(offer.from, offer.fromRuns);
    m_code = new CodeChooser(changes, asIs, this);
    if (!offer.code.isEmpty())
        m_code->choose(offer.code);
    auto *nameLabel = new Label(tr("Name"), Label::Look::Heading, this);
    nameLabel->setBuddy(m_name);
    m_name->setAccessibleName(tr("Name of the new environment"));
    m_name->setMaxLength(60);
    body()->addWidget(nameLabel);
    body()->addWidget(m_name);
    body()->addWidget(new Label(tr("Code"), Label::Look::Heading, this));
    body()->addWidget(m_code);
    body()->addWidget(new Label(tr("Data"), Label::Look::Heading, this));
    addData();
    connect(m_name, &QLineEdit::textChanged, this, &CloneDialog::judge);
    connect(m_code, &CodeChooser::changed, this, &CloneDialog::judge);
    judge();
}

void CloneDialog::addData()
{
    const auto add = [this](DataChoice choice, const QString &text) {
        auto *radio = new QRadioButton(text, this);
        m_data->addButton(radio, int(choice));
        body()->addWidget(radio);
    };
    add(DataChoice::Copy, tr("Copy of %1’s data: tried against what is really there").arg(m_offer.from));
    add(DataChoice::Seed, tr("Seed data: the small set that the application makes for itself"));
    add(DataChoice::None, tr("None: starts empty"));
    m_data->button(int(DataChoice::Copy))->setChecked(true);
    body()->setSpacing(unitOf(this) * 3 / 2);
}

CloneIntent CloneDialog::intent() const
{
    CloneIntent intent;
    intent.pipeline = m_offer.pipeline;
    intent.name = m_name->text().trimmed();
    intent.from = m_offer.from;
    intent.code = m_code->choice();
    intent.data = DataChoice(m_data->checkedId());
    return intent;
}

void CloneDialog::start()
{
    m_name->setFocus();
    m_name->selectAll();
}

void CloneDialog::judge()
{
    const QString name = m_name->text().trimmed();
    const QString wrong = nameProblem(name);
    if (!wrong.isEmpty())
        setBlocked(wrong);
    else if (m_offer.taken.contains(name))
        setBlocked(tr("“%1” is taken. Choose another name.").arg(name));
    else
        setBlocked(m_code->problem());
}

} // namespace Slipway
