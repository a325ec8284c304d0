// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/artifact/releasestore.h"
#include "providers/local/artifact/writableview.h"

#include "../../git/testrepository.h"
#include "providers/machine/childprocess.h"
#include "providers/machine/filetree.h"
#include "providers/git/mirror.h"

#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <thread>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Slipway;

class TestReleaseStore : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_scratch;
    std::unique_ptr<ReleaseStore> m_store;
    Cancel m_cancel;
    QStringList m_log;

    QString at(const QString &name) const { return m_scratch->filePath(name); }

    Tree snapshot(const QString &directory)
    {
        auto tree = snapshotDirectory(directory, m_store->scratchDirectory().value(), m_cancel);
        if (!tree)
            qFatal("%s", qPrintable(tree.error().text() + tree.error().detail()));
        return *tree;
    }
    Result<Artifact> build(const Tree &tree)
    {
        const auto manifest = AppManifest::read(tree.directory);
        if (!manifest)
            return tl::unexpected(manifest.error());
        const LineSink log = [this](const QString &line, bool) { m_log << line; };
        return m_store->build(tree, *manifest, log, m_cancel);
    }
    Artifact mustBuild(const QString &directory)
    {
        auto artifact = build(snapshot(directory));
        if (!artifact)
            qFatal("%s\n%s", qPrintable(artifact.error().text()), qPrintable(artifact.error().detail()));
        return *artifact;
    }
    /// Runs a Procfile-like command as the daemon would.
    QByteArray outputOf(const Artifact &artifact, const QString &command)
    {
        ChildSpec spec;
        spec.program = u"/bin/sh"_s;
        spec.arguments = {u"-c"_s, command};
        spec.directory = artifact.directory;
        spec.environment = releaseEnvironment(artifact.directory);
        const auto child = runChild(spec, m_cancel);
        return child ? child->output + child->errors : QByteArray("not started");
    }
    QStringList leftovers() const
    {
        return QDir(at(u"store/scratch"_s)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot)
            + QDir(at(u"store/releases"_s)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    }

private Q_SLOTS:
    void init()
    {
        m_scratch = std::make_unique<QTemporaryDir>();
        isolateGit(at(u"home"_s));
        m_store = std::make_unique<ReleaseStore>(at(u"store"_s));
        m_log.clear();
    }
    void cleanup() { QVERIFY(deleteTree(m_scratch->path())); }

    void sameCommitSameIdentity()
    {
        TestRepository repository(at(u"app"_s));
        repository.write(u"Procfile"_s, "web: ./run\n");
        repository.write(u"run"_s, "#!/bin/sh\n", true);
        const QString sha = repository.commit(u"First"_s);
        const auto mirror = Mirror::create(repository.path(), at(u"mirror"_s), m_cancel);
        QVERIFY(mirror);
        QList<Artifact> artifacts;
        for (int i = 0; i < 2; ++i) {
            // A second store knows nothing of the first: equal by content, not by memory.
            m_store = std::make_unique<ReleaseStore>(at(u"store%1"_s.arg(i)));
            Tree tree;
            tree.directory = m_store->scratchDirectory().value();
            tree.treeId = mirror->treeOf(sha).value();
            tree.version = sha;
            QVERIFY(mirror->archive(sha, tree.directory, m_cancel));
            const auto artifact = build(tree);
            QVERIFY(artifact);
            artifacts << *artifact;
            QVERIFY(!QFileInfo::exists(tree.directory));
        }
        QCOMPARE(artifacts.at(0).identity, artifacts.at(1).identity);
        QVERIFY(artifacts.at(0).identity.startsWith(u"tree:"_s + mirror->treeOf(sha).value() + u"+sha256:"_s));
        QCOMPARE(artifacts.at(0).label.size(), 17);
        // A clean working copy is the same artifact; with a change it is another one.
        const Artifact copy = mustBuild(repository.path());
        QCOMPARE(copy.identity, artifacts.at(0).identity);
        QVERIFY(m_log.join(u'\n').contains(u"Built before"_s));
        repository.write(u"run"_s, "#!/bin/sh\n# more\n", true);
        QVERIFY(mustBuild(repository.path()).identity != copy.identity);

        const QFileInfo run(copy.directory + u"/run"_s);
        struct stat status = {};
        QCOMPARE(::stat(QFile::encodeName(run.filePath()).constData(), &status), 0);
        QCOMPARE(status.st_mode & 07777, 0555u);
        QCOMPARE(::stat(QFile::encodeName(copy.directory).constData(), &status), 0);
        QCOMPARE(status.st_mode & 07777, 0555u);
        QVERIFY(m_store->verify(copy, m_cancel));
        QFile::setPermissions(run.filePath(), QFile::ReadOwner | QFile::WriteOwner);
        writeFile(run.filePath(), "changed");
        QCOMPARE(m_store->verify(copy, m_cancel).error().kind(), Error::Kind::Storage);
    }

    void snapshotsWorkingCopies()
    {
        TestRepository repository(at(u"repo"_s));
        repository.write(u".gitignore"_s, "*.log\nsecret\n");
        repository.write(u"shop/kept.log"_s, "tracked though ignored");
        repository.write(u"shop/a"_s, "1");
        repository.write(u"other/b"_s, "2");
        repository.git({u"add"_s, u"-f"_s, u"shop/kept.log"_s});
        const QString base = repository.commit(u"First"_s);
        repository.write(u"shop/secret"_s, "ignored");
        const QByteArray before = repository.git({u"status"_s, u"--porcelain"_s, u"--ignored"_s})
            + repository.git({u"count-objects"_s, u"-v"_s}) + readFile(repository.path(u".git/index"_s)).toHex();
        const Tree clean = snapshot(repository.path());
        QVERIFY(!clean.uncommitted);
        QCOMPARE(clean.version, base);
        QCOMPARE(clean.treeId, QString::fromLatin1(repository.git({u"rev-parse"_s, u"HEAD^{tree}"_s})));
        QVERIFY(QFileInfo::exists(clean.directory + u"/shop/kept.log"_s));
        QVERIFY(!QFileInfo::exists(clean.directory + u"/shop/secret"_s));
        const Tree part = snapshot(repository.path(u"shop"_s)); // a folder of a larger repository
        QVERIFY(!part.uncommitted);
        QVERIFY(QFileInfo::exists(part.directory + u"/a"_s));
        QVERIFY(!QFileInfo::exists(part.directory + u"/other"_s));
        QCOMPARE(repository.git({u"status"_s, u"--porcelain"_s, u"--ignored"_s})
                     + repository.git({u"count-objects"_s, u"-v"_s})
                     + readFile(repository.path(u".git/index"_s)).toHex(),
                 before);

        repository.write(u"shop/new"_s, "untracked");
        QVERIFY(QFile::remove(repository.path(u"shop/a"_s)));
        const Tree dirty = snapshot(repository.path());
        QVERIFY(dirty.uncommitted);
        QCOMPARE(readFile(dirty.directory + u"/shop/new"_s), "untracked");
        QVERIFY(!QFileInfo::exists(dirty.directory + u"/shop/a"_s));
        QCOMPARE(describeDirectory(repository.path()).title, u"Working copy of repo"_s);
        repository.branch(u"faster-checkout"_s);
        QCOMPARE(describeDirectory(repository.path()).title, u"Working copy of Faster checkout"_s);

        writeFile(at(u"plain/x.log"_s), "1");
        writeFile(at(u"plain/.gitignore"_s), "*.log\n");
        const Tree plain = snapshot(at(u"plain"_s));
        QVERIFY(plain.uncommitted && plain.version.isEmpty());
        QVERIFY(QFileInfo::exists(plain.directory + u"/x.log"_s));
        QVERIFY(!QFileInfo::exists(at(u"plain/.git"_s)));

        QDir().mkpath(at(u"void"_s));
        QCOMPARE(snapshotDirectory(at(u"void"_s), at(u"out"_s), m_cancel).error().kind(), Error::Kind::Invalid);
        QCOMPARE(snapshotDirectory(at(u"absent"_s), at(u"out"_s), m_cancel).error().kind(), Error::Kind::NotFound);
        QVERIFY(!QFileInfo::exists(at(u"out"_s)) && !QFileInfo::exists(at(u"out.git"_s)));
    }

    void keepsNothingOfFailedBuilds()
    {
        writeFile(at(u"app/slipway.json"_s),
                  R"({"build": "seq 1 100; (setsid sleep 987 &) ; sleep 986 & echo broken >&2; exit 3"})");
        const auto failed = build(snapshot(at(u"app"_s)));
        QVERIFY(!failed);
        QCOMPARE(failed.error().kind(), Error::Kind::Failed);
        QVERIFY(failed.error().message().contains(u"status 3"_s));
        const QStringList last = failed.error().detail().split(u'\n');
        QCOMPARE(last.size(), 30);
        QVERIFY(last.contains(u"100"_s) && last.contains(u"broken"_s));
        QVERIFY(m_log.contains(u"1"_s));
        QCOMPARE(leftovers(), QStringList());
        // What left the process group has been ended as well.
        QProcess list;
        list.start(u"ps"_s, {u"-eo"_s, u"args"_s});
        QVERIFY(list.waitForFinished());
        QVERIFY(!QRegularExpression(u"^sleep 98[67]$"_s, QRegularExpression::MultilineOption)
                     .match(QString::fromUtf8(list.readAllStandardOutput()))
                     .hasMatch());

        writeFile(at(u"app/slipway.json"_s), R"({"build": "mkfifo pipe"})");
        QCOMPARE(build(snapshot(at(u"app"_s))).error().kind(), Error::Kind::Invalid);
        writeFile(at(u"app/slipway.json"_s), R"({"build": "echo 'cp: x: No space left on device' >&2; exit 1"})");
        QCOMPARE(build(snapshot(at(u"app"_s))).error().kind(), Error::Kind::NoSpace);
        QCOMPARE(leftovers(), QStringList());
    }

    void stopsWhenCancelled()
    {
        writeFile(at(u"app/slipway.json"_s), R"({"build": "echo started; trap '' TERM; sleep 985"})");
        const Tree tree = snapshot(at(u"app"_s));
        Cancel cancel;
        const LineSink log = [&cancel](const QString &line, bool) {
            if (line == u"started"_s)
                cancel.cancel();
        };
        const auto stopped = m_store->build(tree, *AppManifest::read(tree.directory), log, cancel);
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind(), Error::Kind::Cancelled);
        QCOMPARE(leftovers(), QStringList());
    }

    void buildsOnceInACleanEnvironment()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "desktop");
        writeFile(at(u"app/slipway.json"_s), R"({"build": "env > env.txt; echo once >> $SLIPWAY_CACHE_DIR/count"})");
        const Artifact first = mustBuild(at(u"app"_s));
        const Artifact second = mustBuild(at(u"app"_s));
        QCOMPARE(second, first);
        QCOMPARE(readFile(at(u"store/cache/count"_s)), "once\n");
        const QByteArray environment = readFile(first.directory + u"/env.txt"_s);
        QVERIFY(environment.contains("PATH=") && environment.contains("HOME="));
        QVERIFY(!environment.contains("DBUS_SESSION") && !environment.contains("GIT_AUTHOR"));
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        // Two at once: one directory, both are told of it.
        writeFile(at(u"app/more"_s), "x");
        writeFile(at(u"app/slipway.json"_s), R"({"build": "echo built > out"})");
        const Tree one = snapshot(at(u"app"_s));
        const Tree two = snapshot(at(u"app"_s));
        const AppManifest manifest = *AppManifest::read(one.directory);
        std::optional<Artifact> other;
        std::thread worker([&] { other = m_store->build(two, manifest, {}, m_cancel).value(); });
        const auto mine = m_store->build(one, manifest, {}, m_cancel);
        worker.join();
        QVERIFY(mine && other);
        QCOMPARE(*other, *mine);
    }

    void keepsOddThingsHarmless()
    {
        TestRepository repository(at(u"app"_s));
        repository.write(u"slipway.json"_s,
                         R"({"build": "chmod 6755 tool; ln -s $PWD/tool inside; mkdir -m 700 empty"})");
        repository.write(u"tool"_s, "#!/bin/sh\n", true);
        QVERIFY(QFile::link(u"../../outside"_s, repository.path(u"escape"_s)));
        writeFile(at(u"store/outside/precious"_s), "here");
        repository.commit(u"Odd"_s);
        const QByteArray raw = QFile::encodeName(repository.path()) + "/latin-\xe9";
        fclose(fopen(raw.constData(), "w"));
        const Artifact artifact = mustBuild(repository.path());
        struct stat status = {};
        QCOMPARE(::stat((QFile::encodeName(artifact.directory) + "/tool").constData(), &status), 0);
        QCOMPARE(status.st_mode & 07777, 0555u);
        QCOMPARE(::access((QFile::encodeName(artifact.directory) + "/latin-\xe9").constData(), R_OK), 0);
        char target[64] = {};
        QVERIFY(::readlink((QFile::encodeName(artifact.directory) + "/inside").constData(), target, sizeof target - 1)
                > 0);
        QCOMPARE(QByteArray(target), "tool"); // moving the release does not break it
        QVERIFY(m_log.join(u'\n').contains(u"the link escape leads out"_s));
        QVERIFY(m_store->prune({}, 0));
        QCOMPARE(leftovers(), QStringList());
        QVERIFY(!m_store->find(artifact.identity));
        QCOMPARE(readFile(at(u"store/outside/precious"_s)), "here"); // links are never followed
    }

    void prunesByIdentity()
    {
        QList<Artifact> artifacts;
        for (int i = 0; i < 4; ++i) {
            writeFile(at(u"app/file"_s), QByteArray::number(i));
            artifacts << mustBuild(at(u"app"_s));
            // Order by time, whatever the clock's grain.
            QFile json(artifacts.last().directory + u".json"_s);
            QVERIFY(json.open(QIODevice::ReadWrite));
            json.setFileTime(QDateTime::fromSecsSinceEpoch(1700000000 + i), QFileDevice::FileModificationTime);
        }
        writeFile(at(u"store/scratch/999999999-dead/file"_s), "x");
        const QString own = m_store->scratchDirectory().value();
        writeFile(own + u"/file"_s, "x");
        QVERIFY(m_store->prune({artifacts.at(0).identity}, 1));
        QVERIFY(m_store->find(artifacts.at(0).identity));
        QVERIFY(!m_store->find(artifacts.at(1).identity));
        QVERIFY(!QFileInfo::exists(artifacts.at(2).directory));
        QVERIFY(m_store->find(artifacts.at(3).identity));
        QVERIFY(QFileInfo::exists(own));
        QVERIFY(!QFileInfo::exists(at(u"store/scratch/999999999-dead"_s)));
        QCOMPARE(QDir(at(u"store/index"_s)).entryList(QDir::Files).size(), 2);
        QVERIFY(!m_store->find(u"rubbish"_s) && !m_store->find({}));
    }

    void letsProcessesWriteWhereDeclared()
    {
        writeFile(at(u"app/server"_s), "code");
        writeFile(at(u"app/tmp/keep"_s), "from the release");
        const Artifact artifact = mustBuild(at(u"app"_s));
        QCOMPARE(writableView(artifact.directory, {}, at(u"env/writable"_s), at(u"env/app"_s)).value(),
                 artifact.directory);
        for (int i = 0; i < 2; ++i) { // again with the next release
            const auto view =
                writableView(artifact.directory, {u"tmp"_s, u"var/log"_s}, at(u"env/writable"_s), at(u"env/app"_s));
            QVERIFY2(view, qPrintable(view ? QString() : view.error().text()));
            QCOMPARE(readFile(*view + u"/tmp/keep"_s), "from the release");
            QCOMPARE(readFile(*view + u"/server"_s), "code");
            writeFile(*view + u"/tmp/mine"_s, "1");
            writeFile(*view + u"/var/log/x"_s, "2");
        }
        QCOMPARE(readFile(at(u"env/writable/tmp/mine"_s)), "1");
        QCOMPARE(readFile(at(u"env/writable/var/log/x"_s)), "2");
        QVERIFY(m_store->verify(artifact, m_cancel)); // the release has not changed
    }

    void buildsNode()
    {
        if (QStandardPaths::findExecutable(u"npm"_s).isEmpty())
            QSKIP("npm is not installed.");
        writeFile(at(u"app/package.json"_s),
                  R"({"name": "app", "version": "1.0.0", "dependencies": {"greet": "file:greet"},
            "scripts": {"build": "node -p '6*7' > built.txt"}})");
        writeFile(at(u"app/greet/package.json"_s),
                  R"({"name": "greet", "version": "1.0.0", "bin": {"greet": "cli.js"}})");
        writeFile(at(u"app/greet/index.js"_s), "module.exports = () => 'hello from node';\n");
        writeFile(at(u"app/greet/cli.js"_s), "#!/usr/bin/env node\nconsole.log(require('.')());\n", true);
        writeFile(at(u"app/main.js"_s), "console.log(require('greet')());\n");
        writeFile(at(u"app/package-lock.json"_s),
                  R"({"name": "app", "version": "1.0.0", "lockfileVersion": 3, "packages": {
            "": {"name": "app", "version": "1.0.0", "dependencies": {"greet": "file:greet"}},
            "greet": {"version": "1.0.0", "bin": {"greet": "cli.js"}},
            "node_modules/greet": {"resolved": "greet", "link": true}}})");
        const Artifact artifact = mustBuild(at(u"app"_s));
        QVERIFY(m_log.contains(u"Building (package-lock.json): npm ci --no-audit --no-fund && npm run build"_s));
        QCOMPARE(outputOf(artifact, u"node main.js"_s), "hello from node\n");
        QCOMPARE(outputOf(artifact, u"greet"_s), "hello from node\n");
        QCOMPARE(readFile(artifact.directory + u"/built.txt"_s), "42\n");
        QVERIFY(!QFileInfo::exists(at(u"app/node_modules"_s)));
    }

    void buildsPython()
    {
        // A wheel made by hand: the test needs no network.
        writeFile(at(u"make.py"_s), R"(
import sys, zipfile
with zipfile.ZipFile(sys.argv[1] + "/greet-1.0-py3-none-any.whl", "w") as wheel:
    info = "greet-1.0.dist-info/"
    wheel.writestr("greet.py", "def main():\n    print('hello from python')\n")
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\nName: greet\nVersion: 1.0\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    wheel.writestr(info + "entry_points.txt", "[console_scripts]\ngreet = greet:main\n")
    wheel.writestr(info + "RECORD", "")
)");
        QDir().mkpath(at(u"app/wheels"_s));
        if (QProcess::execute(u"python3"_s, {at(u"make.py"_s), at(u"app/wheels"_s)}) != 0
            || QProcess::execute(u"python3"_s, {u"-c"_s, u"import venv, ensurepip"_s}) != 0)
            QSKIP("python3 with venv is not installed.");
        writeFile(at(u"app/requirements.txt"_s), "--no-index\n--find-links wheels\ngreet==1.0\n");
        const Artifact artifact = mustBuild(at(u"app"_s));
        QVERIFY(m_log.join(u'\n').contains(u"Building (requirements.txt): python3 -m venv .venv"_s));
        QCOMPARE(outputOf(artifact, u"python3 -c 'import greet; greet.main()'"_s), "hello from python\n");
        QCOMPARE(outputOf(artifact, u"greet"_s), "hello from python\n"); // its first line named the scratch folder
        QVERIFY(readFile(artifact.directory + u"/.venv/bin/greet"_s).startsWith("#!/bin/sh\n'''exec' \"$(dirname"));
    }

    void buildsMake()
    {
        if (QStandardPaths::findExecutable(u"make"_s).isEmpty() || QStandardPaths::findExecutable(u"cc"_s).isEmpty())
            QSKIP("make and a C compiler are not installed.");
        writeFile(at(u"app/Makefile"_s), "hello: hello.c\n\tcc -o $@ $<\n");
        writeFile(at(u"app/hello.c"_s), "#include <stdio.h>\nint main(void) { puts(\"hello from c\"); return 0; }\n");
        writeFile(at(u"app/requirements.txt"_s), "# nothing needed\n");
        const Tree undeclared = snapshot(at(u"app"_s));
        QVERIFY(m_store->recipe(undeclared.directory, {}).command.isEmpty());
        writeFile(at(u"app/slipway.json"_s), R"({"build": "make"})");
        QCOMPARE(outputOf(mustBuild(at(u"app"_s)), u"./hello"_s), "hello from c\n");
        writeFile(at(u"app/hello.c"_s), "int main(void) { return oops; }\n");
        const auto failed = build(snapshot(at(u"app"_s)));
        QVERIFY(!failed);
        QVERIFY(failed.error().detail().contains(u"oops"_s)); // the compiler's own words
        QVERIFY(deleteTree(undeclared.directory));
    }
};

QTEST_GUILESS_MAIN(TestReleaseStore)
#include "tst_releasestore.moc"
