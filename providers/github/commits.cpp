// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/commits.h"

#include "models/domain/changetitle.h"
#include "providers/github/reading.h"

#include <QRegularExpression>

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

/// Walks the commits of one comparison.
class Grouping
{
public:
    Grouping(QList<FullCommit> &commits, const QString &head)
        : m_commits(commits)
    {
        for (qsizetype row = 0; row < commits.size(); ++row)
            m_rows.insert(commits.at(row).commit.id, row);
        for (QString id = head; m_rows.contains(id) && !m_line.contains(id);) {
            m_line.insert(id);
            m_order.prepend(m_rows.value(id)); // oldest first: what an older merge brought is its own
            id = m_commits.at(m_rows.value(id)).parents.value(0);
        }
    }

    void run()
    {
        for (const qsizetype row : std::as_const(m_order)) {
            if (m_commits.at(row).parents.size() > 1)
                takeMerge(row);
            else
                takeSquashed(row);
        }
    }

private:
    void takeSquashed(qsizetype row)
    {
        static const QRegularExpression squashed(u"^(.*\\S)\\s*\\(#(\\d{1,9})\\)$"_s);
        const auto match = squashed.match(m_commits.at(row).commit.subject);
        if (!match.hasMatch())
            return;
        m_commits[row].commit.change = match.captured(1);
        m_commits[row].pull = match.captured(2).toInt();
    }

    void takeMerge(qsizetype row)
    {
        static const QRegularExpression request(u"^Merge pull request #(\\d{1,9}) "_s);
        const FullCommit merge = m_commits.at(row);
        const MergeMessage message = readMergeMessage(merge.commit.subject, merge.body);
        if (message.branch.isEmpty() || merge.commit.subject.contains(u"' into "_s))
            return; // the line is a branch that took another one in, most often the main one
        const auto match = request.match(merge.commit.subject);
        QList<qsizetype> rows = broughtBy(merge);
        QString title = oneLine(message.title);
        if (title.isEmpty() && rows.size() == 1)
            title = m_commits.at(rows.constFirst()).commit.subject;
        if (title.isEmpty())
            title = titleOfBranch(message.branch);
        const int number = match.hasMatch() ? match.captured(1).toInt() : 0;
        rows.append(row);
        for (const qsizetype one : std::as_const(rows)) {
            m_commits[one].commit.change = title;
            m_commits[one].pull = number;
        }
    }

    QList<qsizetype> broughtBy(const FullCommit &merge)
    {
        QList<qsizetype> brought;
        QStringList open = merge.parents.mid(1);
        while (!open.isEmpty()) {
            const QString id = open.takeLast();
            const auto row = m_rows.constFind(id);
            if (row == m_rows.cend() || m_line.contains(id) || m_taken.contains(id))
                continue;
            m_taken.insert(id);
            brought.append(*row);
            open += m_commits.at(*row).parents;
        }
        return brought;
    }

    QList<FullCommit> &m_commits;
    QHash<QString, qsizetype> m_rows;
    QSet<QString> m_line; ///< first parents, from the head on
    QList<qsizetype> m_order; ///< the same as rows, oldest first
    QSet<QString> m_taken;
};

} // namespace

Commit commitFromRest(const QJsonObject &commit)
{
    return fullCommitFrom(commit).commit;
}

FullCommit fullCommitFrom(const QJsonObject &commit)
{
    FullCommit full;
    const QString message = textAt(commit, u"commit.message"_s);
    full.commit.id = shaAt(commit, u"sha"_s);
    full.commit.subject = oneLine(message.section(u'\n', 0, 0));
    full.commit.change = full.commit.subject;
    full.commit.author = lineAt(commit, u"commit.author.name"_s);
    if (full.commit.author.isEmpty())
        full.commit.author = loginAt(commit, u"author"_s);
    full.commit.at = timeAt(commit, u"commit.committer.date"_s);
    full.commit.url = webAddressAt(commit, u"html_url"_s);
    full.body = message.section(u'\n', 1).trimmed();
    const QJsonArray parents = arrayAt(commit, u"parents"_s);
    for (const auto &parent : parents)
        full.parents.append(shaAt(parent.toObject(), u"sha"_s));
    return full;
}

void groupByMessages(QList<FullCommit> &commits, const QString &head)
{
    Grouping(commits, head).run();
}

std::pair<int, QString> pullOf(const QJsonArray &associated)
{
    std::pair<int, QString> best;
    int rank = 0;
    for (const auto &entry : associated) {
        const QJsonObject pull = entry.toObject();
        const QString state = textAt(pull, u"state"_s);
        const int worth = state == u"MERGED" ? 3 : state == u"OPEN" ? 2 : 1;
        const int number = numberAt(pull, u"number"_s).value_or(0);
        if (number > 0 && worth > rank) {
            rank = worth;
            best = {number, lineAt(pull, u"title"_s)};
        }
    }
    return best;
}

} // namespace Slipway::GitHub
