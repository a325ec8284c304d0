// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"

#include <QAbstractListModel>

namespace Slipway {

/// Accounts with the freshness of what they told. GUI thread.
class AccountModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { StatusRole = Qt::UserRole + 1 /**< Slipway::AccountStatus */ };
    explicit AccountModel(const BoardReader &reader, QObject *parent = nullptr);
    void apply(const ChangeSet &changes);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    friend class RowMerge;
    QList<AccountStatus> read() const;
    const BoardReader &m_reader;
    QList<AccountStatus> m_rows;
};

} // namespace Slipway

Q_DECLARE_METATYPE(Slipway::AccountStatus)
