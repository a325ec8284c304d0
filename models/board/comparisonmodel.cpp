// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/comparisonmodel.h"

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

QString titleOf(const CommitGroup &group)
{
    return group.change.isEmpty() ? ComparisonModel::tr("Commits of no known change") : group.change;
}

QString sentence(const CommitGroup &group)
{
    QString text = titleOf(group);
    if (group.number > 0)
        text += u", #%1"_s.arg(group.number);
    if (!group.authors.isEmpty())
        text += u", "_s + ComparisonModel::tr("by %1").arg(group.authors.join(u", "_s));
    const int count = int(group.commits.size());
    return text + u", "_s
        + (count == 1 ? ComparisonModel::tr("1 commit") : ComparisonModel::tr("%1 commits").arg(count));
}

} // namespace

void ComparisonModel::begin()
{
    beginResetModel();
    m_groups = {};
    m_known = 0;
    m_total = 0;
    m_asking = false;
    endResetModel();
}

void ComparisonModel::take(const QList<Commit> &commits, int total)
{
    m_asking = false;
    m_total = total;
    QList<Commit> fresh; // of changes that have no row yet
    int first = rowCount();
    int last = -1;
    for (const Commit &commit : commits) {
        const qsizetype row = m_groups.find(commit);
        if (row == m_groups.all().size()) {
            fresh.append(commit);
            continue;
        }
        m_groups.add(commit);
        first = qMin(first, int(row));
        last = qMax(last, int(row));
    }
    m_known += int(commits.size());
    if (last >= 0)
        Q_EMIT dataChanged(index(first), index(last));
    if (fresh.isEmpty())
        return;
    const CommitGroups added(fresh);
    beginInsertRows({}, rowCount(), rowCount() + int(added.all().size()) - 1);
    for (const Commit &commit : std::as_const(fresh))
        m_groups.add(commit);
    endInsertRows();
}

int ComparisonModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_groups.all().size());
}

QVariant ComparisonModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const CommitGroup &group = m_groups.all().at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return titleOf(group);
    case Qt::AccessibleTextRole:
        return sentence(group);
    case GroupRole:
        return QVariant::fromValue(group);
    default:
        return {};
    }
}

bool ComparisonModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_asking && m_known > 0 && m_known < m_total;
}

void ComparisonModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_asking = true;
    Q_EMIT moreWanted();
}

} // namespace Slipway
