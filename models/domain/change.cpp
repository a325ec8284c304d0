// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/change.h"

#include "models/domain/enumnames.h"

#include <QSet>

namespace Slipway {

namespace {

constexpr EnumNames<ReviewDecision, 4> kDecisions{{
    {ReviewDecision::None, "none"},
    {ReviewDecision::Required, "required"},
    {ReviewDecision::Approved, "approved"},
    {ReviewDecision::ChangesRequested, "changes_requested"},
}};

} // namespace

QString toString(ReviewDecision decision)
{
    return enumName(kDecisions, decision);
}

ReviewDecision reviewDecisionFromString(const QString &text)
{
    return enumValue(kDecisions, text).value_or(ReviewDecision::None);
}

QString Change::ref() const
{
    if (number)
        return u'#' + QString::number(*number);
    return branch.isEmpty() ? head : branch;
}

QStringList Comparison::changes() const
{
    QStringList titles;
    QSet<QString> seen;
    for (const Commit &commit : commits) {
        // A commit that belongs to no known change is a change of its own: it goes to production all the same.
        const QString &title = commit.change.isEmpty() ? commit.subject : commit.change;
        if (!seen.contains(title)) {
            seen.insert(title);
            titles.append(title);
        }
    }
    return titles;
}

bool Comparison::covers(const CommitRange &range) const
{
    const bool all = commits.size() >= ahead && missing.size() >= behind;
    return all || read >= range.skip + range.most;
}

Comparison Comparison::part(const CommitRange &range) const
{
    return {base,      head, ahead, behind, commits.mid(range.skip, range.most), missing.mid(range.skip, range.most),
            range.most};
}

} // namespace Slipway
