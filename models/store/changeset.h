// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QSet>
#include <QString>

namespace Slipway {

/// What a write to a store changed: ids only, so that item models re-read just those rows.
struct ChangeSet
{
    QSet<QString> pipelines; ///< names whose row, or whose set of environments, changed
    QSet<QString> environments; ///< "pipeline/name": card facts, releases or verdict changed, appeared or went
    QSet<QString> changes; ///< pipelines whose list of open changes changed
    QSet<QString> operations; ///< operation ids
    QSet<QString> accounts; ///< account names
    bool activity = false; ///< lines were added
    bool messages = false; ///< somebody was told something, or has seen it
    bool everything = false; ///< another process wrote: compare all that is shown

    bool isEmpty() const
    {
        return pipelines.isEmpty() && environments.isEmpty() && changes.isEmpty() && operations.isEmpty()
            && accounts.isEmpty() && !activity && !messages && !everything;
    }
    void unite(const ChangeSet &other)
    {
        pipelines |= other.pipelines;
        environments |= other.environments;
        changes |= other.changes;
        operations |= other.operations;
        accounts |= other.accounts;
        activity |= other.activity;
        messages |= other.messages;
        everything |= other.everything;
    }
    friend bool operator==(const ChangeSet &, const ChangeSet &) = default;
};

} // namespace Slipway

Q_DECLARE_METATYPE(Slipway::ChangeSet)
