// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "circlefixture.h"

#include "providers/circleci/outputlines.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace Slipway;
using CircleCi::outputLines;

namespace {

const QString kSteps = u"GET /api/v1.1/project/{slug}/{number}"_s;
const QString kOutput = u"GET /_output/{job}/{index}/{step}"_s;

QByteArray output(const QList<QPair<QString, QString>> &pieces)
{
    QJsonArray all;
    for (const auto &[type, message] : pieces)
        all.append(QJsonObject{{u"message"_s, message}, {u"time"_s, u"2026-01-02T03:04:05.678Z"_s}, {u"type"_s, type}});
    return QJsonDocument(all).toJson();
}

QStringList texts(const QList<LogLine> &lines)
{
    QStringList all;
    for (const LogLine &line : lines)
        all.append((line.isError ? u"! "_s : QString()) + line.process + u": "_s + line.text);
    return all;
}

} // namespace

/// What jobs printed.
class TestCircleLogs final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pieces_data();
    void pieces();
    void many();
    void wholeJob();
    void parallelRuns();
    void nothingPrinted();
    void expiredAddresses();
    void largeOutput();
    void addressesThatAreNotRead_data();
    void addressesThatAreNotRead();
    void outputsThatCannotBeRead_data();
    void outputsThatCannotBeRead();

private:
    static Result<LogPage> logOf(CircleFixture &f, const QString &job)
    {
        return f.wait(f.provider().log(f.project(), job));
    }
    /// Of the only job of a workflow "ci" that printed `printed`.
    static QString pushed(CircleFixture &f, const QJsonObject &job);
};

QString TestCircleLogs::pushed(CircleFixture &f, const QJsonObject &job)
{
    const Push push = f.push(u"main"_s, {QJsonObject{{u"name"_s, u"ci"_s}, {u"jobs"_s, QJsonArray{job}}}});
    f.runAll();
    return f.tree(push).numberOf(u"ci"_s, job.value(u"name"_s).toString());
}

void TestCircleLogs::pieces_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("nothing") << QByteArray("[]") << QStringList();
    QTest::newRow("empty body") << QByteArray() << QStringList();
    QTest::newRow("lines") << output({{u"out"_s, u"one\r\ntwo\n\nfour"_s}})
                           << QStringList{u"s: one"_s, u"s: two"_s, u"s: "_s, u"s: four"_s};
    QTest::newRow("cut anywhere") << output({{u"out"_s, u"o"_s}, {u"out"_s, u"ne\ntw"_s}, {u"out"_s, u"o\n"_s}})
                                  << QStringList{u"s: one"_s, u"s: two"_s};
    QTest::newRow("two streams") << output({{u"out"_s, u"on"_s}, {u"err"_s, u"bad\n"_s}, {u"out"_s, u"e\n"_s}})
                                 << QStringList{u"! s: bad"_s, u"s: one"_s};
    QTest::newRow("colours, and worse") << output({{u"out"_s,
                                                    u"\x1b[31mred\x1b[0m \x1b]0;title\x07"
                                                    u"end\x07\n"_s}})
                                        << QStringList{u"s: red end"_s};
    QTest::newRow("progress") << output({{u"out"_s, u"10%\r50%"_s}, {u"out"_s, u"\r100%\r\n"_s}})
                              << QStringList{u"s: 100%"_s};
    QTest::newRow("odd pieces") << QByteArray(R"([1, null, {"message": 7}, {"type": "out"}, {"message": "x"}])")
                                << QStringList{u"s: x"_s};
}

void TestCircleLogs::pieces()
{
    QFETCH(QByteArray, json);
    QFETCH(QStringList, expected);
    const QDateTime from(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    const auto made = outputLines(json, u"s"_s, from, 100);
    VERIFY(made);
    QCOMPARE(texts(made->lines), expected);
    for (const LogLine &line : made->lines)
        QCOMPARE(line.at.time().msec(), json.contains("678") ? 678 : 0);
}

void TestCircleLogs::many()
{
    QString text;
    for (int i = 0; i < 1000; ++i)
        text += QString::number(i) + u'\n';
    const auto made = outputLines(output({{u"out"_s, text}}), u"s"_s, {}, 10);
    VERIFY(made);
    QVERIFY(!made->whole);
    QCOMPARE(made->lines.size(), 10);
    QCOMPARE(made->lines.constFirst().text, u"990"_s);
    const auto just = outputLines(output({{u"out"_s, text}}), u"s"_s, {}, 1000);
    VERIFY(just);
    QVERIFY(just->whole);
    const auto wide = outputLines(output({{u"out"_s, QString(50000, u'x')}}), u"s"_s, {}, 10);
    VERIFY(wide);
    QCOMPARE(wide->lines.constFirst().text.size(), 10000);
    for (const QByteArray &odd : {QByteArray("{}"), QByteArray("[{"), QByteArray("<html>")}) {
        const auto none = outputLines(odd, u"s"_s, {}, 10);
        QVERIFY(!none);
        QCOMPARE(Error::kindName(none.error().kind()), u"bad_payload"_s);
    }
}

void TestCircleLogs::wholeJob()
{
    CircleFixture f;
    const QString job = pushed(f,
                               {{u"name"_s, u"test"_s},
                                {u"result"_s, u"failed"_s},
                                {u"failing"_s, QJsonArray{u"pays an order"_s}},
                                {u"passing"_s, QJsonArray{u"adds an order"_s}}});
    const auto page = logOf(f, job);
    VERIFY(page);
    QCOMPARE(texts(page->lines),
             (QStringList{u"Spin up environment: Build-agent version 1.0"_s,
                          u"Spin up environment: Using build environment docker"_s,
                          u"Checkout code: Cloning git repository"_s,
                          u"! Checkout code: Warning: Permanently added the host to the list of known hosts."_s,
                          u"test: FAILED pays an order"_s, u"test: ok adds an order"_s, u"! test: test failed"_s}));
    for (const LogLine &line : page->lines)
        QVERIFY(line.at.isValid() && line.at.timeSpec() == Qt::UTC);
    QVERIFY(page->cursor.isEmpty());
    QCOMPARE(f.requests().count(kSteps), 1);
    QCOMPARE(f.requests().count(kOutput), 3);
    QCOMPARE(f.violations(), QString()); // a token sent to a presigned address would be one
}

void TestCircleLogs::parallelRuns()
{
    CircleFixture f;
    const QString job = pushed(f, {{u"name"_s, u"test"_s}, {u"parallelism"_s, 2}, {u"output"_s, u"done\n"_s}});
    const auto page = logOf(f, job);
    VERIFY(page);
    QVERIFY(texts(page->lines).contains(u"test [0]: done"_s));
    QVERIFY(texts(page->lines).contains(u"test [1]: done"_s));
    QCOMPARE(f.requests().count(kOutput), 6);
}

void TestCircleLogs::nothingPrinted()
{
    CircleFixture f;
    const Push push = f.push();
    for (const QString &job : {push.job(u"build-and-deploy"_s, u"approve-deploy"_s), QString()}) {
        const auto page = logOf(f, job);
        VERIFY(page);
        QVERIFY(page->lines.isEmpty());
    }
    QVERIFY(f.requests().isEmpty());
    const auto running = logOf(f, push.numberOf(u"build-and-deploy"_s, u"build"_s)); // its last step goes on
    VERIFY(running);
    QVERIFY(!running->lines.isEmpty());
    const auto missing = logOf(f, u"4711"_s);
    QVERIFY(!missing);
    QCOMPARE(Error::kindName(missing.error().kind()), u"not_found"_s);
    const auto nowhere = f.wait(f.provider().log(u"shop"_s, u"1"_s));
    QVERIFY(!nowhere);
    QCOMPARE(Error::kindName(nowhere.error().kind()), u"invalid"_s);
}

void TestCircleLogs::expiredAddresses()
{
    CircleFixture f;
    const QString job = pushed(f, {{u"name"_s, u"test"_s}, {u"output"_s, u"done\n"_s}});
    f.fault({{u"route"_s, kOutput}, {u"times"_s, 1}, {u"status"_s, 403}});
    auto page = logOf(f, job);
    VERIFY(page);
    QCOMPARE(texts(page->lines).last(), u"test: done"_s);
    QCOMPARE(f.requests().count(kSteps), 2);
    QCOMPARE(f.requests().count(kOutput), 4);
    f.noFaults();
    f.forgetRequests();
    f.fault({{u"route"_s, kOutput}, {u"status"_s, 403}}); // for good
    page = logOf(f, job);
    VERIFY(page);
    QCOMPARE(f.requests().count(kSteps), 2); // once more, not for ever
    QCOMPARE(page->lines.size(), 3);
    for (const LogLine &line : page->lines) {
        QCOMPARE(line.process, u"slipway"_s);
        QVERIFY(!line.text.contains(u"signature"_s));
    }
}

void TestCircleLogs::largeOutput()
{
    CircleFixture f;
    QString text;
    for (int i = 0; i < 12000; ++i)
        text += u"line %1\n"_s.arg(i);
    const QString job = pushed(f, {{u"name"_s, u"test"_s}, {u"output"_s, text}});
    const auto page = logOf(f, job);
    VERIFY(page);
    QCOMPARE(page->lines.size(), 10001);
    QCOMPARE(page->lines.constFirst().process, u"slipway"_s);
    QVERIFY(page->lines.constFirst().text.contains(u"10000"_s));
    QCOMPARE(page->lines.at(1).text, u"line 2000"_s);
    QCOMPARE(page->lines.constLast().text, u"line 11999"_s);
    QCOMPARE(f.requests().count(kOutput), 1); // the newest; the others would not be shown
}

void TestCircleLogs::addressesThatAreNotRead_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("without TLS") << u"http://files.example.com/output?signature=s3cret"_s;
    QTest::newRow("a file") << u"file:///etc/passwd"_s;
    QTest::newRow("a login in it") << u"https://ada@files.example.com/"_s;
    QTest::newRow("no address") << u"output"_s;
}

void TestCircleLogs::addressesThatAreNotRead()
{
    QFETCH(QString, address);
    CircleFixture f;
    const QString job = pushed(f, {{u"name"_s, u"test"_s}});
    f.fault({{u"route"_s, kSteps}, {u"set"_s, QJsonObject{{u"steps.actions.output_url"_s, address}}}});
    const auto page = logOf(f, job);
    VERIFY(page);
    QCOMPARE(page->lines.size(), 3);
    for (const LogLine &line : page->lines) {
        QCOMPARE(line.process, u"slipway"_s);
        QVERIFY2(!line.text.contains(u"s3cret"_s), qPrintable(line.text));
    }
    QVERIFY(!f.requests().contains(kOutput));
}

void TestCircleLogs::outputsThatCannotBeRead_data()
{
    QTest::addColumn<QString>("route");
    QTest::addColumn<QJsonObject>("rule");
    QTest::addColumn<QString>("expected"); // a kind of error; empty: a page with remarks
    QTest::newRow("cut JSON") << kOutput << QJsonObject{{u"truncate"_s, 20}} << QString();
    QTest::newRow("a page") << kOutput << QJsonObject{{u"html"_s, true}, {u"status"_s, 200}} << QString();
    QTest::newRow("gone") << kOutput << QJsonObject{{u"status"_s, 404}} << QString();
    QTest::newRow("passed on") << kOutput << QJsonObject{{u"redirect"_s, u"https://files.example.com/x"_s}}
                               << QString();
    QTest::newRow("lost") << kOutput << QJsonObject{{u"drop"_s, u"before"_s}} << u"network"_s;
    QTest::newRow("steps: nonsense") << kSteps << QJsonObject{{u"raw"_s, u"{\"steps\": 7}"_s}} << u"bad_payload"_s;
    QTest::newRow("steps: a number for a text")
        << kSteps << QJsonObject{{u"set"_s, QJsonObject{{u"steps.actions.output_url"_s, 7}}}} << u"bad_payload"_s;
    QTest::newRow("steps: EDN") << kSteps << QJsonObject{{u"raw"_s, u"{:steps []}"_s}} << u"bad_payload"_s;
    QTest::newRow("steps: no outputs") << kSteps
                                       << QJsonObject{{u"set"_s,
                                                       QJsonObject{{u"steps.actions.output_url"_s, QJsonValue()}}}}
                                       << u"empty"_s;
}

void TestCircleLogs::outputsThatCannotBeRead()
{
    QFETCH(QString, route);
    QFETCH(QJsonObject, rule);
    QFETCH(QString, expected);
    CircleFixture f;
    const QString job = pushed(f, {{u"name"_s, u"test"_s}});
    rule.insert(u"route"_s, route);
    f.fault(rule);
    const auto page = logOf(f, job);
    if (expected.isEmpty()) {
        VERIFY(page);
        QCOMPARE(page->lines.size(), 3);
        for (const LogLine &line : page->lines)
            QVERIFY(line.process == u"slipway"_s && line.text.contains(u"cannot be shown"_s));
    } else if (expected == u"empty") {
        VERIFY(page);
        QVERIFY(page->lines.isEmpty());
    } else {
        QVERIFY(!page);
        QCOMPARE(Error::kindName(page.error().kind()), expected);
        QVERIFY(!page.error().remedy().isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestCircleLogs)
#include "tst_circlelogs.moc"
