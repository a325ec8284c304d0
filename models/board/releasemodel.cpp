// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/releasemodel.h"

#include "models/board/rowmerge.h"

#include <QLocale>

namespace Slipway {

using namespace Qt::StringLiterals;

ReleaseModel::ReleaseModel(const BoardReader &reader, QObject *parent)
    : QAbstractListModel(parent)
    , m_reader(reader)
{ }

void ReleaseModel::setEnvironment(const QString &environmentId)
{
    if (environmentId == m_environment)
        return;
    beginResetModel();
    m_environment = environmentId;
    m_rows = environmentId.isEmpty() ? QList<Release>() : m_reader.cache().releases(environmentId);
    m_current = readCurrent();
    endResetModel();
}

void ReleaseModel::apply(const ChangeSet &changes)
{
    if (m_environment.isEmpty() || !(changes.everything || changes.environments.contains(m_environment)))
        return;
    const int before = m_current;
    m_current = readCurrent();
    RowMerge::apply(*this, m_rows, m_reader.cache().releases(m_environment),
                    [](const Release &release) { return release.number; });
    if (before == m_current)
        return;
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).number == before || m_rows.at(row).number == m_current)
            Q_EMIT dataChanged(index(row), index(row), {CurrentRole, Qt::AccessibleTextRole});
    }
}

int ReleaseModel::readCurrent() const
{
    const auto environment = m_reader.cache().environment(m_environment);
    return environment && environment->release ? environment->release->number : 0;
}

int ReleaseModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ReleaseModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Release &release = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return u"v%1 %2"_s.arg(release.number).arg(release.change.title);
    case Qt::AccessibleTextRole: {
        const QString at = QLocale().toString(release.at.toLocalTime(), QLocale::ShortFormat);
        return release.number == m_current
            ? tr("v%1, runs now, %2, %3").arg(QString::number(release.number), release.change.title, at)
            : tr("v%1, %2, %3").arg(QString::number(release.number), release.change.title, at);
    }
    case ReleaseRole:
        return QVariant::fromValue(release);
    case CurrentRole:
        return release.number == m_current;
    default:
        return {};
    }
}

} // namespace Slipway
