// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/header/headerbar.h"

#include "ui/header/headerparts.h"
#include "ui/theme/paint.h"
#include "ui/widgets/button.h"

#include <QHBoxLayout>

namespace Slipway {

HeaderBar::HeaderBar(QWidget *parent)
    : Panel(Qt::BottomEdge, parent)
    , m_title(new HeaderTitle(this))
    , m_search(new SearchButton(this))
    , m_freshness(new Freshness(this))
    , m_more(new Button(tr("⋯"), Button::Look::Plain, this))
    , m_clone(new Button(tr("Clone staging"), Button::Look::Primary, this))
{
    const int unit = unitOf(this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(4 * unit, 2 * unit, 4 * unit, 2 * unit + 1);
    layout->setSpacing(2 * unit);
    layout->addWidget(m_title, 1);
    layout->addWidget(m_search);
    layout->addWidget(m_freshness);
    layout->addWidget(m_more);
    layout->addWidget(m_clone);
    m_more->setAccessibleName(tr("Settings of this pipeline, and more"));
    m_more->setToolTip(tr("Settings (Ctrl+,), hold staging, and more"));
    connect(m_more, &Button::clicked, this,
            [this] { Q_EMIT menuWanted(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    m_clone->setAccessibleName(tr("Clone staging to a new dev environment (Ctrl+N)"));
    connect(m_search, &SearchButton::clicked, this, &HeaderBar::searchWanted);
    connect(m_freshness, &Freshness::clicked, this, &HeaderBar::refreshWanted);
    connect(m_clone, &Button::clicked, this, &HeaderBar::cloneWanted);
}

void HeaderBar::setTitle(const QString &name, const QString &origin)
{
    m_title->setTitle(name, origin);
}

void HeaderBar::setStatus(const std::optional<AccountStatus> &status)
{
    m_freshness->setStatus(status);
}

void HeaderBar::setCloneable(bool visible, bool enabled, const QString &why)
{
    m_clone->setVisible(visible);
    m_more->setVisible(visible);
    m_clone->setEnabled(enabled);
    m_clone->setToolTip(enabled ? tr("Make a dev environment from staging (Ctrl+N)") : why);
}

} // namespace Slipway
