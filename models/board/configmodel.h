// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"

#include <QAbstractListModel>

namespace Slipway {

/// A config key of an environment, seen beside the environment of the next stage.
struct ConfigKey
{
    enum class Relation {
        Alone, ///< there is no next stage to compare with
        Same,
        Different,
        MissingThere,
        OnlyThere ///< the next stage has it, this environment has not
    };
    QString key;
    QString hash; ///< of the value here; empty when it is not here
    Relation relation = Relation::Alone;
    friend bool operator==(const ConfigKey &, const ConfigKey &) = default;
};

/// The config keys of one environment, by name. Knows hashes only; a value that somebody asked to see is held in memory
/// until it is hidden, changes, or another environment is shown. GUI thread.
class ConfigModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        KeyRole = Qt::UserRole + 1, ///< Slipway::ConfigKey
        ValueRole ///< QString, null while hidden
    };
    explicit ConfigModel(const BoardReader &reader, QObject *parent = nullptr);
    void setEnvironment(const QString &environmentId);
    void apply(); ///< the environment or its neighbour may have changed
    QString environmentId() const { return m_environment; }
    QString other() const { return m_other; } ///< name of the environment of the next stage; empty: none

    void show(const QString &key, const QString &value);
    void hide(const QString &key);
    void hideAll();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    friend class RowMerge;
    QList<ConfigKey> read();
    void tell(const QString &key);
    QString sentence(const ConfigKey &row) const;

    const BoardReader &m_reader;
    QString m_environment;
    QString m_other;
    QList<ConfigKey> m_rows;
    QHash<QString, QString> m_shown; ///< values by key; never written anywhere
};

} // namespace Slipway

Q_DECLARE_METATYPE(Slipway::ConfigKey)
