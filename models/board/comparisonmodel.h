// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/commitgroups.h"

#include <QAbstractListModel>

namespace Slipway {

/// The changes that one version has and another has not, newest first, a row for each. They come in parts: a view that
/// is scrolled to the end asks for the next one. GUI thread.
class ComparisonModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { GroupRole = Qt::UserRole + 1 /**< Slipway::CommitGroup */ };

    using QAbstractListModel::QAbstractListModel;
    void begin(); ///< of another comparison: nothing is known yet
    /// The next part of it, of `total` commits in all.
    void take(const QList<Commit> &commits, int total);
    void setAsking(bool asking) { m_asking = asking; } ///< a part was asked for and is not there yet
    int commits() const { return m_known; } ///< of it that are here
    int total() const { return m_total; }

    int rowCount(const QModelIndex &parent = {}) const override;
    /// DisplayRole: the title. AccessibleTextRole: the row as a sentence.
    QVariant data(const QModelIndex &index, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void moreWanted();

private:
    CommitGroups m_groups;
    int m_known = 0;
    int m_total = 0;
    bool m_asking = false;
};

} // namespace Slipway

Q_DECLARE_METATYPE(Slipway::CommitGroup)
