// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/git/history.h"

#include "providers/git/mirror.h"
#include "models/domain/changetitle.h"

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

constexpr int kGraphLimit = 20000; ///< commits of all open branches together

QDateTime fromSeconds(const QByteArray &text)
{
    return QDateTime::fromSecsSinceEpoch(text.trimmed().toLongLong(), Qt::UTC);
}

/// Finds the change of each commit by walking a line of first parents from its oldest commit to its newest.
class Grouping
{
public:
    Grouping(QList<HistoryCommit> &history, const QString &main, const QList<OpenBranch> &branches)
        : m_history(history)
        , m_main(main)
        , m_branches(branches)
    {
        for (qsizetype i = 0; i < history.size(); ++i)
            m_rows.insert(history.at(i).commit.id, i);
    }

    void walkLine(const QString &tip)
    {
        QList<qsizetype> line;
        for (QString id = tip; isOpen(id); id = m_history.at(m_rows.value(id)).parents.value(0)) {
            line.prepend(m_rows.value(id));
            m_claimed.insert(id);
        }
        for (const qsizetype row : line) {
            HistoryCommit &entry = m_history[row];
            entry.commit.change = ownChange(entry.commit);
            if (entry.parents.size() > 1)
                takeMerge(entry);
        }
    }

    void finish()
    {
        for (HistoryCommit &entry : m_history) {
            if (!m_claimed.contains(entry.commit.id))
                entry.commit.change = ownChange(entry.commit);
        }
    }

private:
    bool isOpen(const QString &id) const { return m_rows.contains(id) && !m_claimed.contains(id); }

    QString ownChange(const Commit &commit) const
    {
        const OpenBranch *branch = branchOf(m_branches, commit.id);
        return branch ? branch->title : commit.subject;
    }

    void takeMerge(HistoryCommit &merge)
    {
        const MergeMessage message = readMergeMessage(merge.commit.subject, merge.body);
        if (message.branch == m_main || message.branch.isEmpty()) {
            // Main came into a branch: what it brought are changes of their own.
            for (qsizetype i = 1; i < merge.parents.size(); ++i)
                walkLine(merge.parents.at(i));
            return;
        }
        QList<qsizetype> rows;
        for (qsizetype i = 1; i < merge.parents.size(); ++i)
            collect(merge.parents.at(i), rows);
        QString title = message.title;
        if (title.isEmpty() && rows.size() == 1)
            title = m_history.at(rows.first()).commit.subject;
        if (title.isEmpty())
            title = titleOfBranch(message.branch);
        merge.commit.change = title;
        for (const qsizetype row : rows)
            m_history[row].commit.change = title;
    }

    void collect(const QString &tip, QList<qsizetype> &rows)
    {
        QStringList open{tip};
        while (!open.isEmpty()) {
            const QString id = open.takeLast();
            if (!isOpen(id))
                continue;
            m_claimed.insert(id);
            const qsizetype row = m_rows.value(id);
            HistoryCommit &entry = m_history[row];
            const bool tookMain =
                entry.parents.size() > 1 && readMergeMessage(entry.commit.subject, entry.body).branch == m_main;
            rows << row;
            open << (tookMain ? QStringList{entry.parents.first()} : entry.parents);
            if (tookMain)
                walkLine(entry.parents.at(1));
        }
    }

    QList<HistoryCommit> &m_history;
    const QString m_main;
    const QList<OpenBranch> &m_branches;
    QHash<QString, qsizetype> m_rows;
    QSet<QString> m_claimed;
};

/// Commit -> parents of everything the branches have and main has not: one call however many branches.
/// A commit of an open branch.
struct Node
{
    QByteArrayList parents;
    QByteArray author;
};
using Graph = QHash<QByteArray, Node>; ///< by id

Result<Graph> readGraph(const Git &git, const QString &main)
{
    const auto listed = git.ask({u"log"_s, u"--format=%H%x1f%P%x1f%an"_s, u"--max-count=%1"_s.arg(kGraphLimit),
                                 u"--branches"_s, u"--not"_s, u"refs/heads/"_s + main},
                                u"The branches cannot be compared"_s);
    if (!listed)
        return tl::unexpected(listed.error());
    Graph graph;
    const QByteArrayList lines = listed->split('\n');
    for (const QByteArray &line : lines) {
        const QByteArrayList fields = line.split('\x1f');
        if (fields.size() == 3)
            graph.insert(fields.at(0), {fields.at(1).split(' '), fields.at(2)});
    }
    return graph;
}

QSet<QString> reachable(const Graph &graph, const QByteArray &tip)
{
    QSet<QString> found;
    QByteArrayList open{tip};
    while (!open.isEmpty()) {
        const QByteArray id = open.takeLast();
        const auto node = graph.constFind(id);
        if (node == graph.cend() || found.contains(QString::fromLatin1(id)))
            continue;
        found.insert(QString::fromLatin1(id));
        open << node->parents;
    }
    return found;
}

/// Who wrote the newest commit of a branch that is no merge: a branch stays its author's, whoever updates it. Empty
/// when there is none among its own commits.
QByteArray authorOf(const Graph &graph, QByteArray tip)
{
    for (auto node = graph.constFind(tip); node != graph.cend(); node = graph.constFind(tip)) {
        if (node->parents.size() < 2)
            return node->author;
        tip = node->parents.constFirst();
    }
    return {};
}

} // namespace

Result<QList<HistoryCommit>> readHistory(const Git &git, const QStringList &range, int limit)
{
    QStringList arguments{u"log"_s,
                          u"-z"_s,
                          u"--date-order"_s,
                          u"--max-count=%1"_s.arg(limit),
                          u"--format=%H%x1f%P%x1f%an%x1f%ct%x1f%s%x1f%b"_s,
                          u"--end-of-options"_s};
    const auto listed = git.ask(arguments + range + QStringList{u"--"_s}, u"The history cannot be read"_s);
    if (!listed)
        return tl::unexpected(listed.error());
    QList<HistoryCommit> history;
    const QByteArrayList records = listed->split('\0');
    for (const QByteArray &record : records) {
        const QByteArrayList fields = record.split('\x1f');
        if (fields.size() < 6)
            continue;
        HistoryCommit entry;
        entry.commit.id = QString::fromLatin1(fields.at(0));
        entry.parents = QString::fromLatin1(fields.at(1)).split(u' ', Qt::SkipEmptyParts);
        entry.commit.author = QString::fromUtf8(fields.at(2));
        entry.commit.at = fromSeconds(fields.at(3));
        entry.commit.subject = QString::fromUtf8(fields.at(4));
        entry.body = QString::fromUtf8(fields.at(5));
        history << entry;
    }
    return history;
}

Result<QList<OpenBranch>> readOpenBranches(const Git &git, const QString &main)
{
    if (main.isEmpty())
        return QList<OpenBranch>();
    const auto listed = git.ask({u"for-each-ref"_s, u"--no-merged=refs/heads/"_s + main, u"--sort=-committerdate"_s,
                                 u"--format=%(refname:lstrip=2)%1f%(objectname)%1f%(authorname)%1f%(committerdate:unix)"
                                 "%1f%(contents:subject)"_s,
                                 u"refs/heads/"_s},
                                u"The branches cannot be listed"_s);
    if (!listed)
        return tl::unexpected(listed.error());
    const auto graph = readGraph(git, main);
    if (!graph)
        return tl::unexpected(graph.error());
    QList<OpenBranch> branches;
    const QByteArrayList lines = listed->split('\n');
    for (const QByteArray &line : lines) {
        const QByteArrayList fields = line.split('\x1f');
        if (fields.size() < 5)
            continue;
        OpenBranch branch;
        branch.name = QString::fromUtf8(fields.at(0));
        branch.head = QString::fromLatin1(fields.at(1));
        const QByteArray author = authorOf(*graph, fields.at(1));
        branch.author = QString::fromUtf8(author.isEmpty() ? fields.at(2) : author);
        branch.at = fromSeconds(fields.at(3));
        branch.commits = reachable(*graph, fields.at(1));
        branch.title = branch.commits.size() == 1 ? QString::fromUtf8(fields.at(4)) : titleOfBranch(branch.name);
        branches << branch;
    }
    return branches;
}

const OpenBranch *branchOf(const QList<OpenBranch> &branches, const QString &commit)
{
    const OpenBranch *best = nullptr;
    for (const OpenBranch &branch : branches) {
        if (branch.commits.contains(commit) && (!best || branch.commits.size() < best->commits.size()))
            best = &branch;
    }
    return best;
}

void groupIntoChanges(QList<HistoryCommit> &history, const QString &head, const QString &main,
                      const QList<OpenBranch> &branches)
{
    Grouping grouping(history, main, branches);
    grouping.walkLine(head);
    grouping.finish();
}

} // namespace Slipway
