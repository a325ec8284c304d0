// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/remoteplace.h"
#include "providers/git/mirror.h"
#include "providers/git/repositoryprovider.h"

#include "providers/machine/filetree.h"

#include "testrepository.h"

#include <QCoroTask>
#include <QTemporaryDir>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Slipway;

class TestMirror : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_scratch;
    Cancel m_cancel;

    QString at(const QString &name) const { return m_scratch->filePath(name); }
    Mirror mirrorOf(const TestRepository &repository)
    {
        auto mirror = Mirror::create(repository.path(), at(u"mirror"_s), m_cancel);
        if (!mirror)
            qFatal("%s", qPrintable(mirror.error().text()));
        return *mirror;
    }
    static QStringList grouped(const Comparison &comparison)
    {
        QStringList lines;
        for (const Commit &commit : comparison.commits)
            lines << commit.subject + u" -> "_s + commit.change;
        return lines;
    }

private Q_SLOTS:
    void remotePlaces_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("place");
        const auto shop = u"git.example.com/acme/shop"_s;
        QTest::newRow("https") << u"https://git.example.com/acme/shop.git"_s << shop;
        QTest::newRow("with a name") << u"https://ada@git.example.com/acme/shop"_s << shop;
        QTest::newRow("as scp") << u"git@git.example.com:acme/shop.git"_s << shop;
        QTest::newRow("ssh") << u"ssh://git@git.example.com/acme/shop.git/"_s << shop;
        QTest::newRow("ssh, a port") << u"ssh://git@ssh.git.example.com:443/acme/shop.git"_s
                                     << u"ssh.git.example.com/acme/shop"_s;
        QTest::newRow("in capitals") << u"git@Git.example.com:acme/shop.git"_s << shop;
        QTest::newRow("a port") << u"http://127.0.0.1:8080/acme/shop.git"_s << u"127.0.0.1:8080/acme/shop"_s;
        QTest::newRow("a folder") << u"/srv/git/shop.git"_s << QString();
        QTest::newRow("a file") << u"file:///srv/git/shop.git"_s << QString();
        QTest::newRow("a drive") << u"C:\\code\\shop"_s << QString();
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("no path") << u"https://git.example.com/"_s << QString();
    }

    void remotePlaces()
    {
        QFETCH(QString, url);
        QTEST(remotePlace(url), "place");
    }

    void init()
    {
        m_scratch = std::make_unique<QTemporaryDir>();
        isolateGit(at(u"home"_s));
    }

    void cleanup() { QVERIFY(deleteTree(m_scratch->path())); } // Qt's own way stops at names that are not UTF-8

    void refusesWhatIsNoRepository()
    {
        const auto expect = [this](const QString &path, Error::Kind kind, const QString &words) {
            const auto made = Mirror::create(path, at(u"mirror"_s), m_cancel);
            QVERIFY(!made);
            QCOMPARE(made.error().kind(), kind);
            QVERIFY2(made.error().message().contains(words), qPrintable(made.error().message()));
            QVERIFY(made.error().message().contains(path));
            QVERIFY(!made.error().remedy().isEmpty());
            QVERIFY(!QFileInfo::exists(at(u"mirror"_s)));
        };
        QDir().mkpath(at(u"plain"_s));
        writeFile(at(u"file"_s), "x");
        TestRepository empty(at(u"empty"_s));
        expect(at(u"absent"_s), Error::Kind::NotFound, u"no folder"_s);
        expect(at(u"file"_s), Error::Kind::Invalid, u"is a file"_s);
        expect(at(u"plain"_s), Error::Kind::Invalid, u"not a git repository"_s);
        expect(empty.path(), Error::Kind::Invalid, u"empty"_s);
    }

    void passesOnGitsDistrust()
    {
        if (::geteuid() != 0)
            QSKIP("Only root can give a repository to somebody else.");
        TestRepository repository(at(u"repo"_s));
        repository.change(u"a"_s, u"First"_s);
        QCOMPARE(QProcess::execute(u"chown"_s, {u"-R"_s, u"4711"_s, repository.path()}), 0);
        const auto made = Mirror::create(repository.path(), at(u"mirror"_s), m_cancel);
        QVERIFY(!made);
        QCOMPARE(made.error().kind(), Error::Kind::Unauthorized);
        QVERIFY(made.error().detail().contains(u"dubious ownership"_s));
        QVERIFY(made.error().remedy().contains(u"safe.directory"_s));
    }

    void followsItsSource()
    {
        TestRepository repository(at(u"repo"_s));
        repository.change(u"a"_s, u"First"_s);
        repository.branch(u"old"_s);
        repository.change(u"b"_s, u"Old work"_s);
        const QString old = repository.head();
        const Mirror made = mirrorOf(repository);
        const auto mirror = Mirror::open(made.directory());
        QVERIFY(mirror);
        QCOMPARE(mirror->source(), repository.path());
        QCOMPARE(mirror->changes()->size(), 1);

        repository.branch(u"feature/PAY-12_refund-orders"_s, u"main"_s);
        repository.change(u"c"_s, u"One"_s);
        const QString head = repository.change(u"d"_s, u"Two"_s);
        repository.git({u"branch"_s, u"-D"_s, u"old"_s});
        QVERIFY(mirror->fetch(m_cancel));
        QVERIFY(mirror->fetch(m_cancel)); // nothing new
        const auto changes = mirror->changes();
        QVERIFY(changes);
        QCOMPARE(changes->size(), 1);
        const Change &change = changes->first();
        QCOMPARE(change.title, u"PAY-12 refund orders"_s);
        QCOMPARE(change.branch, u"feature/PAY-12_refund-orders"_s);
        QCOMPARE(change.author, u"Ada Test"_s);
        QCOMPARE(change.head, head);
        QCOMPARE(change.commitsAhead, 2);
        QCOMPARE(change.commitsBehind, 0);

        repository.checkout(u"main"_s);
        repository.change(u"e"_s, u"On main"_s);
        repository.checkout(change.branch);
        qputenv("GIT_AUTHOR_NAME", "Bo Merge");
        repository.merge(u"main"_s);
        qputenv("GIT_AUTHOR_NAME", "Ada Test");
        QVERIFY(mirror->fetch(m_cancel));
        QCOMPARE(mirror->changes()->first().author, u"Ada Test"_s); // who updates a branch does not make it theirs
        QVERIFY(change.updatedAt.isValid());
        QCOMPARE(mirror->mainBranch().value(), u"main"_s); // though HEAD is on the feature
        QCOMPARE(mirror->resolve(old).value(), old); // what a release came from stays

        QVERIFY(QDir(repository.path()).removeRecursively());
        QCOMPARE(mirror->fetch(m_cancel).error().kind(), Error::Kind::NotFound);
        QDir().mkpath(repository.path()); // the place where a disk was mounted
        const auto away = mirror->fetch(m_cancel);
        QCOMPARE(away.error().kind(), Error::Kind::NotFound);
        QVERIFY(away.error().message().contains(repository.path()));
    }

    void resolvesWhatPeopleWrite()
    {
        TestRepository repository(at(u"repo"_s));
        const QString first = repository.change(u"a"_s, u"First"_s);
        repository.git({u"tag"_s, u"v1.0"_s});
        repository.git({u"tag"_s, u"faster-checkout"_s}); // as the branch below
        repository.branch(u"faster-checkout"_s);
        const QString second = repository.change(u"b"_s, u"Second"_s);
        const Mirror mirror = mirrorOf(repository);
        QCOMPARE(mirror.resolve(u"v1.0"_s).value(), first);
        QCOMPARE(mirror.resolve(u"faster-checkout"_s).value(), second);
        QCOMPARE(mirror.resolve(second.left(8)).value(), second);
        QCOMPARE(mirror.resolve(second).value(), second);
        const auto unknown = mirror.resolve(u"faster-chekout"_s);
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().kind(), Error::Kind::NotFound);
        QVERIFY(unknown.error().message().contains(u"faster-chekout"_s));
        QCOMPARE(unknown.error().remedy(), u"Did you mean faster-checkout?"_s);
        QCOMPARE(mirror.resolve(u"--help"_s).error().kind(), Error::Kind::NotFound);
        QCOMPARE(mirror.resolve(u" "_s).error().kind(), Error::Kind::Invalid);
        QCOMPARE(mirror.resolve(u"main^{tree}"_s).error().kind(), Error::Kind::NotFound);
        QCOMPARE(mirror.resolve(QString(40, u'0')).error().kind(), Error::Kind::NotFound);
    }

    void readsOneFile()
    {
        TestRepository repository(at(u"repo"_s));
        const QByteArray bytes("a\0b\r\n\xff", 6);
        repository.write(u"conf/two words blob 9"_s, bytes);
        repository.write(u"conf/two"_s, "another");
        repository.write(u"ümlaut [x]*.txt"_s, "odd");
        repository.write(u"empty"_s, "");
        repository.write(u"most"_s, QByteArray(256 * 1024, 'x'));
        repository.write(u"more"_s, QByteArray(256 * 1024 + 1, 'x'));
        QVERIFY(QFile::link(u"two"_s, repository.path(u"conf/link"_s)));
        QVERIFY(QFile::link(u"/etc/passwd"_s, repository.path(u"outside"_s)));
        const QString first = repository.commit(u"Files"_s);
        const QString second = repository.change(u"conf/two"_s, u"Later"_s);
        const Mirror mirror = mirrorOf(repository);
        const auto content = [&mirror](const QString &sha, const QString &path) {
            const auto read = mirror.file(sha, path);
            return read ? *read : std::optional<QByteArray>(read.error().text().toUtf8());
        };
        QCOMPARE(content(first, u"conf/two words blob 9"_s), bytes);
        QCOMPARE(content(first, u"./conf//two"_s), "another"_ba);
        QCOMPARE(content(second, u"conf/two"_s), "Later"_ba);
        QCOMPARE(content(first, u"conf/link"_s), "another"_ba);
        QCOMPARE(content(first, u"ümlaut [x]*.txt"_s), "odd"_ba);
        QCOMPARE(content(first, u"empty"_s), QByteArray(""));
        QCOMPARE(content(first, u"most"_s)->size(), 256 * 1024);
        const QStringList absent{
            u"none"_s, u"conf"_s, u"conf/two/x"_s, u"outside"_s, u"conf/two words blob"_s, u"conf/two blob 9"_s};
        for (const QString &path : absent)
            QVERIFY2(!content(first, path), qPrintable(path));
        const auto large = mirror.file(first, u"more"_s);
        QVERIFY(!large && large.error().kind() == Error::Kind::Invalid);
        QVERIFY(large.error().message().contains(u"more"_s) && large.error().message().contains(u"256 KiB"_s));
        const QStringList wrong{QString(), u"/etc/passwd"_s, u"../x"_s, u"a/../../x"_s, u"a\nb"_s};
        for (const QString &path : wrong)
            QVERIFY2(!mirror.file(first, path) && mirror.file(first, path).error().kind() == Error::Kind::Invalid,
                     qPrintable(path));
    }

    void groupsCommitsIntoChanges()
    {
        TestRepository repository(at(u"repo"_s));
        const QString base = repository.change(u"a"_s, u"First"_s);
        repository.branch(u"cart"_s);
        repository.change(u"b"_s, u"Put things in"_s);
        repository.change(u"c"_s, u"Take things out"_s);
        repository.checkout(u"main"_s);
        repository.change(u"d"_s, u"Fix a typo"_s);
        repository.checkout(u"cart"_s);
        repository.merge(u"main"_s); // brings the typo along: a change of its own
        repository.checkout(u"main"_s);
        repository.merge(u"cart"_s);
        repository.branch(u"single"_s);
        repository.change(u"e"_s, u"Show the total"_s);
        repository.checkout(u"main"_s);
        repository.merge(u"single"_s);
        repository.branch(u"lower"_s);
        repository.change(u"f"_s, u"L1"_s);
        repository.change(u"g"_s, u"L2"_s);
        repository.branch(u"upper-part"_s);
        const QString top = repository.change(u"h"_s, u"U1"_s);
        const Mirror mirror = mirrorOf(repository);

        const auto main = mirror.compare(base, u"main"_s);
        QVERIFY(main);
        QCOMPARE(main->ahead, 7);
        QCOMPARE(main->behind, 0);
        QCOMPARE(
            grouped(*main),
            (QStringList{u"Merge branch 'single' -> Show the total"_s, u"Show the total -> Show the total"_s,
                         u"Merge branch 'cart' -> Cart"_s, u"Merge branch 'main' into cart -> Cart"_s,
                         u"Fix a typo -> Fix a typo"_s, u"Take things out -> Cart"_s, u"Put things in -> Cart"_s}));
        QCOMPARE(main->changes().size(), 3);

        // A branch that was promoted without a merge; of stacked branches each commit counts for the lowest.
        const auto stacked = mirror.compare(u"main"_s, u"upper-part"_s);
        QVERIFY(stacked);
        QCOMPARE(grouped(*stacked), (QStringList{u"U1 -> Upper part"_s, u"L2 -> Lower"_s, u"L1 -> Lower"_s}));
        const auto back = mirror.compare(u"upper-part"_s, base);
        QVERIFY(back);
        QCOMPARE(back->ahead, 0);
        QCOMPARE(back->behind, 10);
        QCOMPARE(back->missing.size(), 10);

        QCOMPARE(mirror.describe(top)->title, u"Upper part"_s);
        QCOMPARE(mirror.describe(mirror.resolve(u"main"_s).value())->title, u"Show the total"_s);
        QCOMPARE(mirror.describe(base)->title, u"First"_s);
        QCOMPARE(mirror.compare(u"nowhere"_s, u"main"_s).error().kind(), Error::Kind::NotFound);
    }

    void unpacksCommits()
    {
        TestRepository library(at(u"library"_s));
        library.write(u"lib.txt"_s, "library");
        library.commit(u"Library"_s);
        TestRepository repository(at(u"repo"_s));
        repository.write(u"run.sh"_s, "#!/bin/sh\n", true);
        repository.write(u"docs/secret.md"_s, "not shipped");
        repository.write(u".gitattributes"_s, "docs export-ignore\n");
        repository.write(u"spaces and ümlauts/\"quoted\"\n.txt"_s, "odd");
        const QByteArray raw = QFile::encodeName(repository.path()) + "/latin-\xe9.txt";
        FILE *file = fopen(raw.constData(), "w");
        QVERIFY(file);
        fclose(file);
        QVERIFY(QFile::link(u"/etc/passwd"_s, repository.path(u"outside"_s)));
        repository.git({u"submodule"_s, u"--quiet"_s, u"add"_s, library.path(), u"vendor/library"_s});
        const QString sha = repository.commit(u"All at once"_s);
        library.change(u"lib.txt"_s, u"moved on"_s);

        const Mirror mirror = mirrorOf(repository);
        const QString into = at(u"out"_s);
        const auto done = mirror.archive(sha, into, m_cancel);
        QVERIFY2(done, qPrintable(done ? QString() : done.error().text() + done.error().detail()));
        QVERIFY(QFileInfo(into + u"/run.sh"_s).isExecutable());
        QVERIFY(!QFileInfo::exists(into + u"/docs"_s));
        QCOMPARE(readFile(into + u"/spaces and ümlauts/\"quoted\"\n.txt"_s), "odd");
        QCOMPARE(::access((QFile::encodeName(into) + "/latin-\xe9.txt").constData(), F_OK), 0);
        QVERIFY(QFileInfo(into + u"/outside"_s).isSymLink());
        QCOMPARE(readFile(into + u"/vendor/library/lib.txt"_s), "library");
        QVERIFY(!QFileInfo::exists(into + u".tar"_s));
        QCOMPARE(mirror.treeOf(sha).value(), QString::fromLatin1(repository.git({u"rev-parse"_s, u"HEAD^{tree}"_s})));

        // The submodule's commit is nowhere any more: nothing half-unpacked stays.
        for (const QString &place : {library.path(), repository.path(u".git/modules"_s), repository.path(u"vendor"_s)})
            QVERIFY(QDir(place).removeRecursively());
        const auto missing = mirror.archive(sha, at(u"again"_s), m_cancel);
        QVERIFY(!missing);
        QVERIFY(missing.error().message().contains(u"vendor/library"_s));
        QVERIFY(missing.error().remedy().contains(u"submodule update"_s));
        QVERIFY(!QFileInfo::exists(at(u"again"_s)));
    }

    void handlesLargeFileStorage()
    {
        TestRepository repository(at(u"repo"_s));
        repository.write(u".gitattributes"_s, "*.bin filter=lfs\n");
        repository.write(u"model.bin"_s, "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 5\n");
        const QString sha = repository.commit(u"Large"_s);
        const Mirror mirror = mirrorOf(repository);
        const QByteArray path = qgetenv("PATH");
        if (QProcess::execute(u"git"_s, {u"lfs"_s, u"version"_s}) != 0) {
            const auto refused = mirror.archive(sha, at(u"out"_s), m_cancel);
            QVERIFY(!refused);
            QCOMPARE(refused.error().kind(), Error::Kind::Unsupported);
            QVERIFY(refused.error().message().contains(u"model.bin"_s));
            QVERIFY(!QFileInfo::exists(at(u"out"_s)));
        }
        // A git-lfs that knows the content of every file.
        writeFile(at(u"bin/git-lfs"_s), "#!/bin/sh\ncat >/dev/null\nprintf 'large %s' \"$3\"\n", true);
        qputenv("PATH", QFile::encodeName(at(u"bin"_s)) + ':' + path);
        const auto done = mirror.archive(sha, at(u"out"_s), m_cancel);
        qputenv("PATH", path);
        QVERIFY2(done, qPrintable(done ? QString() : done.error().text() + done.error().detail()));
        QCOMPARE(readFile(at(u"out/model.bin"_s)), "large model.bin");
    }

    /// With and without a commit: what a process that was killed while it packed has left is in nobody's way.
    void packsWhereAKilledOneBegan()
    {
        TestRepository repository(at(u"repo"_s));
        repository.write(u"page.txt"_s, "first");
        const QString sha = repository.commit(u"First"_s);
        RepositoryProvider provider(at(u"home"_s));
        for (const QString &version : {sha, QString()}) {
            const QString file = at(u"packed-%1.tar.gz"_s.arg(version.left(7)));
            writeFile(file + u".tree/half"_s, "half");
            writeFile(file + u".git/HEAD"_s, "half");
            const auto packed = QCoro::waitFor(provider.archive(repository.path(), version, file));
            QVERIFY2(packed, qPrintable(packed ? QString() : packed.error().text()));
            QVERIFY(QFileInfo(file).size() > 0);
            QVERIFY(!QFileInfo::exists(file + u".tree"_s));
            QProcess tar;
            tar.start(u"tar"_s, {u"-tzf"_s, file});
            QVERIFY(tar.waitForFinished());
            const QByteArray names = tar.readAllStandardOutput();
            QVERIFY2(names.contains("page.txt") && !names.contains("half"), names.constData());
        }
        bool drained = false;
        provider.stop([&drained] { drained = true; });
        QTRY_VERIFY(drained);
    }
};

QTEST_GUILESS_MAIN(TestMirror)
#include "tst_mirror.moc"
