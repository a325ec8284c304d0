// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemonfixture.h"

#include <QDir>
#include <QProcess>

using namespace Qt::StringLiterals;
using namespace Slipway;

/// What is read from the user's repository, and the one thing that is written to it.
class TestSources final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void files();
    void unreachable();
    void lastActivity();
    void updatesABranch();
    void updatesWhereItIsCheckedOut();
    void refusesToUpdate_data();
    void refusesToUpdate();

private:
    /// main goes on with other.txt while branch `feature` changes its own file; `clash`: the one main changed too.
    void diverge(DaemonFixture &f, bool clash);
    BranchUpdate update(DaemonFixture &f);
    static QStringList leftovers(const DaemonFixture &f);
};

void TestSources::files()
{
    DaemonFixture f;
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.setUp());
    const auto file = [&f](const QString &ref, const QString &path) {
        return f.wait(f.provider().file(u"shop"_s, ref, path));
    };
    const auto procfile = file(u"main"_s, u"Procfile"_s);
    VERIFY(procfile);
    QCOMPARE(*procfile, "web: python3 app.py\n"_ba);
    const auto none = file(version, u"slipway.json"_s);
    VERIFY(none);
    QVERIFY(!*none);
    f.commit(u"slipway.json"_s, "{}", u"Declare nothing"_s);
    const auto later = file(u"main"_s, u"slipway.json"_s);
    VERIFY(later);
    QCOMPARE(*later, "{}"_ba);
    f.commit(u"large"_s, QByteArray(300 * 1024, 'x'), u"Be large"_s);
    QCOMPARE(file(u"main"_s, u"large"_s).error().kind(), Error::Kind::Invalid);
    QCOMPARE(file(u"nowhere"_s, u"Procfile"_s).error().kind(), Error::Kind::NotFound);
    QVERIFY(QDir().rename(f.repository(), f.repository() + u"-moved"_s));
    const auto kept = file(version, u"Procfile"_s); // a commit that Slipway has needs no repository
    VERIFY(kept);
    QCOMPARE(*kept, "web: python3 app.py\n"_ba);
}

void TestSources::unreachable()
{
    DaemonFixture f;
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.setUp());
    VERIFY(f.deploy(u"staging"_s, version));
    const QString elsewhere = f.repository() + u"-moved"_s;
    QVERIFY(QDir().rename(f.repository(), elsewhere));
    const auto changes = f.wait(f.provider().changes(u"shop"_s, {}));
    QVERIFY(!changes);
    QCOMPARE(changes.error().kind(), Error::Kind::NotFound);
    QVERIFY2(changes.error().message().contains(f.repository()), qPrintable(changes.error().text()));
    QVERIFY(!changes.error().remedy().isEmpty());
    QVERIFY(f.environment(u"staging"_s).state == EnvironmentState::Running);
    QCOMPARE(f.fetch(u"staging"_s), "one|staging|v1|"_ba);
    QVERIFY(QFile::link(elsewhere, f.repository())); // as the remedy says
    VERIFY(f.wait(f.provider().changes(u"shop"_s, {})));
}

void TestSources::lastActivity()
{
    DaemonFixture f;
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.setUp());
    VERIFY(f.deploy(u"staging"_s, version));
    const auto minute = [](const QDateTime &at) { return at.toSecsSinceEpoch() / 60; };
    const Environment before = f.environment(u"staging"_s);
    QCOMPARE(minute(before.lastActiveAt), minute(before.stateSince)); // what it wrote while it was started is ours
    const QDir logs(f.home() + u"/local/pipelines/shop/environments/staging/logs"_s);
    const QStringList files = logs.entryList({u"web.1-*.log"_s});
    QCOMPARE(files.size(), 1);
    QFile log(logs.filePath(files.first()));
    QVERIFY(log.open(QIODevice::ReadWrite));
    const QDateTime later = before.stateSince.addSecs(3600);
    QVERIFY(log.setFileTime(later, QFileDevice::FileModificationTime));
    const QDateTime active = f.environment(u"staging"_s).lastActiveAt;
    QCOMPARE(minute(active), minute(later));
    QCOMPARE(active.time().second(), 0);
    QCOMPARE(active.time().msec(), 0);
    QVERIFY(log.setFileTime(before.stateSince.addSecs(1), QFileDevice::FileModificationTime));
    QCOMPARE(f.environment(u"staging"_s).lastActiveAt, before.lastActiveAt);
}

void TestSources::diverge(DaemonFixture &f, bool clash)
{
    f.git({u"config"_s, u"user.name"_s, u"Grace"_s});
    f.git({u"config"_s, u"user.email"_s, u"grace@example.org"_s});
    f.commit(u"shared.txt"_s, "one\n", u"Begin"_s);
    f.commitApp(u"one"_s);
    f.git({u"checkout"_s, u"-q"_s, u"-b"_s, u"feature"_s});
    f.commit(clash ? u"shared.txt"_s : u"mine.txt"_s, "mine\n", u"Work"_s);
    f.commit(clash ? u"both.txt"_s : u"more.txt"_s, "mine\n", u"Work on"_s);
    f.git({u"checkout"_s, u"-q"_s, u"main"_s});
    f.commit(u"shared.txt"_s, "theirs\n", u"Go on"_s);
    f.commit(u"both.txt"_s, "theirs\n", u"Go on"_s);
    VERIFY(f.setUp());
}

BranchUpdate TestSources::update(DaemonFixture &f)
{
    const auto at = [&f](const QString &ref) { return QString::fromLatin1(f.git({u"rev-parse"_s, ref})); };
    return {u"shop"_s, u"feature"_s, at(u"feature"_s), at(u"main"_s), u"Merge what staging runs"_s};
}

QStringList TestSources::leftovers(const DaemonFixture &f)
{
    return QDir(f.home() + u"/local/pipelines/shop/merges"_s).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
}

void TestSources::updatesABranch()
{
    DaemonFixture f;
    diverge(f, false);
    const BranchUpdate wanted = update(f);
    const auto head = f.wait(f.provider().updateBranch(wanted));
    VERIFY(head);
    QCOMPARE(f.git({u"rev-parse"_s, u"feature"_s}), head->toLatin1());
    QCOMPARE(f.git({u"log"_s, u"-1"_s, u"--format=%s|%an|%ce|%P"_s, u"feature"_s}),
             u"Merge what staging runs|Grace|grace@example.org|%1 %2"_s.arg(wanted.head, wanted.version).toLatin1());
    QCOMPARE(f.git({u"show"_s, u"feature:shared.txt"_s}), "theirs"_ba);
    QCOMPARE(f.git({u"status"_s, u"--porcelain"_s}), QByteArray()); // main is checked out: untouched
    QCOMPARE(f.git({u"config"_s, u"--get-regexp"_s, u"receive"_s}), QByteArray());
    QCOMPARE(leftovers(f), QStringList());
    VERIFY(f.deploy(u"staging"_s, *head));
    const auto again = f.wait(f.provider().updateBranch(wanted)); // the lost answer of the same call
    VERIFY(again);
    QCOMPARE(*again, *head);
    QCOMPARE(f.git({u"rev-parse"_s, u"feature"_s}), head->toLatin1());

    // Without a name in git's settings the merge is Slipway's own.
    f.git({u"config"_s, u"user.name"_s, u""_s});
    f.git({u"config"_s, u"--unset"_s, u"user.email"_s});
    f.commit(u"other.txt"_s, "more\n", u"Go further"_s);
    VERIFY(f.wait(f.provider().updateBranch(update(f))));
    QCOMPARE(f.git({u"log"_s, u"-1"_s, u"--format=%an <%ae>"_s, u"feature"_s}), "Slipway <slipway@localhost>"_ba);

    // A kill leaves its clone; the next start removes it.
    QVERIFY(QDir().mkpath(f.home() + u"/local/pipelines/shop/merges/left/.git"_s));
    f.endDaemon();
    f.newProvider();
    VERIFY(f.wait(f.provider().pipelines()));
    QCOMPARE(leftovers(f), QStringList());
}

void TestSources::updatesWhereItIsCheckedOut()
{
    DaemonFixture f;
    diverge(f, false);
    f.git({u"checkout"_s, u"-q"_s, u"feature"_s});
    QFile mine(f.repository() + u"/untracked"_s);
    QVERIFY(mine.open(QIODevice::WriteOnly));
    VERIFY(f.wait(f.provider().updateBranch(update(f))));
    QCOMPARE(f.git({u"status"_s, u"--porcelain"_s}), "?? untracked"_ba);
    QFile followed(f.repository() + u"/shared.txt"_s);
    QVERIFY(followed.open(QIODevice::ReadOnly));
    QCOMPARE(followed.readAll(), "theirs\n"_ba);

    f.git({u"checkout"_s, u"-q"_s, u"main"_s});
    f.commit(u"later.txt"_s, "later\n", u"Go further"_s);
    const QString tree = f.repository() + u"-tree"_s;
    f.git({u"worktree"_s, u"add"_s, u"-q"_s, tree, u"feature"_s});
    VERIFY(f.wait(f.provider().updateBranch(update(f))));
    QVERIFY(QFile::exists(tree + u"/later.txt"_s));
    QCOMPARE(f.git({u"-C"_s, tree, u"status"_s, u"--porcelain"_s}), QByteArray());
}

void TestSources::refusesToUpdate_data()
{
    QTest::addColumn<bool>("clash");
    QTest::addColumn<QString>("before"); ///< for sh, in the repository
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QStringList>("words"); ///< in message, remedy or detail
    const QString hook = u"cat > .git/hooks/%1 <<'E'\n#!/bin/sh\necho 'Freeze until Monday'\nexit 1\nE\nchmod +x "
                         ".git/hooks/%1"_s;
    QTest::newRow("conflict") << true << u":"_s << Error::Kind::Conflict
                              << QStringList{u"conflicts in 2 files, the first both.txt"_s, u"both.txt\nshared.txt"_s,
                                             u"git switch feature && git merge "_s};
    QTest::newRow("checked out and changed") << false << u"git checkout -q feature; echo x >> mine.txt"_s
                                             << Error::Kind::Conflict << QStringList{u"mine.txt"_s, u"stash"_s};
    QTest::newRow("in the way") << false
                                << u"echo a > added.txt; git add added.txt; git commit -qm Add; git checkout -q "
                                   "feature; echo mine > added.txt"_s
                                << Error::Kind::Conflict << QStringList{u"added.txt"_s};
    QTest::newRow("being rebased") << true << u"git checkout -q feature; git rebase -q main"_s << Error::Kind::Conflict
                                   << QStringList{u"rebase"_s};
    QTest::newRow("pre-receive hook") << false << hook.arg(u"pre-receive"_s) << Error::Kind::Blocked
                                      << QStringList{u"Freeze until Monday"_s};
    QTest::newRow("update hook") << false << hook.arg(u"update"_s) << Error::Kind::Blocked
                                 << QStringList{u"Freeze until Monday"_s};
    QTest::newRow("no such branch") << false << u"git branch -D feature"_s << Error::Kind::NotFound
                                    << QStringList{u"feature"_s};
}

void TestSources::refusesToUpdate()
{
    QFETCH(bool, clash);
    QFETCH(QString, before);
    QFETCH(Error::Kind, kind);
    QFETCH(QStringList, words);
    DaemonFixture f;
    diverge(f, clash);
    QProcess shell;
    shell.setWorkingDirectory(f.repository());
    shell.start(u"/bin/sh"_s, {u"-c"_s, before});
    QVERIFY(shell.waitForFinished());
    const QByteArray head = f.git({u"rev-parse"_s, u"-q"_s, u"--verify"_s, u"feature"_s});
    const QByteArray status = f.git({u"status"_s, u"--porcelain"_s});
    const BranchUpdate wanted = update(f);
    const auto refused = f.wait(f.provider().updateBranch(wanted));
    QVERIFY(!refused);
    const QString said = refused.error().text() + u'\n' + refused.error().detail();
    QVERIFY2(refused.error().kind() == kind, qPrintable(said));
    for (const QString &word : words)
        QVERIFY2(said.contains(word), qPrintable(said));
    QVERIFY(!refused.error().remedy().isEmpty());
    QCOMPARE(f.git({u"rev-parse"_s, u"-q"_s, u"--verify"_s, u"feature"_s}), head);
    QCOMPARE(f.git({u"status"_s, u"--porcelain"_s}), status);
    QCOMPARE(leftovers(f), QStringList());
    if (head.isEmpty())
        return;
    f.git({u"update-ref"_s, u"refs/heads/feature"_s, QString::fromLatin1(head) + u"~"_s});
    const auto moved = f.wait(f.provider().updateBranch(wanted));
    QVERIFY(!moved && moved.error().kind() == Error::Kind::Conflict);
    QVERIFY2(moved.error().message().contains(u"has moved"_s), qPrintable(moved.error().text()));
}

QTEST_GUILESS_MAIN(TestSources)
#include "tst_sources.moc"
