// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/commitgroups.h"

namespace Slipway {

CommitGroups::CommitGroups(const QList<Commit> &commits)
{
    for (const Commit &commit : commits)
        add(commit);
}

QString CommitGroups::keyOf(const Commit &commit)
{
    if (commit.number > 0)
        return u'#' + QString::number(commit.number);
    return commit.change;
}

qsizetype CommitGroups::find(const Commit &commit) const
{
    return m_rows.value(keyOf(commit), m_groups.size());
}

void CommitGroups::add(const Commit &commit)
{
    const qsizetype row = find(commit);
    if (row == m_groups.size()) {
        m_rows.insert(keyOf(commit), row);
        m_groups.append({commit.change, {}, {}, commit.number, commit.url});
    }
    CommitGroup &group = m_groups[row];
    group.commits.append(commit);
    if (!commit.author.isEmpty() && !group.authors.contains(commit.author))
        group.authors.append(commit.author);
}

} // namespace Slipway
