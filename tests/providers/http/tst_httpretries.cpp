// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpfixture.h"

#include <QTest>

using namespace Slipway;
using namespace HttpFixture;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// When a request is sent again.
class TestHttpRetries : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pauses();
    void failuresThatPass_data();
    void failuresThatPass();
    void itGivesUp();
    void aPostIsSentAgainOnlyWhenItWasNot();
    void anEarlierAttemptCounts();
    void repeatableIsTheCallersWord();
    void retryAfterOfABusyService();
};

void TestHttpRetries::pauses()
{
    RetryPolicy policy;
    policy.first = 100ms;
    policy.most = 1000ms;
    policy.random = [] { return 0.0; };
    QCOMPARE(policy.pause(1), 50ms);
    QCOMPARE(policy.pause(2), 100ms);
    QCOMPARE(policy.pause(3), 200ms);
    QCOMPARE(policy.pause(1000), 500ms);
    policy.random = [] { return 1.0; };
    QCOMPARE(policy.pause(1), 100ms);
    QCOMPARE(policy.pause(5), 1000ms);
    policy.random = {};
    for (int i = 0; i < 100; ++i)
        QVERIFY(policy.pause(1) >= 50ms && policy.pause(1) <= 100ms);
}

void TestHttpRetries::failuresThatPass_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const int status : {500, 502, 503, 504})
        QTest::addRow("%d", status) << WireServer::reply(status, "sorry");
    QTest::newRow("dropped") << QByteArray();
}

void TestHttpRetries::failuresThatPass()
{
    QFETCH(QByteArray, bytes);
    for (const char *method : {"GET", "PUT", "PATCH", "DELETE"}) {
        WireServer server;
        answerInTurn(server, {bytes, bytes, bytes});
        HttpClient::Setting setting = settingFor(server, 4);
        int pauses = 0;
        setting.retry.random = [&pauses] { return ++pauses * 0.1; };
        HttpClient client(setting);
        const auto answer = answerOf(client, request(method, server.url()));
        QVERIFY2(answer, method);
        QCOMPARE(answer->status, 200);
        QCOMPARE_LE(pauses, 3); // Qt itself repeats some that were dropped
        QCOMPARE(server.requests.size(), 4);
    }
    WireServer server;
    answerInTurn(server, {bytes});
    HttpClient client(settingFor(server, 4));
    const auto answer = answerOf(client, request("POST", server.url(), "{}"));
    QCOMPARE(server.requests.size(), 1);
    QCOMPARE(answer.has_value(), !bytes.isEmpty());
}

void TestHttpRetries::itGivesUp()
{
    WireServer server;
    server.handle = [](const WireServer::Request &got) { got.answer(WireServer::reply(503, "sorry")); };
    HttpClient client(settingFor(server, 3));
    const auto answer = answerOf(client, request("GET", server.url()));
    QVERIFY(answer);
    QCOMPARE(answer->status, 503);
    QCOMPARE(answer->body, "sorry");
    QCOMPARE(server.requests.size(), 3);
}

void TestHttpRetries::aPostIsSentAgainOnlyWhenItWasNot()
{
    auto server = std::make_unique<WireServer>();
    HttpClient::Setting setting = settingFor(*server, 4);
    const QUrl url = server->url();
    const quint16 port = server->serverPort();
    server->close();
    int pauses = 0;
    setting.retry.random = [&] {
        if (++pauses == 2)
            server->listen(QHostAddress::LocalHost, port);
        return 0.0;
    };
    HttpClient client(setting);
    const auto answer = answerOf(client, request("POST", url, "{}"));
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QCOMPARE(pauses, 2);
    QCOMPARE(server->requests.size(), 1);
    QCOMPARE(server->requests.first().body, "{}");
}

void TestHttpRetries::anEarlierAttemptCounts()
{
    WireServer server;
    server.handle = [&server](const WireServer::Request &got) {
        server.close();
        got.answer(WireServer::reply(503, {}, {"Connection: close"}));
        got.socket->disconnectFromHost();
    };
    HttpClient client(settingFor(server, 3));
    const auto answer = answerOf(client, request("PATCH", server.url(), "{}"));
    QVERIFY(!answer);
    QCOMPARE(answer.error().message(), u"Harbour cannot be reached: the connection was refused."_s);
    QVERIFY(mayHaveHappened(answer.error()));
    QCOMPARE(server.requests.size(), 1);
}

void TestHttpRetries::repeatableIsTheCallersWord()
{
    WireServer server;
    answerInTurn(server, {WireServer::reply(503), WireServer::reply(503)});
    HttpClient client(settingFor(server, 2));
    HttpRequest asked = request("POST", server.url(), "{}");
    asked.repeatable = true;
    QCOMPARE(answerOf(client, asked).value().status, 503);
    QCOMPARE(server.requests.size(), 2);
    QCOMPARE(server.requests.last().body, "{}");
    answerInTurn(server, {WireServer::reply(503)});
    asked = request("GET", server.url());
    asked.repeatable = false;
    QCOMPARE(answerOf(client, asked).value().status, 503);
    QCOMPARE(server.requests.size(), 3);
}

void TestHttpRetries::retryAfterOfABusyService()
{
    WireServer server;
    answerInTurn(server,
                 {WireServer::reply(503, {}, {"Retry-After: 0"}), WireServer::reply(503, {}, {"Retry-After: 86400"})});
    HttpClient client(settingFor(server, 4));
    const auto answer = answerOf(client, request("GET", server.url()));
    QVERIFY(answer); // too long a wait: what came is the answer
    QCOMPARE(answer->status, 503);
    QCOMPARE(server.requests.size(), 2);
}

QTEST_GUILESS_MAIN(TestHttpRetries)
#include "tst_httpretries.moc"
