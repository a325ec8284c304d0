// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ci.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace Slipway {

/// What reviewers say of a pull request; None: nobody has to, or it is not known.
enum class ReviewDecision { None, Required, Approved, ChangesRequested };
QString toString(ReviewDecision decision); ///< "none", "required", "approved", "changes_requested"
ReviewDecision reviewDecisionFromString(const QString &text); ///< None for anything else

/// What a developer wants in production: a pull request or a branch.
struct Change
{
    QString title;
    QString branch; ///< empty when it did not come from a branch
    std::optional<int> number; ///< of the pull request
    QString author; ///< display name
    QUrl url;
    QString head; ///< full SHA of its newest commit
    QDateTime updatedAt; ///< UTC
    std::optional<int> commitsAhead; ///< of the main branch
    std::optional<int> commitsBehind; ///< of the main branch
    QDateTime createdAt = {}; ///< UTC; invalid when unknown
    QString base = {}; ///< branch a pull request is to go to; empty: the main branch, or none
    bool draft = false; ///< its author says that it is not ready
    bool conflicts = false; ///< cannot be merged as it is
    bool fork = false; ///< its branch is in somebody else's repository: nobody here can push to it
    ReviewDecision review = ReviewDecision::None;
    QStringList labels = {};
    CiStatus ci = {CiState::Unknown, {}, {}, {}}; ///< of its head

    /// What `--change` takes: "#482", a branch name, or the head.
    QString ref() const;
    bool isEmpty() const { return title.isEmpty() && branch.isEmpty() && head.isEmpty(); }
    friend bool operator==(const Change &, const Change &) = default;
};

struct Commit
{
    QString id; ///< full SHA
    QString subject;
    QString author;
    QDateTime at; ///< UTC
    QString change; ///< title of the change it belongs to; commits with the same text form one change
    int number = 0; ///< of the pull request that brought it; 0: none, or not known
    QUrl url = {}; ///< page of that pull request, else of the commit; empty: there is none
    friend bool operator==(const Commit &, const Commit &) = default;
};

/// A part of each list of commits, the newest being first.
struct CommitRange
{
    int skip = 0;
    int most = 1000; ///< more than that at once is not asked for
};

/// What is compared: full SHAs.
struct CommitPair
{
    QString base;
    QString head;
    friend bool operator==(const CommitPair &, const CommitPair &) = default;
};

/// base...head as git sees it.
struct Comparison
{
    QString base;
    QString head;
    int ahead = 0; ///< commits head has that base has not
    int behind = 0; ///< commits base has that head has not
    QList<Commit> commits; ///< the ahead ones, newest first; all, or as many as were asked for
    QList<Commit> missing; ///< the behind ones, likewise
    int read = CommitRange().most; ///< how many of each side were asked for; a source may know fewer than it counts

    /// Distinct changes among `commits`, in order of appearance.
    QStringList changes() const;
    /// Of the whole one: whether it holds all that a range asks for.
    bool covers(const CommitRange &range) const;
    /// A range of what it holds.
    Comparison part(const CommitRange &range) const;
    friend bool operator==(const Comparison &, const Comparison &) = default;
};

} // namespace Slipway
