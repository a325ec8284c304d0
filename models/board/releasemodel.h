// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"

#include <QAbstractListModel>

namespace Slipway {

/// Releases of one environment, newest first. GUI thread.
class ReleaseModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { ReleaseRole = Qt::UserRole + 1 /**< Slipway::Release */, CurrentRole /**< bool: it runs now */ };
    explicit ReleaseModel(const BoardReader &reader, QObject *parent = nullptr);
    void setEnvironment(const QString &environmentId);
    void apply(const ChangeSet &changes);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    friend class RowMerge;
    int readCurrent() const;
    const BoardReader &m_reader;
    QString m_environment;
    int m_current = 0;
    QList<Release> m_rows;
};

} // namespace Slipway

Q_DECLARE_METATYPE(Slipway::Release)
