// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/footer/footerbar.h"

#include "models/activity/operationmodel.h"
#include "ui/footer/operationrow.h"
#include "ui/theme/paint.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

namespace Slipway {

FooterBar::FooterBar(OperationModel &operations, QWidget *parent)
    : Panel(Qt::TopEdge, parent)
    , m_operations(operations)
    , m_layout(new QVBoxLayout(this))
    , m_idle(new QWidget(this))
    , m_quiet(new Label(tr("Nothing is running"), Label::Look::Muted, m_idle))
{
    const int unit = unitOf(this);
    m_layout->setContentsMargins(0, 1, 0, 0);
    m_layout->setSpacing(0);
    auto *line = new QHBoxLayout(m_idle);
    line->setContentsMargins(4 * unit, unit, 3 * unit, unit);
    auto *recorded = new Button(tr("Everything is recorded in Activity"), Button::Look::Quiet, m_idle);
    connect(recorded, &Button::clicked, this, &FooterBar::activityWanted);
    line->addWidget(m_quiet);
    line->addStretch(1);
    line->addWidget(recorded);
    m_layout->addWidget(m_idle);
    setAccessibleName(tr("Running operations"));
    refresh();
}

OperationRow *FooterBar::rowAt(int at)
{
    while (m_rows.size() <= at) {
        auto *row = new OperationRow(this);
        m_layout->insertWidget(int(m_rows.size()), row);
        connect(row, &OperationRow::retryWanted, this, &FooterBar::retryWanted);
        connect(row, &OperationRow::undoWanted, this, &FooterBar::undoWanted);
        connect(row, &OperationRow::dismissWanted, this, &FooterBar::dismissWanted);
        connect(row, &OperationRow::chosen, this, &FooterBar::operationWanted);
        m_rows.append(row);
    }
    return m_rows.at(at);
}

void FooterBar::refresh()
{
    constexpr int kShown = 3;
    int shown = 0;
    int more = 0;
    for (int row = 0; row < m_operations.rowCount(); ++row) {
        const auto operation = m_operations.index(row).data(OperationModel::OperationRole).value<Operation>();
        if (!operation.isActive() && operation.state != OperationState::Failed)
            break; // those that ended follow, newest first: Activity's business
        if (shown == kShown) {
            ++more;
            continue;
        }
        OperationRow *line = rowAt(shown++);
        line->setOperation(operation);
        line->setMore(0);
        line->show();
    }
    if (shown > 0)
        m_rows.at(shown - 1)->setMore(more);
    for (qsizetype at = shown; at < m_rows.size(); ++at)
        m_rows.at(at)->hide();
    m_idle->setVisible(shown == 0);
}

} // namespace Slipway
