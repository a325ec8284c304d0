// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/stores.h"

#include <QAbstractListModel>

namespace Slipway {

/// Active operations first (newest first), then failed ones that nobody dismissed, then those that ended last. GUI
/// thread.
class OperationModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { OperationRole = Qt::UserRole + 1 /**< Slipway::Operation */ };
    explicit OperationModel(const SlipwayStore &store, QObject *parent = nullptr);
    void apply(const ChangeSet &changes);
    int activeCount() const;
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    friend class RowMerge;
    static constexpr int kShown = 50; ///< as many as a footer and its list can use
    const SlipwayStore &m_store;
    QList<Operation> m_rows;
};

} // namespace Slipway

Q_DECLARE_METATYPE(Slipway::Operation)
