// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTcpServer>
#include <QUrl>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

/// Writes as many numbered lines as the file $DATA_DIR/flood says, once it is there.
const QByteArray kServer = R"(import http.server, os, threading, time
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"good\n")
    def log_message(self, *words):
        pass
def flood():
    order = os.path.join(os.environ["DATA_DIR"], "flood")
    print("ready to flood")
    while not os.path.exists(order):
        time.sleep(0.05)
    for number in range(int(open(order).read())):
        print(f"line {number} " + 60 * "x")
    print("flood over")
threading.Thread(target=flood, daemon=True).start()
http.server.ThreadingHTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Page).serve_forever()
)";

} // namespace

/// What is wrong with the machine rather than with the application, seen through slipwayctl.
class TestCliFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_desk.reset(); }
    void dataThatCannotBeRead();
    void dataFolderThatCannotBeUsed();
    void portTaken();
    void missingPrograms();
    void stateOfANewerVersion();
    void logsAcrossARotation();

private:
    void addPipeline();
    QString environmentFolder(const QString &name) const
    {
        return m_desk->home() + u"/local/pipelines/app/environments/"_s + name;
    }
    std::unique_ptr<Desk> m_desk;
    QString m_repository;
};

void TestCliFaults::init()
{
    m_desk = std::make_unique<Desk>();
    m_repository =
        m_desk->makeRepository(u"app"_s, {{u"Procfile"_s, "web: exec python3 server.py\n"}, {u"server.py"_s, kServer}});
}

void TestCliFaults::addPipeline()
{
    const Ran added = m_desk->run({u"pipeline"_s, u"add"_s, u"app"_s, u"--repo"_s, m_repository});
    QVERIFY2(added.code == 0, added.told());
}

void TestCliFaults::dataThatCannotBeRead()
{
    if (const QString why = m_desk->becomeNobody(); !why.isEmpty())
        QSKIP(qPrintable(why));
    addPipeline();
    const QString secret = environmentFolder(u"staging"_s) + u"/data/orders"_s;
    QFile data(secret);
    QVERIFY(data.open(QIODevice::WriteOnly));
    data.write("one");
    data.close();
    QVERIFY(data.setPermissions(QFile::Permissions())); // and, for root, not of the one who copies
    const QStringList clone{u"clone"_s, u"app"_s, u"--name"_s, u"dev1"_s, u"--data"_s, u"copy"_s};
    const Ran refused = m_desk->run(clone);
    QVERIFY2(refused.code == 1, refused.told());
    QVERIFY2(refused.err.contains(secret.toUtf8()) && refused.err.contains("cannot be read"), refused.told());
    QVERIFY2(refused.err.contains("Give yourself the right to read"), refused.told());
    QVERIFY(!QFile::exists(environmentFolder(u"dev1"_s)));
    QVERIFY(m_desk->environment(u"app"_s, u"dev1"_s).isEmpty());
    QCOMPARE(m_desk->environment(u"app"_s, u"staging"_s)[u"state"_s], u"running"_s);
    QVERIFY(data.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    const Ran cloned = m_desk->run(clone);
    QVERIFY2(cloned.code == 0, cloned.told());
}

void TestCliFaults::dataFolderThatCannotBeUsed()
{
    if (const QString why = m_desk->becomeNobody(); !why.isEmpty())
        QSKIP(qPrintable(why));
    addPipeline();
    const QString folder = environmentFolder(u"staging"_s) + u"/data"_s;
    QVERIFY(QFile::setPermissions(folder, QFile::Permissions()));
    const Ran refused = m_desk->run({u"deploy"_s, u"app/staging"_s, u"--dir"_s, m_repository});
    QVERIFY2(refused.code == 1, refused.told());
    QVERIFY2(refused.err.contains(folder.toUtf8()) && refused.err.contains("chmod"), refused.told());
    const Ran clone = m_desk->run({u"clone"_s, u"app"_s, u"--name"_s, u"dev1"_s, u"--data"_s, u"copy"_s});
    QVERIFY2(clone.code == 1 && clone.err.contains(folder.toUtf8()), clone.told());
    QVERIFY(!QFile::exists(environmentFolder(u"dev1"_s)));
    const QJsonObject staging = m_desk->environment(u"app"_s, u"staging"_s);
    QCOMPARE(staging[u"release"_s], u"v1"_s);
    QCOMPARE(Desk::fetch(staging[u"direct_address"_s].toString()), "good\n"); // it goes on serving
    QVERIFY(QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    const Ran deployed = m_desk->run({u"deploy"_s, u"app/staging"_s, u"--dir"_s, m_repository});
    QVERIFY2(deployed.code == 0, deployed.told());
}

void TestCliFaults::portTaken()
{
    addPipeline();
    const QUrl address(m_desk->environment(u"app"_s, u"staging"_s)[u"direct_address"_s].toString());
    const Ran suspended = m_desk->run({u"suspend"_s, u"app/staging"_s});
    QVERIFY2(suspended.code == 0, suspended.told());
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, static_cast<quint16>(address.port())));
    const Ran refused = m_desk->run({u"resume"_s, u"app/staging"_s});
    QVERIFY2(refused.code == 1, refused.told());
    const QByteArray port = "Port " + QByteArray::number(address.port()) + " of “staging” is taken by tst_clifaults";
    QVERIFY2(refused.err.contains(port) && refused.err.contains("End that program"), refused.told());
    QCOMPARE(m_desk->environment(u"app"_s, u"staging"_s)[u"state"_s], u"crashed"_s);
    other.close();
    const Ran resumed = m_desk->run({u"resume"_s, u"app/staging"_s});
    QVERIFY2(resumed.code == 0, resumed.told());
    QCOMPARE(Desk::fetch(address.toString()), "good\n");
}

void TestCliFaults::missingPrograms()
{
    const QString folder = m_desk->folder() + u"/programs"_s;
    QDir().mkpath(folder);
    m_desk->setVariable(u"SLIPWAY_LIBEXEC"_s, folder);
    const QStringList add{u"pipeline"_s, u"add"_s, u"app"_s, u"--repo"_s, m_repository};
    const Ran noDaemon = m_desk->run(add);
    QVERIFY2(noDaemon.code == 1 || noDaemon.code == 5, noDaemon.told());
    QVERIFY2(noDaemon.err.contains((folder + u"/slipwayd is missing"_s).toUtf8()), noDaemon.told());
    QVERIFY2(noDaemon.err.contains("SLIPWAY_LIBEXEC must name the folder"), noDaemon.told());
    QVERIFY(QFile::link(QString::fromUtf8(SLIPWAYD_PATH), folder + u"/slipwayd"_s));
    const Ran noShim = m_desk->run(add);
    QVERIFY2(noShim.code == 1, noShim.told());
    QVERIFY2(noShim.err.contains((folder + u"/slipway-run is missing"_s).toUtf8()), noShim.told());
    QVERIFY(m_desk->run({u"pipeline"_s, u"list"_s, u"--json"_s}).json()[u"pipelines"_s].toArray().isEmpty());
    QVERIFY(!QFile::exists(m_desk->home() + u"/local/pipelines/app"_s));
    m_desk->stopDaemon();
    m_desk->setVariable(u"SLIPWAY_LIBEXEC"_s, QFileInfo(QString::fromUtf8(SLIPWAYD_PATH)).path());
    addPipeline();
}

void TestCliFaults::stateOfANewerVersion()
{
    addPipeline();
    const QJsonObject before = m_desk->environment(u"app"_s, u"staging"_s);
    m_desk->stopDaemon();
    QFile file(environmentFolder(u"staging"_s) + u"/environment.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray ours = file.readAll();
    file.close();
    QJsonObject json = QJsonDocument::fromJson(ours).object();
    json[u"format"_s] = 99;
    const QByteArray newer = QJsonDocument(json).toJson();
    const auto put = [&file](const QByteArray &text) {
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.flush()
            && (file.close(), true);
    };
    QVERIFY(put(newer));
    const Ran refused = m_desk->run({u"restart"_s, u"app/staging"_s});
    QVERIFY2(refused.code == 1, refused.told());
    QVERIFY2(refused.err.contains(file.fileName().toUtf8()) && refused.err.contains("newer Slipway"), refused.told());
    QVERIFY2(refused.err.contains("Nothing was changed"), refused.told());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), newer);
    file.close();
    QCOMPARE(Desk::fetch(before[u"direct_address"_s].toString()), "good\n"); // what runs is left alone
    m_desk->stopDaemon();
    QVERIFY(put(ours)); // as the newer Slipway would find it
    QCOMPARE(m_desk->environment(u"app"_s, u"staging"_s)[u"state"_s], u"running"_s);
}

void TestCliFaults::logsAcrossARotation()
{
    constexpr int kLines = 250000; // more than 20 MiB: the log is rotated twice
    addPipeline();
    const auto follow = m_desk->start({u"logs"_s, u"app/staging"_s, u"--follow"_s, u"-n"_s, u"20000"_s});
    QByteArray out;
    const auto said = [&](const char *text) {
        follow->waitForReadyRead(50);
        return (out += follow->readAllStandardOutput()).contains(text);
    };
    QTRY_VERIFY_WITH_TIMEOUT(said("ready to flood"), 60000);
    QFile order(environmentFolder(u"staging"_s) + u"/data/flood.new"_s);
    QVERIFY(order.open(QIODevice::WriteOnly));
    order.write(QByteArray::number(kLines));
    QVERIFY(order.rename(environmentFolder(u"staging"_s) + u"/data/flood"_s));
    QTRY_VERIFY_WITH_TIMEOUT(said("flood over"), 240000);
    ::kill(static_cast<pid_t>(follow->processId()), SIGINT);
    const Ran ended = Desk::finish(*follow);
    QCOMPARE(ended.code, 130);
    int next = 0;
    for (const QByteArray &line : out.split('\n')) {
        const qsizetype at = line.indexOf("  line ");
        if (at < 0)
            continue;
        const int number = line.mid(at + 7, line.indexOf(' ', at + 7) - at - 7).toInt();
        QVERIFY2(number == next, "lost, doubled or out of order before line " + QByteArray::number(number));
        ++next;
    }
    QCOMPARE(next, kLines);
    const QDir logs(environmentFolder(u"staging"_s) + u"/logs"_s);
    QVERIFY(!logs.entryList({u"web.1-*.log.2"_s}, QDir::Files).isEmpty());
    for (const QFileInfo &file : logs.entryInfoList(QDir::Files))
        QVERIFY2(file.size() <= 10 * 1024 * 1024, qUtf8Printable(file.fileName()));
    const Ran last = m_desk->run({u"logs"_s, u"app/staging"_s, u"-n"_s, u"2"_s});
    QVERIFY2(last.out.contains("line 249999 ") && last.out.contains("flood over"), last.told());
}

QTEST_GUILESS_MAIN(TestCliFaults)
#include "tst_clifaults.moc"
