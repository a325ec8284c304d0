// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpfixture.h"

#include "providers/http/etagcache.h"
#include "providers/http/ratelimit.h"

#include <QTest>

using namespace Slipway;
using namespace HttpFixture;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

HttpRequest conditional(const QUrl &url, const HttpHeaders &headers = {})
{
    HttpRequest made = request("GET", url);
    made.conditional = true;
    made.headers = headers;
    return made;
}

} // namespace

/// What keeps the account polite: the service's limit, so many at a time, answers that were kept.
class TestHttpLimits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusals_data();
    void refusals();
    void refusalsAreRepeated();
    void aRefusalHoldsBackTheAccount();
    void refusalsGrow();
    void budget();
    void soManyAtATime();
    void keptAnswers();
    void keptAnswersAreApart();
    void keptAnswersAreBounded();
};

void TestHttpLimits::refusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<HttpHeaders>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("refuses");
    QTest::addColumn<int>("wait"); // s; -1: not told
    const HttpHeaders none;
    QTest::newRow("429") << 429 << none << QByteArray() << true << -1;
    QTest::newRow("seconds") << 429 << HttpHeaders{{"Retry-After", "7"}} << QByteArray() << true << 7;
    QTest::newRow("date") << 429 << HttpHeaders{{"retry-after", "Thu, 01 Jan 2026 00:01:00 GMT"}} << QByteArray()
                          << true << 60;
    QTest::newRow("date, by a clock an hour ahead of this one")
        << 429
        << HttpHeaders{{"Date", "Thu, 01 Jan 2026 01:00:00 GMT"}, {"Retry-After", "Thu, 01 Jan 2026 01:00:30 GMT"}}
        << QByteArray() << true << 30;
    QTest::newRow("reset at, by a clock an hour behind") << 403
                                                         << HttpHeaders{{"Date", "Wed, 31 Dec 2025 23:00:00 GMT"},
                                                                        {"X-RateLimit-Remaining", "0"},
                                                                        {"X-RateLimit-Reset", "1767222012"}}
                                                         << QByteArray() << true << 12;
    QTest::newRow("past date") << 429 << HttpHeaders{{"Retry-After", "Wed, 31 Dec 2025 00:00:00 GMT"}} << QByteArray()
                               << true << 0;
    QTest::newRow("negative") << 429 << HttpHeaders{{"Retry-After", "-5"}} << QByteArray() << true << 0;
    QTest::newRow("far") << 429 << HttpHeaders{{"Retry-After", "9999999999999"}} << QByteArray() << true << 24 * 3600;
    QTest::newRow("nonsense") << 429 << HttpHeaders{{"Retry-After", "soon"}} << QByteArray() << true << -1;
    QTest::newRow("reset in") << 429 << HttpHeaders{{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "9"}}
                              << QByteArray() << true << 9;
    QTest::newRow("reset without X") << 429 << HttpHeaders{{"RateLimit-Remaining", "0"}, {"RateLimit-Reset", "9"}}
                                     << QByteArray() << true << 9;
    QTest::newRow("both families, the lower one rules")
        << 429
        << HttpHeaders{{"RateLimit-Remaining", "3"}, {"X-RateLimit-Remaining-Minute", "0"}, {"RateLimit-Reset", "9"}}
        << QByteArray() << true << 9;
    QTest::newRow("a window without a reset")
        << 429 << HttpHeaders{{"X-RateLimit-Remaining-Minute", "0"}} << QByteArray() << true << -1;
    QTest::newRow("403, a window used up by chance")
        << 403 << HttpHeaders{{"X-RateLimit-Remaining-Second", "0"}} << QByteArray("{}") << false << -1;
    QTest::newRow("reset at") << 403 << HttpHeaders{{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "1767225630"}}
                              << QByteArray() << true << 30;
    QTest::newRow("403 with Retry-After") << 403 << HttpHeaders{{"Retry-After", "5"}} << QByteArray() << true << 5;
    QTest::newRow("403 in words") << 403 << none << QByteArray("You have exceeded a secondary rate limit.") << true
                                  << -1;
    QTest::newRow("403") << 403 << HttpHeaders{{"X-RateLimit-Remaining", "12"}} << QByteArray("{}") << false << -1;
    QTest::newRow("200, none left") << 200 << HttpHeaders{{"RateLimit-Remaining", "0"}} << QByteArray() << false << -1;
}

void TestHttpLimits::refusals()
{
    QFETCH(int, status);
    QFETCH(HttpHeaders, headers);
    QFETCH(QByteArray, body);
    QFETCH(bool, refuses);
    QFETCH(int, wait);
    HttpAnswer answer;
    answer.status = status;
    answer.headers = headers;
    answer.body = body;
    QCOMPARE(refusesForRate(answer), refuses);
    const QDateTime now(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    const auto asked = askedToWait(answer, now);
    QCOMPARE(asked.has_value(), wait >= 0);
    if (asked)
        QCOMPARE(*asked, std::chrono::seconds(wait));
}

void TestHttpLimits::refusalsAreRepeated()
{
    WireServer server;
    answerInTurn(server,
                 {WireServer::reply(429), WireServer::reply(429, {}, {"Retry-After: 0"}),
                  WireServer::reply(429, {}, {"Retry-After: Thu, 01 Jan 2026 00:00:01 GMT"})});
    HttpClient::Setting setting = settingFor(server, 4);
    setting.retry.now = [] { return QDateTime(QDate(2026, 1, 1), QTime(0, 0, 0, 990), Qt::UTC); };
    HttpClient client(setting);
    const auto answer = answerOf(client, request("POST", server.url(), "{}"));
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QCOMPARE(server.requests.size(), 4);
    QCOMPARE(server.requests.last().body, "{}");

    server.handle = [](const WireServer::Request &got) { got.answer(WireServer::reply(429)); };
    const auto never = answerOf(client, request("GET", server.url()));
    QVERIFY(!never);
    QCOMPARE(never.error().kind(), Error::Kind::RateLimited);
    QVERIFY(!mayHaveHappened(never.error()));
    QCOMPARE(server.requests.size(), 8);
}

void TestHttpLimits::aRefusalHoldsBackTheAccount()
{
    WireServer server;
    answerInTurn(server, {WireServer::reply(429, {}, {"Retry-After: 240"})});
    HttpClient client(settingFor(server, 4)); // its patience is shorter
    const auto first = answerOf(client, request("GET", server.url()));
    QVERIFY(!first);
    QCOMPARE(first.error().kind(), Error::Kind::RateLimited);
    QCOMPARE(first.error().remedy(), u"Try again in 4 minutes."_s);
    const auto second = answerOf(client, request("POST", server.url("/other"), "{}"));
    QVERIFY(!second);
    QCOMPARE(second.error().kind(), Error::Kind::RateLimited);
    QVERIFY(!mayHaveHappened(second.error()));
    QCOMPARE(server.requests.size(), 1);
    HttpClient another(settingFor(server, 4));
    QVERIFY(answerOf(another, request("GET", server.url())));
}

void TestHttpLimits::refusalsGrow()
{
    RetryPolicy policy;
    policy.first = 1000ms;
    policy.most = 100s;
    policy.random = [] { return 0.0; };
    RateLimit limit(policy, 4500);
    HttpAnswer refused;
    refused.status = 429;
    QCOMPARE(limit.hold(), 0ms);
    limit.learn(refused);
    QVERIFY(limit.hold() > 0ms && limit.hold() <= 500ms);
    limit.learn(refused); // was on its way already
    QVERIFY(limit.hold() <= 500ms);
    refused.headers = {{"Retry-After", "50"}};
    limit.learn(refused);
    QVERIFY(limit.hold() > 500ms && limit.hold() <= 50s);
    refused.headers = {{"Retry-After", "1"}}; // a shorter one does not let go earlier
    limit.learn(refused);
    QVERIFY(limit.hold() > 1s);
    int asked = 0;
    policy.first = 2ms;
    policy.random = [&asked] { return ++asked, 0.0; };
    RateLimit growing(policy, -1);
    refused.headers = {};
    growing.learn(refused);
    QTRY_COMPARE(growing.hold(), 0ms);
    growing.learn(refused);
    QCOMPARE(asked, 2);
    QVERIFY(growing.hold() <= 2ms);
}

void TestHttpLimits::budget()
{
    WireServer server;
    answerInTurn(server,
                 {WireServer::reply(200, {}, {"RateLimit-Remaining: 4321"}), WireServer::reply(200),
                  WireServer::reply(304, {}, {"X-RateLimit-Remaining: 12", "X-RateLimit-Limit: 5000"}),
                  WireServer::reply(200, {},
                                    {"RateLimit-Remaining: 40", "RateLimit-Limit: 60", "X-RateLimit-Limit-Hour: 900",
                                     "X-RateLimit-Remaining-Hour: 25", "X-RateLimit-Remaining-Day: 8000"}),
                  WireServer::reply(200, {}, {"RateLimit-Remaining: 7"})});
    HttpClient::Setting setting = settingFor(server);
    setting.budgetTotal = 4500;
    const QDateTime now(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    setting.retry.now = [now] { return now; };
    HttpClient client(setting);
    QCOMPARE(client.budget(), (Budget{-1, 4500, {}}));
    for (const Budget &expected :
         {Budget{4321, 4500, now}, Budget{4321, 4500, now}, Budget{12, 5000, now}, Budget{25, 900, now}}) {
        QVERIFY(answerOf(client, request("GET", server.url())));
        QCOMPARE(client.budget(), expected);
    }
    HttpRequest other = request("GET", server.url()); // a file store's numbers are not the account's
    other.authorized = false;
    QVERIFY(answerOf(client, other));
    QCOMPARE(client.budget().remaining, 25);
}

void TestHttpLimits::soManyAtATime()
{
    WireServer server;
    server.handle = [](const WireServer::Request &) {};
    HttpClient::Setting setting = settingFor(server);
    setting.concurrent = 2;
    HttpClient client(setting);
    Answers answers;
    for (const char *target : {"/1", "/2", "/3", "/4"})
        collect(&client, request("GET", server.url(target)), &answers);
    QCOMPARE(client.inFlight(), 4);
    QTRY_COMPARE(server.requests.size(), 2);
    WireServer fence; // what had been sent would have come before this round trip ended
    HttpClient other(settingFor(fence));
    QVERIFY(answerOf(other, request("GET", fence.url())));
    QCOMPARE(server.requests.size(), 2);
    for (int answered = 0; answered < 4; ++answered) {
        QTRY_COMPARE_GT(server.requests.size(), answered);
        server.requests.at(answered).answer(WireServer::reply(200));
    }
    QTRY_COMPARE(answers.size(), 4);
    QCOMPARE(client.inFlight(), 0);
    QCOMPARE(server.requests.at(2).target, "/3");
    QCOMPARE(server.requests.at(3).target, "/4");
}

void TestHttpLimits::keptAnswers()
{
    WireServer server;
    server.handle = [](const WireServer::Request &got) {
        if (got.header("If-None-Match") == "W/\"1\"")
            got.answer(WireServer::reply(304, {}, {"ETag: W/\"1\"", "X-Now: 2"}));
        else
            got.answer(WireServer::reply(206, "[1]", {"ETag: W/\"1\"", "Next-Range: id ]x..", "X-Now: 1"}));
    };
    HttpClient client(settingFor(server));
    const auto first = answerOf(client, conditional(server.url("/apps")));
    QVERIFY(first);
    QVERIFY(!first->notModified);
    const auto second = answerOf(client, conditional(server.url("/apps")));
    QVERIFY(second);
    QVERIFY(second->notModified);
    QCOMPARE(second->status, 206);
    QVERIFY(second->good());
    QCOMPARE(second->body, "[1]");
    QCOMPARE(second->header("Next-Range"), "id ]x..");
    QCOMPARE(second->header("X-Now"), "2");
    QVERIFY(answerOf(client, request("GET", server.url("/apps"))));
    QVERIFY(server.requests.last().header("If-None-Match").isNull());
}

void TestHttpLimits::keptAnswersAreApart()
{
    WireServer server;
    server.handle = [](const WireServer::Request &got) { got.answer(WireServer::reply(200, "x", {"ETag: \"1\""})); };
    HttpClient client(settingFor(server));
    const HttpHeaders plain{{"Accept", "a/b"}, {"Range", "id ..; max=200"}};
    const auto asksAgain = [&](const HttpRequest &asked) {
        const bool answered = answerOf(client, asked).has_value();
        return answered && !server.requests.last().header("If-None-Match").isNull();
    };
    QVERIFY(!asksAgain(conditional(server.url("/a"), plain)));
    QVERIFY(asksAgain(conditional(server.url("/a"), plain)));
    QVERIFY(!asksAgain(conditional(server.url("/b"), plain)));
    QVERIFY(!asksAgain(conditional(server.url("/a?x=y"), plain)));
    QVERIFY(!asksAgain(conditional(server.url("/a"), {{"Accept", "a/b"}, {"Range", "id ]x..; max=200"}})));
    QVERIFY(!asksAgain(conditional(server.url("/a"), {{"Accept", "a/c"}, {"Range", "id ..; max=200"}})));
    HttpRequest bare = conditional(server.url("/a"), plain);
    bare.authorized = false;
    QVERIFY(!asksAgain(bare));
    server.handle = [](const WireServer::Request &got) { got.answer(WireServer::reply(200, "x")); };
    QVERIFY(asksAgain(conditional(server.url("/a"), plain)));
    QVERIFY(!asksAgain(conditional(server.url("/a"), plain))); // the last answer had no tag
}

void TestHttpLimits::keptAnswersAreBounded()
{
    ETagCache cache(2000);
    HttpAnswer answer;
    answer.status = 200;
    answer.headers = {{"ETag", "1"}};
    const auto at = [](const QByteArray &path) {
        return request("GET", QUrl::fromEncoded("https://a.invalid/" + path));
    };
    answer.body = QByteArray(900, 'x');
    cache.keep(at("1"), answer);
    cache.keep(at("2"), answer);
    QVERIFY(cache.find(at("1"))); // now the more recent one
    cache.keep(at("3"), answer);
    QVERIFY(cache.find(at("1")) && !cache.find(at("2")) && cache.find(at("3")));
    answer.body = QByteArray(3000, 'x');
    cache.keep(at("4"), answer);
    QVERIFY(!cache.find(at("4")));
}

QTEST_GUILESS_MAIN(TestHttpLimits)
#include "tst_httplimits.moc"
