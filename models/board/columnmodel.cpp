// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/columnmodel.h"

#include "models/board/cardwords.h"
#include "models/board/rowmerge.h"

#include <QMimeData>

#include <algorithm>

namespace Slipway {

using namespace Qt::StringLiterals;

ColumnModel::ColumnModel(const BoardReader &reader, Stage stage, QObject *parent)
    : QAbstractListModel(parent)
    , m_reader(reader)
    , m_stage(stage)
{ }

void ColumnModel::setPipeline(const QString &pipeline)
{
    if (pipeline == m_pipeline)
        return;
    beginResetModel();
    m_pipeline = pipeline;
    m_cards = m_reader.cards(pipeline, m_stage);
    endResetModel();
}

void ColumnModel::apply(const ChangeSet &changes)
{
    if (m_pipeline.isEmpty())
        return;
    if (changes.everything) {
        merge(readIds(), nullptr);
    } else if (changes.pipelines.contains(m_pipeline)) {
        merge(readIds(), &changes.environments);
    } else {
        for (int row = 0; row < m_cards.size(); ++row) {
            if (!changes.environments.contains(m_cards.at(row).id()))
                continue;
            auto card = m_reader.card(m_cards.at(row).id());
            if (!card || card->environment.stage != m_stage) {
                merge(readIds(), &changes.environments); // it went since the change set was made
                return;
            }
            if (*card == m_cards.at(row))
                continue;
            m_cards[row] = std::move(*card);
            Q_EMIT dataChanged(index(row), index(row));
        }
    }
}

QStringList ColumnModel::readIds() const
{
    QStringList ids = m_pipeline.isEmpty() ? QStringList() : m_reader.cache().environmentNames(m_pipeline, m_stage);
    for (QString &id : ids)
        id.prepend(m_pipeline + u'/');
    return ids;
}

void ColumnModel::merge(const QStringList &ids, const QSet<QString> *changed)
{
    QHash<QString, int> known;
    for (int row = 0; row < m_cards.size(); ++row)
        known.insert(m_cards.at(row).id(), row);
    QList<Card> wanted;
    wanted.reserve(ids.size());
    for (const QString &id : ids) {
        const auto row = known.constFind(id);
        if (row != known.cend() && changed && !changed->contains(id))
            wanted.append(m_cards.at(*row));
        else if (auto card = m_reader.card(id))
            wanted.append(std::move(*card));
    }
    RowMerge::apply(*this, m_cards, wanted, [](const Card &card) { return card.id(); });
}

int ColumnModel::rowOf(const QString &environmentId) const
{
    const auto found =
        std::find_if(m_cards.cbegin(), m_cards.cend(), [&](const Card &card) { return card.id() == environmentId; });
    return found == m_cards.cend() ? -1 : int(found - m_cards.cbegin());
}

int ColumnModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_cards.size());
}

QVariant ColumnModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Card &card = m_cards.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return card.environment.name;
    case Qt::AccessibleTextRole:
        return cardSentence(card);
    case IdRole:
        return card.id();
    case CardRole:
        return QVariant::fromValue(card);
    default:
        return {};
    }
}

Qt::ItemFlags ColumnModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractListModel::flags(index);
    if (index.isValid())
        flags |= Qt::ItemIsDragEnabled;
    return flags;
}

QStringList ColumnModel::mimeTypes() const
{
    return {QString::fromLatin1(kMimeType)};
}

QMimeData *ColumnModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto *data = new QMimeData; // the drag owns it
    data->setData(QString::fromLatin1(kMimeType), indexes.constFirst().data(IdRole).toString().toUtf8());
    return data;
}

} // namespace Slipway
