// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace {

const QByteArray kServer = R"(import http.server, os
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"good\n")
    def log_message(self, *words):
        pass
http.server.ThreadingHTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Page).serve_forever()
)";
constexpr int kDiskMiB = 48;

} // namespace

/// No space left, on a small disk that is really full: said so, nothing half-made, and it goes on once there is room.
class TestCliSpace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_desk.reset(); }
    void whileDataIsCopied();
    void whileBuilding();
    void whileTheJournalIsWritten();

private:
    QString dataFolder() const { return m_desk->home() + u"/local/pipelines/app/environments/staging/data"_s; }
    QStringList scratch() const
    {
        return QDir(m_desk->home() + u"/local/pipelines/app/scratch"_s)
            .entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    }
    void servesAsBefore(const QJsonObject &before);
    std::unique_ptr<Desk> m_desk;
    QString m_repository;
};

void TestCliSpace::init()
{
    m_desk = std::make_unique<Desk>();
    if (const QString why = m_desk->putHomeOnDisk(kDiskMiB); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_repository =
        m_desk->makeRepository(u"app"_s, {{u"Procfile"_s, "web: exec python3 server.py\n"}, {u"server.py"_s, kServer}});
    const Ran added = m_desk->run({u"pipeline"_s, u"add"_s, u"app"_s, u"--repo"_s, m_repository});
    QVERIFY2(added.code == 0, added.told());
}

void TestCliSpace::servesAsBefore(const QJsonObject &before)
{
    const QJsonObject after = m_desk->environment(u"app"_s, u"staging"_s);
    QCOMPARE(after[u"artifact"_s], before[u"artifact"_s]);
    QCOMPARE(after[u"release"_s], before[u"release"_s]);
    QCOMPARE(after[u"state"_s], u"running"_s);
    QCOMPARE(Desk::fetch(after[u"direct_address"_s].toString()), "good\n");
}

void TestCliSpace::whileDataIsCopied()
{
    const QJsonObject before = m_desk->environment(u"app"_s, u"staging"_s);
    QFile data(dataFolder() + u"/orders"_s);
    QVERIFY(data.open(QIODevice::WriteOnly));
    QCOMPARE(data.write(QByteArray(8 * 1024 * 1024, 'o')), 8 * 1024 * 1024);
    data.close();
    m_desk->fillDisk(4 * 1024);
    const QStringList clone{u"clone"_s, u"app"_s, u"--name"_s, u"dev1"_s, u"--data"_s, u"copy"_s};
    const Ran refused = m_desk->run(clone);
    QVERIFY2(refused.code == 1, refused.told());
    QVERIFY2(refused.err.contains("No space is left on the disk") && refused.err.contains("orders"), refused.told());
    QVERIFY2(refused.err.contains("Make room"), refused.told());
    for (const QString &path : m_desk->listing())
        QVERIFY2(!path.contains(u"dev1"), qUtf8Printable(path));
    QVERIFY(m_desk->environment(u"app"_s, u"dev1"_s).isEmpty());
    servesAsBefore(before);
    m_desk->makeRoom();
    const Ran cloned = m_desk->run(clone);
    QVERIFY2(cloned.code == 0, cloned.told());
    QCOMPARE(QFileInfo(dataFolder().replace(u"staging"_s, u"dev1"_s) + u"/orders"_s).size(), 8 * 1024 * 1024);
}

void TestCliSpace::whileBuilding()
{
    const QJsonObject before = m_desk->environment(u"app"_s, u"staging"_s);
    QFile recipe(m_repository + u"/slipway.json"_s);
    QVERIFY(recipe.open(QIODevice::WriteOnly));
    recipe.write(R"({"build": "head -c 8388608 /dev/zero > big"})");
    recipe.close();
    m_desk->fillDisk(4 * 1024);
    const QStringList deploy{u"deploy"_s, u"app/staging"_s, u"--dir"_s, m_repository};
    const Ran refused = m_desk->run(deploy);
    QVERIFY2(refused.code == 1, refused.told());
    QVERIFY2(refused.err.contains("no space is left on the disk") && refused.err.contains("Make room"), refused.told());
    QCOMPARE(scratch(), QStringList());
    servesAsBefore(before);
    m_desk->makeRoom();
    const Ran deployed = m_desk->run(deploy);
    QVERIFY2(deployed.code == 0, deployed.told());
    QCOMPARE(m_desk->environment(u"app"_s, u"staging"_s)[u"release"_s], u"v2"_s);
}

void TestCliSpace::whileTheJournalIsWritten()
{
    const QJsonObject before = m_desk->environment(u"app"_s, u"staging"_s);
    const QList<qint64> processes = m_desk->processes();
    const qsizetype operations = m_desk->run({u"operations"_s, u"--json"_s}).json()[u"operations"_s].toArray().size();
    m_desk->fillDisk(0);
    const Ran refused = m_desk->run({u"restart"_s, u"app/staging"_s});
    QVERIFY2(refused.code == 1, refused.told());
    QVERIFY2(refused.err.contains("no space left") && refused.err.contains("Free some space"), refused.told());
    QCOMPARE(m_desk->processes(), processes); // the step has not started: nobody was restarted
    m_desk->makeRoom();
    servesAsBefore(before);
    const Ran after = m_desk->run({u"operations"_s, u"--json"_s});
    QCOMPARE(after.json()[u"operations"_s].toArray().size(), operations);
    const Ran restarted = m_desk->run({u"restart"_s, u"app/staging"_s});
    QVERIFY2(restarted.code == 0, restarted.told());
    QVERIFY(m_desk->processes() != processes);
}

QTEST_GUILESS_MAIN(TestCliSpace)
#include "tst_clispace.moc"
