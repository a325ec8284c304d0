// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/stores.h"

#include <QAbstractListModel>

namespace Slipway {

/// The record of who did what, newest first; of everything, one pipeline or one environment. GUI thread.
class ActivityModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { EntryRole = Qt::UserRole + 1 /**< Slipway::ActivityEntry */ };
    explicit ActivityModel(const SlipwayStore &store, QObject *parent = nullptr);
    void setScope(const QString &pipeline, const QString &environment); ///< empty: no restriction
    void apply(const ChangeSet &changes);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    friend class RowMerge;
    void load() const;
    const SlipwayStore &m_store;
    QString m_pipeline;
    QString m_environment;
    // Read when first looked at: the page is rarely the one in view.
    mutable bool m_loaded = false;
    mutable QList<ActivityEntry> m_rows;
};

} // namespace Slipway

Q_DECLARE_METATYPE(Slipway::ActivityEntry)
