// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Slipway {

enum class MergeMethod { Merge, Squash, Rebase };
QString toString(MergeMethod method); ///< "merge", "squash", "rebase"
std::optional<MergeMethod> mergeMethodFromString(const QString &text);

/// A pull request to be merged on the way to staging.
struct PullRequestMerge
{
    int number = 0;
    QString head; ///< full SHA of its branch as it was looked at
    MergeMethod method = MergeMethod::Merge;
    QString branch = {}; ///< to be deleted afterwards; empty: it stays
    friend bool operator==(const PullRequestMerge &, const PullRequestMerge &) = default;
};

/// What stands in the way of merging a pull request now, as its source says.
struct MergeOutlook
{
    QString head; ///< full SHA of the branch that this is about
    bool known = true; ///< false: the source still works it out; ask again after some seconds
    QString mergedAs = {}; ///< full SHA of the commit that it is on the main branch; empty: it is not merged
    QStringList obstacles; ///< sentences: "It conflicts with main."; empty: it can be merged
    QList<MergeMethod> methods; ///< those that the repository allows, the usual one first
    friend bool operator==(const MergeOutlook &, const MergeOutlook &) = default;
};

} // namespace Slipway
