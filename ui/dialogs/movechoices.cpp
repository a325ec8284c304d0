// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/movechoices.h"

#include "ui/theme/paint.h"
#include "ui/widgets/label.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QRadioButton>
#include <QVBoxLayout>

namespace Slipway {

MoveChoices::MoveChoices(const Preflight &preflight, QWidget *parent)
    : QWidget(parent)
    , m_config(new QCheckBox(this))
    , m_dataTitle(new Label(tr("Data"), Label::Look::Heading, this))
    , m_dataWarning(new Label({}, Label::Look::Warning, this))
    , m_data(new QButtonGroup(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(unitOf(this) * 3 / 2);
    layout->addWidget(m_config);
    layout->addWidget(m_dataTitle);
    addData(DataChoice::None, tr("Keep what is there"));
    addData(DataChoice::Copy, tr("Copy production’s data"));
    addData(DataChoice::Seed, tr("Seed data: the small set that the application makes for itself"));
    m_dataWarning->setWordWrap(true);
    layout->addWidget(m_dataWarning);
    DataChoice wanted = DataChoice::None;
    if (const auto *reset = std::get_if<ResetIntent>(&preflight.intent)) {
        m_config->setChecked(reset->config);
        wanted = reset->data;
    } else if (const auto *back = std::get_if<RollBackIntent>(&preflight.intent)) {
        m_config->setChecked(back->config);
    }
    m_data->button(int(wanted))->setChecked(true);
    setPreflight(preflight);
    connect(m_config, &QCheckBox::toggled, this, &MoveChoices::changed);
    connect(m_data, &QButtonGroup::idToggled, this, [this](int, bool on) {
        if (on)
            Q_EMIT changed();
    });
}

void MoveChoices::addData(DataChoice choice, const QString &text)
{
    auto *radio = new QRadioButton(text, this);
    m_data->addButton(radio, int(choice));
    layout()->addWidget(radio);
}

void MoveChoices::setPreflight(const Preflight &preflight)
{
    const bool resets = std::holds_alternative<ResetIntent>(preflight.intent);
    const QString target = preflight.targets.value(0);
    m_offersConfig = preflight.offersConfig;
    m_offersData = preflight.offersData;
    m_config->setText(resets ? tr("Config too: keys are set and unset until they are production’s")
                             : tr("Config too: as it was at that release"));
    m_config->setVisible(m_offersConfig);
    m_dataTitle->setVisible(m_offersData);
    const QList<QAbstractButton *> radios = m_data->buttons();
    for (QAbstractButton *radio : radios)
        radio->setVisible(m_offersData);
    m_dataWarning->setText(tr("The data of %1 is replaced, and that cannot be undone.").arg(target));
    m_dataWarning->setVisible(m_offersData && m_data->checkedId() != int(DataChoice::None));
    setVisible(m_offersConfig || m_offersData);
}

Intent MoveChoices::chosen(const Intent &intent) const
{
    Intent whole = intent;
    if (auto *reset = std::get_if<ResetIntent>(&whole)) {
        if (m_offersConfig)
            reset->config = m_config->isChecked();
        if (m_offersData)
            reset->data = DataChoice(m_data->checkedId());
    } else if (auto *back = std::get_if<RollBackIntent>(&whole)) {
        if (m_offersConfig)
            back->config = m_config->isChecked();
    }
    return whole;
}

} // namespace Slipway
