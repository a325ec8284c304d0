// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemonfixture.h"

#include <QFile>

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

const QByteArray kProcfile = "worker: exec python3 worker.py\nweb: exec python3 app.py\n";

/// Asks web as soon as it starts: an answer shows that web was ready before.
const QByteArray kWorker = R"(import os, time, urllib.request
with open(os.environ["DATA_DIR"] + "/seen", "a") as seen:
    print(urllib.request.urlopen(os.environ["SLIPWAY_INTERNAL_URL"]).read().decode(), file=seen)
time.sleep(1000)
)";

} // namespace

/// "after" of slipway.json.
class TestStartOrder final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void workerAfterWeb();
    void neverReady();
    void unknownProcess();
};

void TestStartOrder::workerAfterWeb()
{
    DaemonFixture f;
    f.commit(u"Procfile"_s, kProcfile, u"Have a worker"_s);
    f.commit(u"worker.py"_s, kWorker, u"Let it ask"_s);
    f.commit(u"slipway.json"_s, R"({"after": {"worker": "web"}})", u"Start it after web"_s);
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.setUp());
    VERIFY(f.deploy(u"staging"_s, version));
    QFile seen(f.home() + u"/local/pipelines/shop/environments/staging/data/seen"_s);
    const auto answers = [&seen] {
        const QByteArray text = seen.open(QIODevice::ReadOnly) ? seen.readAll() : QByteArray();
        seen.close();
        return text;
    };
    QTRY_COMPARE_WITH_TIMEOUT(answers(), "one|staging|v1|\n"_ba, 20000);
    VERIFY(f.wait(f.provider().restart(f.ticket(), u"shop"_s, u"staging"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(answers(), "one|staging|v1|\none|staging|v1|\n"_ba, 20000); // at its first try again
    const QList<Process> processes = f.environment(u"staging"_s).processes;
    for (const Process &process : processes) {
        QCOMPARE(process.state, u"running"_s);
        QCOMPARE(process.restarts, 0);
    }
}

void TestStartOrder::neverReady()
{
    DaemonFixture f;
    f.commit(u"Procfile"_s, "web: exec python3 app.py\ncache: echo no memory; exit 3\n", u"Have a cache"_s);
    f.commit(u"slipway.json"_s, R"({"after": {"web": "cache"}, "health": {"path": "/", "timeout": 4}})", u"Order"_s);
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.setUp());
    const auto failed = f.deploy(u"staging"_s, version);
    QVERIFY(!failed);
    QCOMPARE(failed.error().message(),
             u"The process web.1 was not started within 4 s: it waits until cache is ready."_s);
    QVERIFY(failed.error().remedy().contains(u"after"_s));
    QTRY_VERIFY(f.processes().isEmpty());
}

void TestStartOrder::unknownProcess()
{
    DaemonFixture f;
    const QString good = f.commitApp(u"good"_s);
    VERIFY(f.setUp());
    VERIFY(f.deploy(u"staging"_s, good));
    const QString bad = f.commit(u"slipway.json"_s, "{\n\"after\": {\n\"web\": \"cahce\"}}", u"Slip"_s);
    const auto failed = f.deploy(u"staging"_s, bad);
    QVERIFY(!failed && failed.error().kind() == Error::Kind::Invalid);
    QVERIFY2(failed.error().message().contains(u"slipway.json line 3"_s)
                 && failed.error().message().contains(u"cahce"_s),
             qPrintable(failed.error().message()));
    QCOMPARE(f.fetch(u"staging"_s), "good|staging|v1|"_ba);
}

QTEST_GUILESS_MAIN(TestStartOrder)
#include "tst_startorder.moc"
