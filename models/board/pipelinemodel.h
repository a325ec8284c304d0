// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"

#include <QAbstractListModel>

namespace Slipway {

/// Pipelines by name, each with its worst state and number of environments. GUI thread.
class PipelineModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< QString
        StateRole, ///< EnvironmentState as int: the worst of its environments
        CountRole, ///< int: environments
        PipelineRole ///< Slipway::Pipeline
    };
    explicit PipelineModel(const BoardReader &reader, QObject *parent = nullptr);
    void apply(const ChangeSet &changes);
    int rowOf(const QString &name) const;
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    friend class RowMerge;
    struct Row
    {
        Pipeline pipeline;
        EnvironmentState state = EnvironmentState::Unknown;
        int count = 0;
        void add(const StateCount &some);
        friend bool operator==(const Row &, const Row &) = default;
    };
    Row read(const Pipeline &pipeline) const;
    QList<Row> readAll() const;
    const BoardReader &m_reader;
    QList<Row> m_rows;
};

} // namespace Slipway

Q_DECLARE_METATYPE(Slipway::Pipeline)
