// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk.h"

#include <QFile>
#include <QJsonArray>
#include <QProcess>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

const QByteArray kServer = R"(import http.server, os
http.server.ThreadingHTTPServer((os.environ["HOST"], int(os.environ["PORT"])),
                                http.server.SimpleHTTPRequestHandler).serve_forever()
)";

} // namespace

/// Several hands on one environment, and a hand that lets go in the middle.
class TestCliTogether : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void oneAtATime();
    void interruptedAndResumed();

private:
    /// Holds the build up until the file `gate` is there.
    QString slowFolder(const QString &name);
    void open(const QString &name);
    std::unique_ptr<Desk> m_desk;
};

QString TestCliTogether::slowFolder(const QString &name)
{
    const QByteArray gate = QFile::encodeName(m_desk->folder() + u'/' + name + u".gate"_s);
    return m_desk->makeRepository(
        name,
        {{u"Procfile"_s, "web: exec python3 server.py\n"},
         {u"server.py"_s, kServer},
         {u"slipway.json"_s, R"({"build": "while ! test -e ')" + gate + R"('; do sleep 0.1; done"})"}});
}

void TestCliTogether::open(const QString &name)
{
    QFile gate(m_desk->folder() + u'/' + name + u".gate"_s);
    QVERIFY(gate.open(QIODevice::WriteOnly));
}

void TestCliTogether::initTestCase()
{
    m_desk = std::make_unique<Desk>();
    const QString repository =
        m_desk->makeRepository(u"app"_s, {{u"Procfile"_s, "web: exec python3 server.py\n"}, {u"server.py"_s, kServer}});
    const Ran added = m_desk->run({u"pipeline"_s, u"add"_s, u"app"_s, u"--repo"_s, repository});
    QVERIFY2(added.code == 0, added.told());
}

void TestCliTogether::oneAtATime()
{
    const auto first = m_desk->start({u"deploy"_s, u"app/staging"_s, u"--dir"_s, slowFolder(u"slow"_s)});
    QByteArray progress;
    QTRY_VERIFY_WITH_TIMEOUT((progress += first->readAllStandardError()).contains("[1/"), 60000);
    const Ran second = m_desk->run({u"restart"_s, u"app/staging"_s});
    QVERIFY2(second.code == 1, second.told());
    QVERIFY2(second.err.contains("staging"), second.told());
    const Ran other = m_desk->run({u"restart"_s, u"app/production"_s}); // nobody is busy there
    QVERIFY2(other.code == 0, other.told());
    open(u"slow"_s);
    const Ran ended = Desk::finish(*first);
    QVERIFY2(ended.code == 0, ended.told());
    QCOMPARE(m_desk->environment(u"app"_s, u"staging"_s)[u"release"_s], u"v2"_s);
}

void TestCliTogether::interruptedAndResumed()
{
    const auto first = m_desk->start({u"deploy"_s, u"app/staging"_s, u"--dir"_s, slowFolder(u"slower"_s)});
    QByteArray progress;
    QTRY_VERIFY_WITH_TIMEOUT((progress += first->readAllStandardError()).contains("[1/"), 60000);
    ::kill(static_cast<pid_t>(first->processId()), SIGINT);
    const Ran stopped = Desk::finish(*first);
    QVERIFY2(stopped.code == 130, stopped.told());
    QVERIFY2(stopped.err.contains("operations resume"), stopped.told());
    open(u"slower"_s);
    const Ran list = m_desk->run({u"operations"_s, u"--json"_s});
    const QJsonObject operation = list.json()[u"operations"_s].toArray().first().toObject();
    QVERIFY2(operation[u"interrupted"_s].toBool(), list.told());
    const Ran resumed = m_desk->run({u"operations"_s, u"resume"_s, operation[u"id"_s].toString(), u"--json"_s});
    QVERIFY2(resumed.code == 0, resumed.told());
    QCOMPARE(resumed.json()[u"state"_s], u"live"_s);
    QCOMPARE(m_desk->environment(u"app"_s, u"staging"_s)[u"release"_s], u"v3"_s); // once, not twice
}

QTEST_GUILESS_MAIN(TestCliTogether)
#include "tst_clitogether.moc"
