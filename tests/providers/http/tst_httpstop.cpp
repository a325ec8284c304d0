// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpfixture.h"

#include <QTest>

#include <algorithm>

using namespace Slipway;
using namespace HttpFixture;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QCoro::Task<> wait(HttpClient *client, std::chrono::milliseconds time, QList<Result<void>> *ends)
{
    const auto end = co_await client->delay(time);
    ends->append(end);
}

/// What a provider does that does not take no for an answer.
QCoro::Task<> insist(HttpClient *client, HttpRequest request, Answers *answers)
{
    const auto first = co_await client->send(request);
    answers->append(first);
    const auto paused = co_await client->delay(1h);
    if (!paused)
        answers->append(tl::unexpected(paused.error()));
    const auto second = co_await client->send(request);
    answers->append(second);
}

} // namespace

/// How all of it ends.
class TestHttpStop : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aDelayPasses();
    void stopEndsEverything();
    void stopWhenNothingIsLeft();
    void destroyedWithoutAStop();
};

void TestHttpStop::aDelayPasses()
{
    WireServer server;
    HttpClient client(settingFor(server));
    QVERIFY(QCoro::waitFor(client.delay(1ms)));
    QVERIFY(QCoro::waitFor(client.delay(-5ms)));
    QCOMPARE(client.inFlight(), 0);
}

void TestHttpStop::stopEndsEverything()
{
    WireServer server;
    server.handle = [](const WireServer::Request &got) {
        if (got.target == "/busy")
            got.answer(WireServer::reply(503, {}, {"Retry-After: 60"}));
    };
    HttpClient::Setting setting = settingFor(server, 4);
    setting.concurrent = 2;
    HttpClient client(setting);
    Answers answers;
    QList<Result<void>> ends;
    collect(&client, request("POST", server.url("/hangs"), "{}"), &answers);
    collect(&client, request("GET", server.url("/busy")), &answers);
    QTRY_COMPARE(server.requests.size(), 2);
    insist(&client, request("GET", server.url("/hangs")), &answers);
    collect(&client, request("POST", server.url("/waits"), "{}"), &answers);
    wait(&client, 1h, &ends);
    QTRY_COMPARE(server.requests.size(), 3); // the busy one pauses, another one has its place
    QCOMPARE(client.inFlight(), 5);

    int drained = 0;
    int answered = 0;
    client.stop([&] {
        ++drained;
        answered = int(answers.size() + ends.size());
    });
    QCOMPARE(drained, 0);
    QTRY_COMPARE(drained, 1);
    QCOMPARE(answered, 7); // two more from the one that insists
    QCOMPARE(client.inFlight(), 0);
    for (const auto &answer : answers) {
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind(), Error::Kind::Cancelled);
    }
    QCOMPARE(ends.first().error().kind(), Error::Kind::Cancelled);
    const auto isUnsent = [](const auto &answer) { return !mayHaveHappened(answer.error()); };
    QCOMPARE(std::count_if(answers.cbegin(), answers.cend(), isUnsent), 2); // what waited, and what came after the stop
    const auto refused = answerOf(client, request("GET", server.url()));
    QCOMPARE(refused.error().kind(), Error::Kind::Cancelled);
    QCOMPARE(QCoro::waitFor(client.delay(1ms)).error().kind(), Error::Kind::Cancelled);
    QCOMPARE(server.requests.size(), 3);
    QCOMPARE(drained, 1);
}

void TestHttpStop::stopWhenNothingIsLeft()
{
    WireServer server;
    auto client = std::make_unique<HttpClient>(settingFor(server));
    QVERIFY(answerOf(*client, request("GET", server.url())));
    int drained = 0;
    client->stop([&drained] { ++drained; });
    client->stop([&] {
        ++drained;
        client.reset();
    });
    QCOMPARE(drained, 0);
    QTRY_COMPARE(drained, 2);
    QVERIFY(!client);
}

void TestHttpStop::destroyedWithoutAStop()
{
    WireServer server;
    server.handle = [](const WireServer::Request &) {};
    auto client = std::make_unique<HttpClient>(settingFor(server));
    Answers answers;
    QList<Result<void>> ends;
    collect(client.get(), request("GET", server.url()), &answers);
    collect(client.get(), request("POST", server.url(), "{}"), &answers);
    wait(client.get(), 1h, &ends);
    QTRY_COMPARE(server.requests.size(), 2);
    client.reset();
    QCOMPARE(answers.size(), 2);
    QCOMPARE(ends.size(), 1);
    QCOMPARE(answers.first().error().kind(), Error::Kind::Cancelled);
}

QTEST_GUILESS_MAIN(TestHttpStop)
#include "tst_httpstop.moc"
