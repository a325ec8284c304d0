// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpfixture.h"

#include <QTest>

using namespace Slipway;
using namespace HttpFixture;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Answers that come in pieces, as long as they last.
class TestHttpStreams : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aStreamComesInPieces();
    void aBrokenStreamIsNotRepeated();
    void theErrorOfAStreamIsABody();
    void streamsTakeNoPlace();
    void stopFromAStream();
};

void TestHttpStreams::aStreamComesInPieces()
{
    WireServer server;
    server.handle = [](const WireServer::Request &got) {
        got.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n");
    };
    HttpClient client(settingFor(server));
    QByteArray seen;
    HttpRequest asked = request("GET", server.url());
    asked.chunk = [&seen](const QByteArray &bytes) { seen += bytes; };
    Answers answers;
    collect(&client, asked, &answers);
    QTRY_COMPARE(seen, "one\n");
    QVERIFY(answers.isEmpty());
    QCOMPARE(server.requests.last().header("Accept-Encoding"), "identity");
    server.requests.last().answer("4\r\ntwo\n\r\n");
    QTRY_COMPARE(seen, "one\ntwo\n");
    server.requests.last().answer("0\r\n\r\n");
    QTRY_COMPARE(answers.size(), 1);
    QVERIFY(answers.first());
    QCOMPARE(answers.first()->body, "");
}

void TestHttpStreams::aBrokenStreamIsNotRepeated()
{
    WireServer server;
    server.handle = [](const WireServer::Request &got) {
        got.answerAndClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n");
    };
    HttpClient client(settingFor(server, 4));
    QByteArray seen;
    HttpRequest asked = request("GET", server.url());
    asked.chunk = [&seen](const QByteArray &bytes) { seen += bytes; };
    const auto answer = answerOf(client, asked);
    if (!answer) // what Qt 6.4 sometimes takes for a good end is described at HttpClient::send()
        QCOMPARE(answer.error().message(), u"The answer of Harbour was cut short."_s);
    // Qt asks once more by itself when the end comes before it has read a head (QHttpNetworkConnectionChannel,
    // handleUnexpectedEOF): nobody has seen a piece by then.
    QVERIFY2(server.requests.size() <= 2, QByteArray::number(server.requests.size()).constData());
    QCOMPARE(seen, "one\n"); // once
}

void TestHttpStreams::theErrorOfAStreamIsABody()
{
    WireServer server;
    server.handle = [](const WireServer::Request &got) { got.answer(WireServer::reply(404, "gone")); };
    HttpClient client(settingFor(server));
    QByteArray seen;
    HttpRequest asked = request("GET", server.url());
    asked.chunk = [&seen](const QByteArray &bytes) { seen += bytes; };
    const auto answer = answerOf(client, asked);
    QVERIFY(answer);
    QCOMPARE(answer->status, 404);
    QCOMPARE(answer->body, "gone");
    QCOMPARE(seen, "");
}

void TestHttpStreams::streamsTakeNoPlace()
{
    WireServer server;
    server.handle = [](const WireServer::Request &got) {
        if (got.target == "/log")
            got.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na\n\r\n");
        else
            got.answer(WireServer::reply(200, "ok"));
    };
    HttpClient client(settingFor(server));
    Answers answers;
    int chunks = 0;
    HttpRequest stream = request("GET", server.url("/log"));
    stream.chunk = [&chunks](const QByteArray &) { ++chunks; };
    for (int i = 0; i < 9; ++i)
        collect(&client, stream, &answers);
    QTRY_COMPARE(chunks, 9);
    QVERIFY(answerOf(client, request("GET", server.url())));
    client.stop({});
    QTRY_COMPARE(answers.size(), 9);
}

void TestHttpStreams::stopFromAStream()
{
    WireServer server;
    server.handle = [](const WireServer::Request &got) {
        got.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na\n\r\n");
    };
    HttpClient client(settingFor(server));
    int drained = 0;
    HttpRequest stream = request("GET", server.url());
    stream.chunk = [&](const QByteArray &) { client.stop([&drained] { ++drained; }); };
    const auto answer = answerOf(client, stream);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), Error::Kind::Cancelled);
    QTRY_COMPARE(drained, 1);
}

QTEST_GUILESS_MAIN(TestHttpStreams)
#include "tst_httpstreams.moc"
