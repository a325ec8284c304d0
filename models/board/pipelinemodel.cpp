// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/pipelinemodel.h"

#include "models/board/rowmerge.h"

#include <QHash>

#include <algorithm>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

/// An environment that sleeps is as it should be: it is the best state of all only for want of another one.
int badness(EnvironmentState state)
{
    switch (state) {
    case EnvironmentState::Suspended:
        return 0;
    case EnvironmentState::Running:
        return 1;
    case EnvironmentState::Unknown:
        return 2;
    case EnvironmentState::Deploying:
        return 3;
    case EnvironmentState::Stopped:
        return 4;
    case EnvironmentState::Crashed:
        return 5;
    }
    return 2;
}

} // namespace

PipelineModel::PipelineModel(const BoardReader &reader, QObject *parent)
    : QAbstractListModel(parent)
    , m_reader(reader)
    , m_rows(readAll())
{ }

void PipelineModel::apply(const ChangeSet &changes)
{
    if (changes.everything || !changes.pipelines.isEmpty()) {
        RowMerge::apply(*this, m_rows, readAll(), [](const Row &row) { return row.pipeline.name; });
        return;
    }
    QSet<QString> touched;
    for (const QString &id : changes.environments)
        touched.insert(EnvironmentRef::parse(id).pipeline);
    for (int row = 0; row < m_rows.size(); ++row) {
        if (!touched.contains(m_rows.at(row).pipeline.name))
            continue;
        const Row wanted = read(m_rows.at(row).pipeline);
        if (wanted == m_rows.at(row))
            continue;
        m_rows[row] = wanted;
        Q_EMIT dataChanged(index(row), index(row));
    }
}

void PipelineModel::Row::add(const StateCount &some)
{
    if (count == 0 || badness(some.state) > badness(state))
        state = some.state;
    count += some.count;
}

PipelineModel::Row PipelineModel::read(const Pipeline &pipeline) const
{
    Row row{pipeline};
    const auto found = m_reader.cache().states(pipeline.name);
    for (const StateCount &some : found)
        row.add(some);
    return row;
}

QList<PipelineModel::Row> PipelineModel::readAll() const
{
    QHash<QString, int> at;
    QList<Row> rows;
    const QList<Pipeline> pipelines = m_reader.store().pipelines();
    rows.reserve(pipelines.size());
    for (const Pipeline &pipeline : pipelines) {
        at.insert(pipeline.name, int(rows.size()));
        rows.append({pipeline});
    }
    const auto found = m_reader.cache().states();
    for (const StateCount &some : found) {
        if (const auto row = at.constFind(some.pipeline); row != at.cend()) // the cache may know one that was removed
            rows[*row].add(some);
    }
    return rows;
}

int PipelineModel::rowOf(const QString &name) const
{
    const auto found =
        std::find_if(m_rows.cbegin(), m_rows.cend(), [&](const Row &row) { return row.pipeline.name == name; });
    return found == m_rows.cend() ? -1 : int(found - m_rows.cbegin());
}

int PipelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant PipelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return row.pipeline.name;
    case Qt::AccessibleTextRole:
        return row.count == 0 ? tr("%1, no environments").arg(row.pipeline.name)
            : row.count == 1
            ? tr("%1, 1 environment, %2").arg(row.pipeline.name, toString(row.state))
            : tr("%1, %2 environments, worst state: %3").arg(row.pipeline.name).arg(row.count).arg(toString(row.state));
    case StateRole:
        return int(row.state);
    case CountRole:
        return row.count;
    case PipelineRole:
        return QVariant::fromValue(row.pipeline);
    default:
        return {};
    }
}

} // namespace Slipway
