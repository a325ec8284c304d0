// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/openchangemodel.h"

#include "models/board/changemodel.h"
#include "models/board/changewords.h"
#include "models/board/rowmerge.h"

#include <QMimeData>

#include <algorithm>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

/// What makes two changes the same one (as BoardReader::environmentOf()); empty: nothing does.
QString keyOf(const Change &change)
{
    return change.number ? u'#' + QString::number(*change.number) : change.branch;
}

} // namespace

OpenChangeModel::OpenChangeModel(const BoardReader &reader, QObject *parent)
    : QAbstractListModel(parent)
    , m_reader(reader)
{ }

void OpenChangeModel::setPipeline(const QString &pipeline)
{
    if (pipeline == m_pipeline)
        return;
    beginResetModel();
    m_pipeline = pipeline;
    m_names.clear();
    m_carried.clear();
    m_changes = m_reader.cache().changes(pipeline);
    readCarriers(nullptr);
    m_rows = rows();
    endResetModel();
}

void OpenChangeModel::apply(const ChangeSet &changes)
{
    if (m_pipeline.isEmpty())
        return;
    const bool others = changes.everything || changes.changes.contains(m_pipeline);
    if (others)
        m_changes = m_reader.cache().changes(m_pipeline);
    const bool moved = readCarriers(changes.everything ? nullptr : &changes.environments);
    if (others || moved)
        RowMerge::apply(*this, m_rows, rows(), [](const OpenChange &row) { return row.change.ref(); });
}

bool OpenChangeModel::readCarriers(const QSet<QString> *changed)
{
    const QString start = m_pipeline + u'/';
    const bool touched = !changed
        || std::any_of(changed->cbegin(), changed->cend(), [&](const QString &id) { return id.startsWith(start); });
    if (!touched)
        return false;
    const QStringList names = m_reader.cache().environmentNames(m_pipeline, Stage::Development);
    QHash<QString, QString> carried;
    for (const QString &name : names) {
        const auto known = m_carried.constFind(name);
        if (known != m_carried.cend() && changed && !changed->contains(start + name)) {
            carried.insert(name, *known);
            continue;
        }
        const auto environment = m_reader.cache().environment(start + name);
        const bool whole = environment && environment->release && !environment->release->uncommitted;
        carried.insert(name, whole ? keyOf(environment->release->change) : QString());
    }
    const bool differs = names != m_names || carried != m_carried;
    m_names = names;
    m_carried = carried;
    return differs;
}

QList<OpenChange> OpenChangeModel::rows() const
{
    QHash<QString, QString> carriers;
    for (const QString &name : m_names) {
        const QString key = m_carried.value(name);
        if (!key.isEmpty() && !carriers.contains(key))
            carriers.insert(key, name);
    }
    QList<OpenChange> rows;
    for (const Change &change : m_changes)
        rows.append({change, carriers.value(keyOf(change))});
    std::stable_partition(rows.begin(), rows.end(), [](const OpenChange &row) { return row.carrier.isEmpty(); });
    return rows;
}

int OpenChangeModel::waiting() const
{
    return int(
        std::count_if(m_rows.cbegin(), m_rows.cend(), [](const OpenChange &row) { return row.carrier.isEmpty(); }));
}

bool OpenChangeModel::tellsStanding() const
{
    return std::any_of(m_rows.cbegin(), m_rows.cend(),
                       [](const OpenChange &row) { return ChangeWords::hasStanding(row.change); });
}

int OpenChangeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant OpenChangeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const OpenChange &row = m_rows.at(index.row());
    const QString title = row.change.title.isEmpty() ? row.change.ref() : row.change.title;
    switch (role) {
    case Qt::DisplayRole:
        return title;
    case Qt::AccessibleTextRole:
        return ChangeWords::sentence(row.change, row.carrier, QDateTime::currentDateTimeUtc());
    case ChangeRole:
        return QVariant::fromValue(row.change);
    case CarrierRole:
        return row.carrier;
    default:
        return {};
    }
}

Qt::ItemFlags OpenChangeModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractListModel::flags(index);
    if (index.isValid())
        flags |= Qt::ItemIsDragEnabled;
    return flags;
}

QStringList OpenChangeModel::mimeTypes() const
{
    return {QString::fromLatin1(kMimeType)};
}

QMimeData *OpenChangeModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto *data = new QMimeData; // the drag owns it
    const auto change = indexes.constFirst().data(ChangeRole).value<Change>();
    data->setData(QString::fromLatin1(kMimeType), change.ref().toUtf8());
    return data;
}

} // namespace Slipway
