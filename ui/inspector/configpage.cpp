// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/configpage.h"

#include "models/board/configmodel.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/twolinedelegate.h"

#include <QPaintEvent>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListView>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

Badge relationBadge(ConfigKey::Relation relation, const QString &other)
{
    switch (relation) {
    case ConfigKey::Relation::Same:
        return {Words::tr("Same as %1").arg(other), Tone::Neutral};
    case ConfigKey::Relation::Different:
        return {Words::tr("Differs from %1").arg(other), Tone::Warn};
    case ConfigKey::Relation::MissingThere:
        return {Words::tr("Missing on %1").arg(other), Tone::Warn};
    case ConfigKey::Relation::OnlyThere:
        return {Words::tr("Only on %1").arg(other), Tone::Busy};
    case ConfigKey::Relation::Alone:
        break;
    }
    return {};
}

TwoLines configLines(const QModelIndex &index, const QString &other)
{
    const auto row = index.data(ConfigModel::KeyRole).value<ConfigKey>();
    const QString value = index.data(ConfigModel::ValueRole).toString();
    TwoLines lines{row.key, {}, {}, relationBadge(row.relation, other), {}};
    if (row.relation != ConfigKey::Relation::OnlyThere)
        lines.below = value.isNull() ? u"••••••••"_s : value; // of one length: not even the value's is told
    lines.tip = value.isNull() ? index.data(Qt::AccessibleTextRole).toString() : value;
    return lines;
}

} // namespace

ConfigPage::ConfigPage(const BoardReader &reader, QWidget *parent)
    : QWidget(parent)
    , m_model(new ConfigModel(reader, this))
    , m_list(new QListView(this))
    , m_compared(new Label({}, Label::Look::Muted, this))
{
    const int unit = unitOf(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    m_compared->setWordWrap(true);
    m_compared->setContentsMargins(4 * unit, 3 * unit, 4 * unit, 2 * unit);
    layout->addWidget(m_compared);
    m_list->setModel(m_model);
    const auto lines = [this](const QModelIndex &index) { return configLines(index, m_model->other()); };
    m_list->setItemDelegate(new TwoLineDelegate(lines, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTabKeyNavigation(false);
    m_list->setAccessibleName(tr("Config keys"));
    addCopyAction();
    layout->addWidget(m_list, 1);
    layout->addWidget(makeFoot());
    connect(m_list, &QListView::activated, this, &ConfigPage::turn);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ConfigPage::judge);
    for (const auto change : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_model, change, this, &ConfigPage::judge);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ConfigPage::judge);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &ConfigPage::judge);
    judge();
}

/// A long value has no room in its row: what is shown can be copied, whole.
void ConfigPage::addCopyAction()
{
    auto *copy = new QAction(tr("Copy"), this);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, [this] {
        const QModelIndex index = m_list->selectionModel()->selectedIndexes().value(0);
        const QString value = index.data(ConfigModel::ValueRole).toString();
        if (index.isValid())
            QGuiApplication::clipboard()->setText(value.isNull() ? chosen() : value);
    });
    m_list->addAction(copy);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
}

QWidget *ConfigPage::makeFoot()
{
    const int unit = unitOf(this);
    auto *foot = new QWidget(this);
    auto *line = new QHBoxLayout(foot);
    line->setContentsMargins(4 * unit, 2 * unit, 4 * unit, 3 * unit);
    line->setSpacing(2 * unit);
    m_add = new Button(tr("Add…"), Button::Look::Plain, foot);
    m_add->setAccessibleName(tr("Add a config key"));
    m_show = new Button(tr("Show"), Button::Look::Plain, foot);
    m_change = new Button(tr("Change…"), Button::Look::Plain, foot);
    m_remove = new Button(tr("Remove…"), Button::Look::Plain, foot);
    for (Button *button : {m_show, m_change, m_remove})
        line->addWidget(button);
    line->addStretch(1);
    line->addWidget(m_add);
    connect(m_show, &Button::clicked, this, &ConfigPage::turn);
    connect(m_change, &Button::clicked, this, [this] { Q_EMIT changeWanted(chosen()); });
    connect(m_remove, &Button::clicked, this, [this] { Q_EMIT removeWanted(chosen()); });
    connect(m_add, &Button::clicked, this, [this] { Q_EMIT changeWanted({}); });
    return foot;
}

void ConfigPage::setEnvironment(const QString &environmentId, const QString &busy)
{
    m_busy = busy;
    if (environmentId != m_model->environmentId())
        m_wanted.clear();
    m_model->setEnvironment(environmentId);
    m_compared->setText(
        m_model->other().isEmpty()
            ? tr("Values stay with the provider. Showing one is recorded in Activity.")
            : tr("Compared with %1. Values stay with the provider; showing one is recorded in Activity.")
                  .arg(m_model->other()));
    judge();
}

void ConfigPage::showValue(const QString &environmentId, const QString &key, const QString &value)
{
    // Whoever looked away meanwhile asks again.
    if (environmentId != m_model->environmentId() || key != m_wanted || !isVisible())
        return;
    m_wanted.clear();
    m_model->show(key, value);
}

QString ConfigPage::chosen() const
{
    const QModelIndex index = m_list->selectionModel()->selectedIndexes().value(0);
    return index.data().toString();
}

void ConfigPage::turn()
{
    const QModelIndex index = m_list->selectionModel()->selectedIndexes().value(0);
    if (!m_show->isEnabled() || !index.isValid())
        return;
    if (!index.data(ConfigModel::ValueRole).toString().isNull()) {
        m_model->hide(chosen());
        return;
    }
    m_wanted = chosen();
    Q_EMIT valueWanted(m_wanted);
}

void ConfigPage::judge()
{
    const QModelIndex index = m_list->selectionModel()->selectedIndexes().value(0);
    const auto row = index.data(ConfigModel::KeyRole).value<ConfigKey>();
    const bool here = index.isValid() && row.relation != ConfigKey::Relation::OnlyThere;
    const bool shown = !index.data(ConfigModel::ValueRole).toString().isNull();
    m_show->setText(shown ? tr("Hide") : tr("Show"));
    m_show->setEnabled(here);
    m_show->setAccessibleName(tr("%1 the value of %2").arg(m_show->text(), row.key));
    m_change->setEnabled(index.isValid() && m_busy.isEmpty());
    m_change->setAccessibleName(tr("Change %1").arg(row.key));
    m_remove->setEnabled(here && m_busy.isEmpty());
    m_remove->setAccessibleName(tr("Remove %1").arg(row.key));
    m_add->setEnabled(m_busy.isEmpty());
    for (Button *button : {m_change, m_remove, m_add})
        button->setToolTip(m_busy);
    update();
}

void ConfigPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_wanted.clear();
    m_model->hideAll();
}

void ConfigPage::paintEvent(QPaintEvent *event)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(event->rect(), theme.surface);
    if (m_model->rowCount() > 0)
        return;
    const int unit = unitOf(this);
    painter.setPen(theme.muted);
    painter.drawText(
        m_list->geometry().adjusted(4 * unit, 6 * unit, -4 * unit, 0),
        Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
        tr("No config keys. What the application needs to know, such as keys of services, is added here."));
}

} // namespace Slipway
