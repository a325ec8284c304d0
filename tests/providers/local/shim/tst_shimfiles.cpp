// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shimfixture.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

// Patience, not a measure: the machine may be busy with other tests.
// Not QTRY_VERIFY: that asks again after it got its yes, and a process in mid-exec has no environment to be known by.
#define TRY(condition) QVERIFY(QTest::qWaitFor([&] { return condition; }, 30'000))

class TestShimFiles final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stampsAndSplitsLines();
    void countsLinesThatCannotBeWritten();
    void rotatesBySize();
    void startsWithACleanSlate();
    void listensOnLongPaths();
    void refusesBadSpecs_data();
    void refusesBadSpecs();
    void saysWhyItCannotStart();
};

void TestShimFiles::stampsAndSplitsLines()
{
    ShimFixture shim;
    shim.spec.insert(u"oneshot"_s, true);
    shim.addProcess(u"job.1"_s,
                    u"python3 -c \"import sys,os\nw=lambda b: os.write(1,b)\n"
                    "w(b'windows\\r\\n\\n')\nw(b'a\\0b \\x1b[31mred\\x1b[0m \\xff\\xfe\\n')\n"
                    "w(b'x' * 40000 + b'\\n')\nw(b'y' + '\\u00e4'.encode() * 10000 + b'\\n')\n"
                    "os.write(2, b'oops\\n')\nw(b'half')\""_s);
    shim.writeSpec();
    QCOMPARE(shim.launch({u"--foreground"_s}).code, 0);
    const QList<QByteArray> lines = shim.log(u"job.1"_s);
    static const QRegularExpression stamped(u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z [oes] "_s);
    for (const QByteArray &line : lines)
        QVERIFY2(stamped.match(QString::fromLatin1(line)).hasMatch(), line.left(80).constData());
    const QByteArray wide = "y" + QByteArray("\xc3\xa4").repeated(10000);
    const QList<QByteArray> expected{"windows",
                                     "",
                                     "a b \x1b[31mred\x1b[0m \xff\xfe",
                                     QByteArray(16384, 'x'),
                                     QByteArray(16384, 'x'),
                                     QByteArray(40000 - 2 * 16384, 'x'),
                                     wide.left(16383),
                                     wide.mid(16383),
                                     "half"};
    QCOMPARE(texts(lines, 'o'), expected);
    QCOMPARE(texts(lines, 'e'), QList<QByteArray>{"oops"_ba});
    QVERIFY(texts(lines, 's').first().startsWith("started"));
    QCOMPARE(lines.last().mid(25), "s exited with status 0"_ba);
}

void TestShimFiles::countsLinesThatCannotBeWritten()
{
    ShimFixture shim;
    const QString go = shim.path(u"go"_s);
    shim.addProcess(
        u"web.1"_s,
        u"seq 1000; touch %1.said; while ! test -e %1; do sleep 0.05; done; echo after; sleep 1000"_s.arg(go));
    shim.writeSpec();
    QVERIFY(QDir().mkpath(shim.path(u"logs"_s)));
    const QDate today = QDateTime::currentDateTimeUtc().date();
    const auto full = [&shim](QDate day) { return shim.path(u"logs/web.1-%1.log"_s.arg(day.toString(u"yyyyMMdd"_s))); };
    for (const QDate day : {today, today.addDays(1)}) // midnight may pass
        QVERIFY(QFile::link(u"/dev/full"_s, full(day)));
    QCOMPARE(shim.launch().code, 0);
    TRY(QFile::exists(go + u".said"_s)); // the application was not held up
    TRY(shim.ask({{u"cmd"_s, u"status"_s}}).value(u"state"_s).toString() == u"running"_s);
    for (const QDate day : {today, today.addDays(1)})
        QVERIFY(QFile::remove(full(day)));
    QFile file(go);
    QVERIFY(file.open(QIODevice::WriteOnly));
    TRY(texts(shim.log(u"web.1"_s), 'o').contains("after"));
    const QByteArray remark = texts(shim.log(u"web.1"_s), 's').value(0);
    QVERIFY2(remark.contains("lines dropped: the log could not be written (No space left on device)"),
             remark.constData());
}

void TestShimFiles::rotatesBySize()
{
    ShimFixture shim;
    shim.spec.insert(u"oneshot"_s, true);
    shim.addProcess(u"job.1"_s, u"head -c 75000000 /dev/zero | tr '\\0' x"_s);
    shim.writeSpec();
    QCOMPARE(shim.launch({u"--foreground"_s}).code, 0);
    const QDir logs(shim.path(u"logs"_s));
    const QFileInfoList files = logs.entryInfoList(QDir::Files, QDir::Name);
    QVERIFY2(files.size() >= 5, qPrintable(QString::number(files.size())));
    int rotated = 0;
    for (const QFileInfo &file : files) {
        QVERIFY(file.size() <= 10 * 1024 * 1024);
        rotated += file.fileName().endsWith(u".log"_s) ? 0 : 1;
    }
    QVERIFY(rotated >= 4);
    QVERIFY(!files.last().fileName().endsWith(u".5"_s));
}

void TestShimFiles::startsWithACleanSlate()
{
    ShimFixture shim;
    shim.spec.insert(u"oneshot"_s, true);
    shim.addProcess(u"job.1"_s, u"env; echo; ls -l /proc/self/fd | wc -l; pwd; ulimit -n; cat; ps -o nice= $$; trap"_s,
                    u"/usr/share"_s);
    QJsonArray list = shim.spec.value(u"processes"_s).toArray();
    QJsonObject process = list.at(0).toObject();
    process.insert(u"env"_s, QJsonObject{{u"PATH"_s, u"/usr/bin:/bin"_s}, {u"GREETING"_s, u"hello = world"_s}});
    list.replace(0, process);
    shim.spec.insert(u"processes"_s, list);
    shim.spec.insert(u"nice"_s, 5);
    shim.spec.insert(u"limits"_s, QJsonObject{{u"files"_s, 99}});
    shim.writeSpec();
    QProcessEnvironment desktop = QProcessEnvironment::systemEnvironment();
    desktop.insert(u"DISPLAY"_s, u":7"_s);
    desktop.insert(u"LD_LIBRARY_PATH"_s, u"/nowhere"_s);
    desktop.insert(u"SLIPWAY_RUN_ID"_s, u"outer"_s);
    QCOMPARE(shim.launch({u"--foreground"_s}, &desktop).code, 0);
    QList<QByteArray> lines = texts(shim.log(u"job.1"_s), 'o');
    const qsizetype gap = lines.indexOf(QByteArray());
    QVERIFY(gap > 0);
    QList<QByteArray> environment = lines.mid(0, gap);
    environment.removeIf(
        [](const QByteArray &line) { return line.startsWith("PWD=") || line.startsWith("_="); }); // the shell's own
    std::sort(environment.begin(), environment.end());
    const QByteArray id = shim.spec.value(u"id"_s).toString().toUtf8();
    QCOMPARE(environment, (QList<QByteArray>{"GREETING=hello = world", "PATH=/usr/bin:/bin", "SLIPWAY_RUN_ID=" + id}));
    // ls: its header, 0, 1, 2 and the directory it reads. Nothing more is open; cat ends at once, so its input is
    // empty.
    QCOMPARE(lines.mid(gap + 1, 3), (QList<QByteArray>{"5", "/usr/share", "99"}));
    QCOMPARE(lines.value(gap + 4).trimmed(), "5"_ba);
}

void TestShimFiles::listensOnLongPaths()
{
    ShimFixture shim;
    const QString folder = shim.path(QString(60, u'd') + u'/' + QString(60, u'e'));
    QVERIFY(QDir().mkpath(folder));
    shim.spec.insert(u"socket"_s, folder + u"/ctl"_s);
    shim.addProcess(u"web.1"_s, u"sleep 1000"_s);
    shim.writeSpec();
    const auto started = shim.launch();
    QCOMPARE(started.err, QString());
    QCOMPARE(started.code, 0);
    QCOMPARE(QFileInfo(folder + u"/ctl"_s).permissions()
                 & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
    QCOMPARE(shim.ask({{u"cmd"_s, u"status"_s}}).value(u"id"_s), shim.spec.value(u"id"_s));
    QVERIFY(shim.ask({{u"cmd"_s, u"stop"_s}}).value(u"stopped"_s).toBool());
    QVERIFY(QDir(folder).isEmpty(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot));
}

void TestShimFiles::refusesBadSpecs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const QByteArray head = R"({"id":"a","logs":"/tmp/l","socket":"/tmp/s",)";
    QTest::newRow("not JSON") << "{\n\"id\": oops}"_ba << u"line 2: this is not JSON"_s;
    QTest::newRow("a list") << "[]"_ba << u"must hold one JSON object"_s;
    QTest::newRow("no id") << "{}"_ba << u"\"id\" must be a text that is not empty, but is missing"_s;
    QTest::newRow("id with slash") << R"({"id":"../x"})"_ba << u"\"id\" must be up to 100 letters"_s;
    QTest::newRow("relative logs") << R"({"id":"a","logs":"l"})"_ba
                                   << u"\"logs\" must be an absolute path, but is \"l\""_s;
    QTest::newRow("no processes") << head + R"("processes":[]})"
                                  << u"\"processes\" must be a list with at least one entry"_s;
    QTest::newRow("nice") << head + R"("nice":99})" << u"\"nice\" must be a whole number from -20 to 19, but is 99"_s;
    QTest::newRow("restart") << head + R"("restart":{"baseMs":"1 s"}})"
                             << u"\"restart.baseMs\" must be a whole number"_s;
    QTest::newRow("command") << head + R"("processes":[{"name":"web.1","type":"web","command":7}]})"
                             << u"\"processes[0].command\" must be a text that is not empty, but is 7"_s;
    QTest::newRow("env") << head
            + R"("processes":[{"name":"web.1","type":"web","command":"x","cwd":"/","env":{"SECRET":5}}]})"
                         << u"\"processes[0].env.SECRET\" must be a text"_s;
    const QByteArray web = R"({"name":"web.1","type":"web","command":"x","cwd":"/"})";
    QTest::newRow("same name") << head + "\"processes\":[" + web + ',' + web + "]}" << u"\"web.1\" is taken"_s;
    QTest::newRow("one-shot") << head + R"("oneshot":true,"processes":[)" + web + ','
            + QByteArray(web).replace("web.1", "web.2")
            + "]}" << u"exactly one entry"_s;
}

void TestShimFiles::refusesBadSpecs()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    ShimFixture shim;
    QFile file(shim.path(u"spec.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.flush());
    const auto ended = shim.launch();
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains(expected), qPrintable(ended.err));
    QVERIFY2(ended.err.contains(shim.path(u"spec.json"_s)), qPrintable(ended.err));
    QVERIFY(!QFileInfo::exists(shim.path(u"status.json"_s)));
}

void TestShimFiles::saysWhyItCannotStart()
{
    ShimFixture shim;
    auto ended = shim.launch();
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains(u"spec.json: No such file"_s), qPrintable(ended.err));
    shim.addProcess(u"web.1"_s, u"sleep 1000"_s);
    shim.spec.insert(u"socket"_s, u"/nowhere/at/all/ctl"_s);
    shim.writeSpec();
    ended = shim.launch();
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.err.contains(u"/nowhere/at/all/ctl: No such file"_s), qPrintable(ended.err));
    shim.spec.insert(u"socket"_s, shim.path(u"ctl"_s));
    shim.spec.insert(u"logs"_s, u"/proc/nowhere"_s);
    shim.writeSpec();
    ended = shim.launch();
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.err.contains(u"log directory /proc/nowhere"_s), qPrintable(ended.err));
    QCOMPARE(shim.launch({u"--version"_s}).code, 2); // with a directory it is a mistake
    QProcess version;
    version.start(QStringLiteral(SHIM_BINARY), {u"--version"_s});
    QVERIFY(version.waitForFinished(20'000));
    QVERIFY(version.readAllStandardOutput().startsWith("slipway-run 0."));
}

QTEST_GUILESS_MAIN(TestShimFiles)
#include "tst_shimfiles.moc"
