// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "githubfixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

/// The source of a version, whole or not at all.
class TestGitHubArchive final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whole();
    void renamedRepository();
    void ofAnotherHost();
    void secondTry_data();
    void secondTry();
    void nothingIsLeft_data();
    void nothingIsLeft();
    void unwritable();
    void submodulesAreNamed();
    void largeFilesAreNamed();
    void stopped();
};

namespace {

QStringList namesIn(const QString &archive)
{
    QProcess tar;
    tar.start(u"tar"_s, {u"-tzf"_s, archive});
    tar.waitForFinished();
    QStringList names = QString::fromUtf8(tar.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    names.sort();
    return names;
}

QStringList left(const GitHubFixture &f)
{
    return QDir(f.folder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

Result<void> archive(GitHubFixture &f, const QString &ref)
{
    return f.wait(f.provider().archive(f.project(), f.head(ref), f.folder() + u"/source.tar.gz"_s));
}

/// A file of git's own on the branch, which the stand-in cannot push: `mode` and `object` as of `git mktree`.
void commitTree(GitHubFixture &f, const QString &branch, const QString &entries)
{
    QProcess git;
    const QString folder = f.git({u"rev-parse"_s, u"--absolute-git-dir"_s});
    git.start(u"git"_s, {u"--git-dir"_s, folder, u"mktree"_s, u"--missing"_s});
    git.waitForStarted();
    git.write(entries.toUtf8());
    git.closeWriteChannel();
    git.waitForFinished();
    const QString tree = QString::fromUtf8(git.readAllStandardOutput()).trimmed();
    const QString sha = f.git({u"-c"_s, u"user.name=Ada"_s, u"-c"_s, u"user.email=ada@example.com"_s, u"commit-tree"_s,
                               u"-m"_s, u"Tree"_s, tree});
    f.git({u"update-ref"_s, u"refs/heads/"_s + branch, sha});
}

} // namespace

void TestGitHubArchive::whole()
{
    GitHubFixture f;
    VERIFY(archive(f, u"faster-checkout"_s));
    QCOMPARE(
        namesIn(f.folder() + u"/source.tar.gz"_s),
        (QStringList{u"./"_s, u"./Procfile"_s, u"./app.py"_s, u"./cart.py"_s, u"./checkout.py"_s, u"./prices.txt"_s}));
    QCOMPARE(left(f), QStringList{u"source.tar.gz"_s});
}

void TestGitHubArchive::renamedRepository()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"rename"_s}, {u"to"_s, u"acme/store"_s}});
    VERIFY(archive(f, u"main"_s));
}

void TestGitHubArchive::ofAnotherHost()
{
    GitHubFixture f;
    GitHubFixture other;
    other.state({{u"action"_s, u"options"_s}, {u"private"_s, false}});
    f.fault(
        {{u"path"_s, u"/tarball/"_s}, {u"redirect"_s, other.address() + u"/codeload/acme/shop/legacy.tar.gz/main"_s}});
    VERIFY(archive(f, u"main"_s));
    const QJsonObject request = other.requests().at(0).toObject();
    QVERIFY2(request.value(u"path"_s).toString().startsWith(u"/codeload/"_s), "it went there");
    QCOMPARE(request.value(u"login"_s).toString(), QString());
}

void TestGitHubArchive::secondTry_data()
{
    QTest::addColumn<QJsonObject>("rule");
    QTest::newRow("cut") << QJsonObject{{u"cut"_s, 100}};
    QTest::newRow("truncated") << QJsonObject{{u"truncate"_s, 100}};
    QTest::newRow("its address is over") << QJsonObject{{u"status"_s, 404}};
    QTest::newRow("lost") << QJsonObject{{u"drop"_s, u"before"_s}};
    QTest::newRow("a page") << QJsonObject{{u"html"_s, true}, {u"status"_s, 200}};
}

void TestGitHubArchive::secondTry()
{
    QFETCH(QJsonObject, rule);
    GitHubFixture f;
    rule.insert(u"path"_s, u"/codeload/"_s);
    rule.insert(u"times"_s, 1);
    f.fault(rule);
    VERIFY(archive(f, u"main"_s));
    QCOMPARE(namesIn(f.folder() + u"/source.tar.gz"_s).size(), 5);
    QCOMPARE(left(f), QStringList{u"source.tar.gz"_s});
}

void TestGitHubArchive::nothingIsLeft_data()
{
    QTest::addColumn<QJsonObject>("rule");
    QTest::addColumn<int>("kind");
    const int network = int(Error::Kind::Network);
    QTest::newRow("cut") << QJsonObject{{u"path"_s, u"/codeload/"_s}, {u"cut"_s, 100}} << network;
    QTest::newRow("truncated") << QJsonObject{{u"path"_s, u"/codeload/"_s}, {u"truncate"_s, 100}} << network;
    QTest::newRow("gone") << QJsonObject{{u"path"_s, u"/codeload/"_s}, {u"status"_s, 404}} << network;
    QTest::newRow("refused") << QJsonObject{{u"path"_s, u"/tarball/"_s}, {u"status"_s, 403}}
                             << int(Error::Kind::Blocked);
    QTest::newRow("unsafe address") << QJsonObject{{u"path"_s, u"/tarball/"_s},
                                                   {u"redirect"_s, u"http://files.example.com/a.tar.gz"_s}}
                                    << int(Error::Kind::BadPayload);
    QTest::newRow("no such version") << QJsonObject{{u"path"_s, u"/nowhere/"_s}, {u"status"_s, 500}} << -1;
}

void TestGitHubArchive::nothingIsLeft()
{
    QFETCH(QJsonObject, rule);
    QFETCH(int, kind);
    GitHubFixture f;
    f.fault(rule);
    if (kind < 0) {
        const QString file = f.folder() + u"/source.tar.gz"_s;
        REFUSED(f.wait(f.provider().archive(f.project(), QString(40, u'd'), file)), Error::Kind::NotFound);
    } else {
        REFUSED(archive(f, u"main"_s), Error::Kind(kind));
    }
    QCOMPARE(left(f), QStringList());
}

void TestGitHubArchive::unwritable()
{
    GitHubFixture f;
    const QString file = f.folder() + u"/no such folder/source.tar.gz"_s;
    REFUSED(f.wait(f.provider().archive(f.project(), f.head(u"main"_s), file)), Error::Kind::Storage);
    QCOMPARE(left(f), QStringList());
}

void TestGitHubArchive::submodulesAreNamed()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"push"_s},
             {u"branch"_s, u"blobs"_s},
             {u"files"_s,
              QJsonObject{{u".gitmodules"_s, u"[submodule \"theme\"]\n\tpath = theme\n\turl = ../theme\n"_s}}}});
    const QString modules = f.head(u"blobs:.gitmodules"_s);
    commitTree(f, u"modular"_s,
               u"100644 blob %1\t.gitmodules\n160000 commit %2\ttheme\n"_s.arg(modules, QString(40, u'a')));
    const auto result = archive(f, u"modular"_s);
    REFUSED(result, Error::Kind::Unsupported);
    QVERIFY2(result.error().message().contains(u"theme"_s), qPrintable(result.error().message()));
    QCOMPARE(left(f), QStringList());
    VERIFY(archive(f, u"blobs"_s)); // .gitmodules alone does no harm
}

void TestGitHubArchive::largeFilesAreNamed()
{
    GitHubFixture f;
    const QString pointer =
        u"version https://git-lfs.github.com/spec/v1\noid sha256:%1\nsize 12345\n"_s.arg(QString(64, u'a'));
    f.state(
        {{u"action"_s, u"push"_s},
         {u"branch"_s, u"large"_s},
         {u"files"_s, QJsonObject{{u".gitattributes"_s, u"*.bin filter=lfs diff=lfs\n"_s}, {u"film.bin"_s, pointer}}}});
    const auto result = archive(f, u"large"_s);
    REFUSED(result, Error::Kind::Unsupported);
    QVERIFY2(result.error().message().contains(u"film.bin"_s), qPrintable(result.error().message()));
    QCOMPARE(left(f), QStringList());
}

void TestGitHubArchive::stopped()
{
    GitHubFixture f;
    f.fault({{u"path"_s, u"/codeload/"_s}, {u"hang"_s, true}});
    int ended = 0;
    f.provider()
        .archive(f.project(), f.head(u"main"_s), f.folder() + u"/source.tar.gz"_s)
        .then([&ended](const Result<void> &result) { ended += result ? 0 : 1; });
    QTRY_VERIFY(QFile::exists(f.folder() + u"/source.tar.gz.part"_s));
    bool drained = false;
    f.provider().stop([&drained] { drained = true; });
    QTRY_VERIFY(drained);
    QCOMPARE(ended, 1);
    QCOMPARE(left(f), QStringList());
}

QTEST_GUILESS_MAIN(TestGitHubArchive)
#include "tst_githubarchive.moc"
