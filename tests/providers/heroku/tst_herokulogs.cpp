// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "herokufixture.h"

#include "providers/heroku/logs/loglines.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

/// Logs: lines out of bytes, pages out of sessions.
class TestHerokuLogs final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anySplit_data();
    void anySplit();
    void hostileLines();
    void feedDropsWhatIsKnown();
    void feedRemarksOnAGap();
    void lastLines();
    void follows();
    void renewsTheSession();
    void buildOutput();
};

void TestHerokuLogs::anySplit_data()
{
    QTest::addColumn<QByteArray>("stream");
    const QByteArray one = "2026-11-27T10:11:12.123456+00:00 app[web.1]: GET /orders 200\n";
    const QByteArray two = "2026-11-27T10:11:13.000000+00:00 heroku[router]: at=error code=H12 desc=\"grüß\"\n";
    QTest::newRow("text") << one + two;
    QTest::newRow("event stream") << "id: 1\ndata: " + one + "\nid: 2\ndata: " + two + "\n: ping\n";
    QTest::newRow("carriage returns") << QByteArray(one + two).replace("\n", "\r\n");
}

void TestHerokuLogs::anySplit()
{
    QFETCH(QByteArray, stream);
    for (qsizetype at = 0; at <= stream.size(); ++at) {
        Heroku::LogLines lines;
        QList<LogLine> all = lines.take(stream.left(at));
        all += lines.take(stream.mid(at));
        all += lines.rest();
        QCOMPARE(all.size(), 2);
        QCOMPARE(all.at(0).process, u"web.1"_s);
        QCOMPARE(all.at(0).text, u"GET /orders 200"_s);
        QCOMPARE(all.at(0).at.toString(Qt::ISODateWithMs), u"2026-11-27T10:11:12.123Z"_s);
        QVERIFY(!all.at(0).isError && all.at(1).isError);
        QVERIFY(all.at(1).text.contains(u"grüß"_s));
    }
}

void TestHerokuLogs::hostileLines()
{
    Heroku::LogLines lines;
    const QList<LogLine> all = lines.take("not a log line\x1b[31m\x07\n\n2026-99-99T10:11:12Z app[web.1]: x\n");
    QCOMPARE(all.size(), 2);
    QCOMPARE(all.at(0).text, u"not a log line"_s);
    QVERIFY(all.at(0).at.isValid() && all.at(1).at.isValid());
    Heroku::LogLines endless;
    QVERIFY(!endless.take(QByteArray(200000, 'x')).isEmpty()); // a line without an end does not fill the memory
}

namespace {

LogLine line(int second, const QString &text)
{
    return LogLine{QDateTime(QDate(2026, 11, 27), QTime(10, 0, second), Qt::UTC), u"web.1"_s, false, text};
}

QStringList texts(const LogPage &page)
{
    QStringList all;
    for (const LogLine &one : page.lines)
        all.append(one.process == u"slipway" ? u"…"_s : one.text);
    return all;
}

} // namespace

void TestHerokuLogs::feedDropsWhatIsKnown()
{
    Heroku::Feed feed;
    feed.startSession();
    feed.add({line(1, u"a"_s), line(2, u"b"_s), line(2, u"b"_s)}); // twice the same is twice
    feed.startSession();
    feed.add({line(0, u"before"_s), line(1, u"a"_s), line(2, u"b"_s), line(3, u"c"_s)});
    QCOMPARE(texts(feed.last(10)), (QStringList{u"a"_s, u"b"_s, u"b"_s, u"c"_s}));
    QCOMPARE(texts(feed.after(3, 10)), (QStringList{u"c"_s}));
    QCOMPARE(texts(feed.last(1)), (QStringList{u"c"_s}));
}

void TestHerokuLogs::feedRemarksOnAGap()
{
    Heroku::Feed feed;
    feed.add({line(1, u"a"_s)});
    feed.startSession();
    feed.add({line(8, u"x"_s), line(9, u"y"_s)});
    QCOMPARE(texts(feed.last(10)), (QStringList{u"a"_s, u"…"_s, u"x"_s, u"y"_s}));
}

void TestHerokuLogs::lastLines()
{
    HerokuFixture f;
    f.seed();
    f.state({{u"action"_s, u"log"_s},
             {u"app"_s, u"shop-staging"_s},
             {u"lines"_s, QJsonArray{u"one"_s, u"two"_s, u"three"_s}}});
    LogQuery query;
    query.environment = u"shop-staging"_s;
    query.limit = 2;
    const auto page = f.wait(f.provider().logs(query));
    VERIFY(page);
    QCOMPARE(texts(*page), (QStringList{u"two"_s, u"three"_s}));
    QCOMPARE(f.violations(), QString());
}

void TestHerokuLogs::follows()
{
    HerokuFixture f;
    f.seed();
    LogQuery query;
    query.environment = u"shop-staging"_s;
    const auto first = f.wait(f.provider().logs(query));
    VERIFY(first);
    query.cursor = first->cursor;
    query.wait = true;
    auto waiting = f.provider().logs(query);
    f.state({{u"action"_s, u"log"_s}, {u"app"_s, u"shop-staging"_s}, {u"text"_s, u"a new line"_s}});
    const auto next = f.wait(std::move(waiting));
    VERIFY(next);
    QVERIFY2(texts(*next).contains(u"a new line"_s), qPrintable(texts(*next).join(u'|')));
}

void TestHerokuLogs::renewsTheSession()
{
    HerokuFixture f;
    f.seed();
    LogQuery query;
    query.environment = u"shop-staging"_s;
    const auto first = f.wait(f.provider().logs(query));
    VERIFY(first);
    query.cursor = first->cursor;
    query.wait = true;
    QStringList all;
    for (int turn = 0; turn < 4; ++turn) {
        f.state({{u"action"_s, u"log"_s}, {u"app"_s, u"shop-staging"_s}, {u"text"_s, u"line %1"_s.arg(turn)}});
        const auto next = f.wait(f.provider().logs(query));
        VERIFY(next);
        all += texts(*next);
        query.cursor = next->cursor;
        f.state({{u"action"_s, u"expire_logs"_s}});
    }
    all.removeAll(u"…"_s);
    QCOMPARE(all, (QStringList{u"line 0"_s, u"line 1"_s, u"line 2"_s, u"line 3"_s}));
}

void TestHerokuLogs::buildOutput()
{
    HerokuFixture f;
    f.seed();
    LogQuery query;
    query.environment = u"shop-staging"_s;
    query.kind = LogKind::Build;
    const auto none = f.wait(f.provider().logs(query));
    VERIFY(none);
    QVERIFY(none->lines.isEmpty());
    DeploySpec spec;
    spec.pipeline = f.pipeline();
    spec.environment = u"shop-staging"_s;
    spec.version = QString(40, u'a');
    spec.archive = f.archive();
    spec.change.title = u"Faster totals"_s;
    VERIFY(f.wait(f.provider().deploy(f.ticket(), spec, {})));
    const auto page = f.wait(f.provider().logs(query));
    VERIFY(page);
    QVERIFY(page->lines.size() > 1);
    QCOMPARE(page->lines.constFirst().process, u"build"_s);
}

QTEST_GUILESS_MAIN(TestHerokuLogs)
#include "tst_herokulogs.moc"
