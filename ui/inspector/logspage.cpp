// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/logspage.h"

#include "models/logs/logmodel.h"
#include "ui/inspector/logview.h"
#include "ui/theme/paint.h"
#include "ui/widgets/button.h"
#include "ui/widgets/field.h"

#include <QLineEdit>
#include <QComboBox>
#include <QHBoxLayout>

namespace Slipway {

LogsPage::LogsPage(LogModel &model, QWidget *parent)
    : QWidget(parent)
    , m_view(new LogView(model, this))
    , m_filter(new Field(this))
    , m_kind(new QComboBox(this))
    , m_follow(new Button(tr("Follow"), Button::Look::Plain, this))
{
    const int unit = unitOf(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(3 * unit, 2 * unit, 3 * unit, 2 * unit);
    bar->setSpacing(2 * unit);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Show only lines with these words"));
    m_filter->setClearButtonEnabled(true);
    m_kind->addItem(tr("Runtime"), int(LogKind::Runtime));
    m_kind->addItem(tr("Build"), int(LogKind::Build));
    m_kind->setAccessibleName(tr("Which log"));
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_kind);
    bar->addWidget(m_follow);
    layout->addLayout(bar);
    layout->addWidget(m_view, 1);
    m_view->setEmptyText(tr("Nothing logged yet."));
    m_follow->setEnabled(false);
    m_follow->setToolTip(tr("Go to the newest line and stay there"));
    connect(m_filter, &QLineEdit::textChanged, m_view, &LogView::setFilter);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] { Q_EMIT kindChosen(kind()); });
    connect(m_follow, &Button::clicked, m_view, &LogView::follow);
    connect(m_view, &LogView::followingChanged, this, [this](bool following) { m_follow->setEnabled(!following); });
}

LogKind LogsPage::kind() const
{
    return LogKind(m_kind->currentData().toInt());
}

} // namespace Slipway
