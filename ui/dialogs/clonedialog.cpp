// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/clonedialog.h"

#include "models/domain/pipeline.h"
#include "ui/dialogs/codechooser.h"
#include "ui/theme/paint.h"
#include "ui/widgets/field.h"
#include "ui/widgets/label.h"

#include <QApplication>
#include <QButtonGroup>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QRadioButton>
#include <QVBoxLayout>

#include <utility>

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
    if (m_offer.costs)
        addCosts();
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
    if (!m_offer.costs) // of this machine's own making
        add(DataChoice::Seed, tr("Seed data: the small set that the application makes for itself"));
    add(DataChoice::None, tr("None: starts empty"));
    m_data->button(int(DataChoice::Copy))->setChecked(true);
    body()->setSpacing(unitOf(this) * 3 / 2);
}

void CloneDialog::addCosts()
{
    body()->addWidget(new Label(tr("Add-ons and costs"), Label::Look::Heading, this));
    m_costs = new QVBoxLayout;
    m_costs->setSpacing(unitOf(this));
    body()->addLayout(m_costs);
    m_asking = new Label(tr("Asking what it costs…"), Label::Look::Muted, this);
    m_costs->addWidget(m_asking);
}

void CloneDialog::addLine(const QString &text, Label::Look look)
{
    auto *line = new Label(text, look, this);
    line->setWordWrap(true);
    m_costs->addWidget(line);
}

void CloneDialog::setOffer(const Result<CloneOffer> &offer)
{
    if (!m_asking)
        return;
    delete std::exchange(m_asking, nullptr);
    if (!offer) {
        addLine(tr("What it costs is not known: %1").arg(offer.error().message()), Label::Look::Warning);
        return;
    }
    for (const CloneOffer::Addon &addon : offer->addons) {
        if (addon.shared) {
            addLine(tr("%1 belongs to another environment and is not given to the clone.").arg(addon.plan),
                    Label::Look::Muted);
            continue;
        }
        const QString price = addon.price.isEmpty() ? tr("price not known") : addon.price;
        auto *box = new QCheckBox(tr("%1: %2").arg(addon.plan, price), this);
        box->setObjectName(addon.plan);
        box->setChecked(true);
        m_costs->addWidget(box);
        m_addons.append(box);
    }
    if (offer->addons.isEmpty())
        addLine(tr("No add-ons. Its processes cost what those of %1 do, one of each type.").arg(m_offer.from),
                Label::Look::Muted);
    if (!offer->leftOut.isEmpty())
        addLine(tr("Left out, for they lead into %1’s data: %2.").arg(m_offer.from, offer->leftOut.join(tr(", "))),
                Label::Look::Warning);
    if (!offer->rewritten.isEmpty())
        addLine(tr("These get the clone’s own address: %1.").arg(offer->rewritten.join(tr(", "))), Label::Look::Muted);
    QApplication::postEvent(this, new QEvent(QEvent::LayoutRequest)); // the host gives it the height it wants now
}

CloneIntent CloneDialog::intent() const
{
    CloneIntent intent;
    intent.pipeline = m_offer.pipeline;
    intent.name = m_name->text().trimmed();
    intent.from = m_offer.from;
    intent.code = m_code->choice();
    intent.data = DataChoice(m_data->checkedId());
    for (const QCheckBox *addon : m_addons) {
        if (!addon->isChecked())
            intent.plans.insert(addon->objectName(), QString());
    }
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
