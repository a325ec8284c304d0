// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/scaledialog.h"

#include "ui/theme/paint.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QSpinBox>
#include <QVBoxLayout>

namespace Slipway {

namespace {

constexpr int kMost = 100; ///< of one type (source: Heroku Dev Center, "Scaling")

} // namespace

ScaleDialog::ScaleDialog(const Environment &environment)
    : Sheet(tr("Scale %1").arg(environment.name),
            tr("Each process costs what its size costs. It goes on with the release it has."), tr("Scale"))
    , m_environment(environment)
{
    if (environment.stage == Stage::Production)
        setAction(actionButton()->text(), Button::Look::Danger);
    for (const Process &process : environment.processes) {
        auto *row = new QWidget(this);
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins({});
        auto *label = new Label(process.type, Label::Look::Normal, row);
        auto *count = new QSpinBox(row);
        count->setRange(0, kMost);
        count->setValue(process.count);
        count->setAccessibleName(tr("Number of %1 processes").arg(process.type));
        label->setBuddy(count);
        line->addWidget(label, 1);
        line->addWidget(count);
        body()->addWidget(row);
        m_counts.append(count);
        connect(count, &QSpinBox::valueChanged, this, &ScaleDialog::judge);
    }
    body()->setSpacing(unitOf(this) * 3 / 2);
    judge();
}

ScaleIntent ScaleDialog::intent() const
{
    ScaleIntent intent{m_environment.pipeline, m_environment.name, {}};
    for (qsizetype i = 0; i < m_counts.size(); ++i) {
        const Process &process = m_environment.processes.at(i);
        if (m_counts.at(i)->value() != process.count)
            intent.quantities.insert(process.type, m_counts.at(i)->value());
    }
    return intent;
}

void ScaleDialog::start()
{
    m_counts.constFirst()->setFocus();
    m_counts.constFirst()->selectAll();
}

void ScaleDialog::judge()
{
    setBlocked(intent().quantities.isEmpty() ? tr("Nothing is changed.") : QString());
}

} // namespace Slipway
