// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/activity/activityfilter.h"

#include "models/activity/activitymodel.h"

#include <functional>

namespace Slipway {

namespace {

QStringList distinct(const QAbstractItemModel &model, const std::function<QString(const ActivityEntry &)> &read)
{
    QSet<QString> seen;
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto entry = model.index(row, 0).data(ActivityModel::EntryRole).value<ActivityEntry>();
        if (const QString text = read(entry); !text.isEmpty())
            seen.insert(text);
    }
    QStringList all(seen.cbegin(), seen.cend());
    all.sort();
    return all;
}

} // namespace

void ActivityFilter::setSelection(const ActivitySelection &selection)
{
    if (selection == m_selection)
        return;
    m_selection = selection;
    invalidateFilter();
}

QStringList ActivityFilter::environments() const
{
    return distinct(*sourceModel(), [](const ActivityEntry &entry) {
        return entry.environment.isEmpty() ? QString() : entry.pipeline + QLatin1Char('/') + entry.environment;
    });
}

QStringList ActivityFilter::kinds() const
{
    return distinct(*sourceModel(), [](const ActivityEntry &entry) { return entry.kind; });
}

bool ActivityFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    return m_selection.holds(
        sourceModel()->index(row, 0, parent).data(ActivityModel::EntryRole).value<ActivityEntry>());
}

} // namespace Slipway
