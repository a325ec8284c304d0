// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/activity/activitymodel.h"

#include "models/board/rowmerge.h"

#include <QLocale>

namespace Slipway {

ActivityModel::ActivityModel(const SlipwayStore &store, QObject *parent)
    : QAbstractListModel(parent)
    , m_store(store)
{ }

void ActivityModel::setScope(const QString &pipeline, const QString &environment)
{
    if (pipeline == m_pipeline && environment == m_environment)
        return;
    beginResetModel();
    m_pipeline = pipeline;
    m_environment = environment;
    m_loaded = false;
    m_rows.clear();
    endResetModel();
}

void ActivityModel::load() const
{
    if (m_loaded)
        return;
    m_loaded = true;
    m_rows = m_store.activity(m_pipeline, m_environment);
}

void ActivityModel::apply(const ChangeSet &changes)
{
    if (!m_loaded || !(changes.everything || changes.activity))
        return;
    RowMerge::apply(*this, m_rows, m_store.activity(m_pipeline, m_environment),
                    [](const ActivityEntry &entry) { return entry.id; });
}

int ActivityModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    load();
    return int(m_rows.size());
}

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ActivityEntry &entry = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return entry.text;
    case Qt::AccessibleTextRole: {
        const QString at = QLocale().toString(entry.at.toLocalTime(), QLocale::ShortFormat);
        // The sentence itself tells how it ended.
        return entry.reason.isEmpty() ? tr("%1, by %2, %3").arg(entry.text, entry.by, at)
                                      : tr("%1, “%2”, by %3, %4").arg(entry.text, entry.reason, entry.by, at);
    }
    case EntryRole:
        return QVariant::fromValue(entry);
    default:
        return {};
    }
}

} // namespace Slipway
