// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QProcess>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

/// Its second start of a release named in STUCK waits, before it listens, until the gate is open.
const QByteArray kServer = R"(import http.server, os, time
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(os.environ["SLIPWAY_RELEASE"].encode() + b"\n")
    def log_message(self, *words):
        pass
here = os.environ["TRACE"]
if os.path.exists("stuck"):
    with open(here, "a") as trace:
        print("begin", file=trace)
    if len(open(here).readlines()) == 2:
        while not os.path.exists(here + ".gate"):
            time.sleep(0.05)
http.server.ThreadingHTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Page).serve_forever()
)";
const QByteArray kProcfile = "web: exec python3 server.py\n";

/// Says when it begins and when it ends; in between waits for the gate. What it starts leaves the session and forgets
/// its environment, so that nothing but the guard knows it.
QByteArray held(const QString &trace)
{
    return QFile::encodeName(u"echo begin >> %1; env -i setsid sleep 98765 & while ! test -e %1.gate; do sleep 0.05; "
                             "done; echo end >> %1"_s.arg(trace));
}

} // namespace

/// slipwayd is killed in the middle of something: what was begun is ended by its guard, the next daemon clears away
/// what is half made, and slipwayctl goes on with the same request, which has its effect once.
class TestCliKilled : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_desk.reset(); }
    void inACloneThatCopiesData();
    void inABuild();
    void inAReleasePhase();
    void inTheSwitch();
    void inAOneOff();

private:
    void write(const QString &name, const QByteArray &text);
    QByteArray trace() const;
    qsizetype begun() const { return trace().count("begin"); }
    void killDaemonIn(QProcess &command, int times);
    void open();
    QList<qint64> escapees() const;
    QStringList entries(const QString &folder) const;

    std::unique_ptr<Desk> m_desk;
    QString m_repository;
    QString m_trace;
};

void TestCliKilled::init()
{
    m_desk = std::make_unique<Desk>();
    m_trace = m_desk->folder() + u"/trace"_s;
    const QByteArray recipe = R"({"data": [{"command": ")" + held(m_trace) + R"(; echo copied > $TARGET_DATA/copy"}]})";
    m_repository = m_desk->makeRepository(u"app"_s,
                                          {{u"Procfile"_s, kProcfile},
                                           {u"server.py"_s, kServer},
                                           {u"slipway.json"_s, recipe},
                                           {u".env"_s, "TRACE=" + QFile::encodeName(m_trace) + "\n"}});
    const Ran added = m_desk->run({u"pipeline"_s, u"add"_s, u"app"_s, u"--repo"_s, m_repository});
    QVERIFY2(added.code == 0, added.told());
}

void TestCliKilled::write(const QString &name, const QByteArray &text)
{
    QFile file(m_repository + u'/' + name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QByteArray TestCliKilled::trace() const
{
    QFile file(m_trace);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList TestCliKilled::entries(const QString &folder) const
{
    return QDir(m_desk->home() + u"/local/pipelines/app/"_s + folder)
        .entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
}

QList<qint64> TestCliKilled::escapees() const
{
    QList<qint64> found;
    for (const QString &entry : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        QFile command(u"/proc/%1/cmdline"_s.arg(entry));
        QFile variables(u"/proc/%1/environ"_s.arg(entry));
        if (command.open(QIODevice::ReadOnly) && command.readAll() == "sleep\00098765\000"_ba
            && variables.open(QIODevice::ReadOnly) && variables.readAll().isEmpty())
            found << entry.toLongLong();
    }
    return found;
}

void TestCliKilled::open()
{
    QFile gate(m_trace + u".gate"_s);
    QVERIFY(gate.open(QIODevice::WriteOnly));
}

/// Once the work has begun for the `times`-th time; until the next daemon is there.
void TestCliKilled::killDaemonIn(QProcess &command, int times)
{
    QTRY_VERIFY2_WITH_TIMEOUT(begun() == times, command.readAllStandardError(), 60000);
    const qint64 daemon = m_desk->daemon();
    QVERIFY(daemon > 0);
    ::kill(static_cast<pid_t>(daemon), SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->daemon() > 0 && m_desk->daemon() != daemon, 60000);
}

void TestCliKilled::inACloneThatCopiesData()
{
    const auto clone = m_desk->start({u"clone"_s, u"app"_s, u"--name"_s, u"dev1"_s, u"--data"_s, u"copy"_s});
    killDaemonIn(*clone, 1);
    QTRY_COMPARE_WITH_TIMEOUT(begun(), 2, 60000); // made anew from its beginning
    QTRY_COMPARE_WITH_TIMEOUT(escapees().size(), 1, 20000); // the first one has gone
    open();
    const Ran ran = Desk::finish(*clone);
    QVERIFY2(ran.code == 0, ran.told());
    QCOMPARE(trace(), "begin\nbegin\nend\n"_ba);
    QCOMPARE(escapees(), QList<qint64>());
    QCOMPARE(entries(u"environments"_s), (QStringList{u"dev1"_s, u"production"_s, u"staging"_s}));
    QCOMPARE(entries(u"removed"_s), QStringList());
    QCOMPARE(entries(u"environments/dev1/data"_s), QStringList{u"copy"_s});
    QCOMPARE(m_desk->environment(u"app"_s, u"dev1"_s)[u"state"_s], u"running"_s);
}

void TestCliKilled::inABuild()
{
    write(u"slipway.json"_s, R"({"build": ")" + held(m_trace) + R"("})");
    const auto deploy = m_desk->start({u"deploy"_s, u"app/staging"_s, u"--dir"_s, m_repository});
    killDaemonIn(*deploy, 1);
    QTRY_COMPARE_WITH_TIMEOUT(begun(), 2, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(escapees().size(), 1, 20000);
    QTRY_COMPARE(entries(u"scratch"_s).size(), 1); // of the build that goes on
    open();
    const Ran ran = Desk::finish(*deploy);
    QVERIFY2(ran.code == 0, ran.told());
    QCOMPARE(trace(), "begin\nbegin\nend\n"_ba);
    QCOMPARE(escapees(), QList<qint64>());
    QCOMPARE(entries(u"scratch"_s), QStringList());
    const QJsonObject staging = m_desk->environment(u"app"_s, u"staging"_s);
    QCOMPARE(staging[u"release"_s], u"v2"_s);
    QCOMPARE(Desk::fetch(staging[u"direct_address"_s].toString()), "v2\n");
}

void TestCliKilled::inAReleasePhase()
{
    write(u"Procfile"_s, kProcfile + "release: " + held(m_trace) + "\n");
    const auto deploy = m_desk->start({u"deploy"_s, u"app/staging"_s, u"--dir"_s, m_repository});
    killDaemonIn(*deploy, 1);
    QTRY_COMPARE_WITH_TIMEOUT(begun(), 2, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(escapees().size(), 1, 20000);
    QCOMPARE(Desk::fetch(m_desk->environment(u"app"_s, u"staging"_s)[u"direct_address"_s].toString()), "v1\n");
    open();
    const Ran ran = Desk::finish(*deploy);
    QVERIFY2(ran.code == 0, ran.told());
    QCOMPARE(trace(), "begin\nbegin\nend\n"_ba);
    QCOMPARE(escapees(), QList<qint64>());
    QCOMPARE(entries(u"environments/staging/runs"_s).size(), 1);
    QCOMPARE(m_desk->environment(u"app"_s, u"staging"_s)[u"release"_s], u"v2"_s);
}

void TestCliKilled::inTheSwitch()
{
    write(u"stuck"_s, "yes");
    const auto deploy = m_desk->start({u"deploy"_s, u"app/staging"_s, u"--dir"_s, m_repository});
    killDaemonIn(*deploy, 2); // the first start is the try-out, the second one that in the old release's place
    open();
    const Ran ran = Desk::finish(*deploy);
    QVERIFY2(ran.code == 0, ran.told());
    const QJsonObject staging = m_desk->environment(u"app"_s, u"staging"_s);
    QCOMPARE(staging[u"release"_s], u"v2"_s);
    QCOMPARE(Desk::fetch(staging[u"direct_address"_s].toString()), "v2\n");
    const Ran releases = m_desk->run({u"releases"_s, u"app/staging"_s, u"--json"_s});
    QCOMPARE(releases.json()[u"releases"_s].toArray().size(), 2);
    QCOMPARE(entries(u"environments/staging/runs"_s).size(), 1); // neither the old one nor the half started one
}

void TestCliKilled::inAOneOff()
{
    const auto command =
        m_desk->start({u"run"_s, u"app/staging"_s, u"--"_s, u"sh"_s, u"-c"_s, QFile::decodeName(held(m_trace))});
    QTRY_COMPARE_WITH_TIMEOUT(begun(), 1, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(escapees().size(), 1, 20000);
    ::kill(static_cast<pid_t>(m_desk->daemon()), SIGKILL);
    const Ran ran = Desk::finish(*command);
    QVERIFY2(ran.code != 0, ran.told()); // never sent twice: whoever typed it decides
    QVERIFY2(ran.err.contains("slipwayd"), ran.told());
    QTRY_COMPARE_WITH_TIMEOUT(escapees(), QList<qint64>(), 20000);
    QCOMPARE(trace(), "begin\n"_ba);
    const QJsonObject staging = m_desk->environment(u"app"_s, u"staging"_s);
    QCOMPARE(Desk::fetch(staging[u"direct_address"_s].toString()), "v1\n");
    QTRY_COMPARE_WITH_TIMEOUT(entries(u"environments/staging/runs"_s).size(), 1, 20000);
}

QTEST_GUILESS_MAIN(TestCliKilled)
#include "tst_clikilled.moc"
