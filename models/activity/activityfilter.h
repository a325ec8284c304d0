// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/activity/activityselection.h"

#include <QSortFilterProxyModel>

namespace Slipway {

/// The lines of an ActivityModel that are asked for. GUI thread.
class ActivityFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setSelection(const ActivitySelection &selection);
    const ActivitySelection &selection() const { return m_selection; }
    /// What there is to ask for among the lines of the source: "pipeline/name" and kinds, sorted.
    QStringList environments() const;
    QStringList kinds() const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    ActivitySelection m_selection;
};

} // namespace Slipway
