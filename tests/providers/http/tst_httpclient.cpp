// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpfixture.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTest>

using namespace Slipway;
using namespace HttpFixture;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QStringList *g_messages = nullptr;

void record(QtMsgType, const QMessageLogContext &, const QString &text)
{
    g_messages->append(text);
}

/// A port where nobody listens.
QUrl closedDoor(const QByteArray &target = "/")
{
    WireServer server;
    return server.url(target);
}

// Of this test alone, signed by itself: trusted by nobody.
const char kKey[] =
    "MHcCAQEEIP9CAoQ1YiqTIVgeHrWXMrmCEkv/gTfG5dWPiRWRypOKoAoGCCqGSM49AwEHoUQDQgAEk3Rc5aqAbNh/HGnb/HRgO7Do"
    "rMQ4T4/pe6UwxwRsuhNa0D9kLez4pkvuepP3cW/CrbN+TGClHUAUo1bX9Mx7XA==";
const char kCertificate[] =
    "MIIBmzCCAUGgAwIBAgIUDOhpGzqcpizNGZMoXIZQCX6T5RIwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2"
    "MTEyOTA3MzYwMloYDzIxMjYxMTA1MDczNjAyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC"
    "AASTdFzlqoBs2H8cadv8dGA7sOisxDhPj+l7pTDHBGy6E1rQP2Qt7PimS+56k/dxb8Kts35MYKUdQBSjVtf0zHtco28wbTAdBgNV"
    "HQ4EFgQU1bG5VnWQ82diGvqZp7ALuePaVfwwHwYDVR0jBBgwFoAU1bG5VnWQ82diGvqZp7ALuePaVfwwDwYDVR0TAQH/BAUwAwEB"
    "/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZIzj0EAwIDSAAwRQIhALLMiPmqeAJu5W4MVOb+kl6stRJvcQsTJH/I"
    "MKg94re0AiBe73IwbinJHuFrNvFNPFsX/ENqMI4u41d9ou7/xn5hAQ==";

} // namespace

/// Where requests go and where not, what may come back, and the words for what went wrong.
class TestHttpClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aRedirectOnTheSameOriginIsFollowed_data();
    void aRedirectOnTheSameOriginIsFollowed();
    void redirectsEnd();
    void aRedirectElsewhereIsNotFollowed_data();
    void aRedirectElsewhereIsNotFollowed();
    void aRedirectCanBeTheAnswer();
    void onlyReadsFollow();
    void theTokenStaysWithItsOrigins();
    void addressesThatAreNotSafe_data();
    void addressesThatAreNotSafe();
    void aCertificateNobodySigned();
    void proxiesAreForOthers();
    void tooLargeAnswers_data();
    void tooLargeAnswers();
    void wordsForTheNetwork();
    void whatMayHaveHappened();
    void nothingSecretIsTold();
};

void TestHttpClient::initTestCase()
{
    for (const char *name :
         {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "no_proxy", "NO_PROXY"})
        qunsetenv(name);
}

void TestHttpClient::aRedirectOnTheSameOriginIsFollowed_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("method");
    for (const int status : {301, 302, 303, 307, 308}) {
        QTest::addRow("%d get", status) << status << QByteArray("GET");
        QTest::addRow("%d head", status) << status << QByteArray("HEAD");
    }
}

void TestHttpClient::aRedirectOnTheSameOriginIsFollowed()
{
    QFETCH(int, status);
    QFETCH(QByteArray, method);
    WireServer server;
    server.handle = [status](const WireServer::Request &got) {
        const QByteArray body = got.method == "HEAD" ? QByteArray() : QByteArray("moved");
        if (got.target == "/old?a=b")
            got.answer(WireServer::reply(status, body, {"Location: ../new"}));
        else
            got.answer(WireServer::reply(200, body.isEmpty() ? body : QByteArray("here")));
    };
    HttpClient client(settingFor(server));
    const auto answer = answerOf(client, request(method, server.url("/old?a=b")));
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QCOMPARE(answer->body, method == "HEAD" ? "" : "here");
    QCOMPARE(server.requests.size(), 2);
    QCOMPARE(server.requests.last().target, "/new");
    QCOMPARE(server.requests.last().method, method);
    QCOMPARE(server.requests.last().header("Authorization"), kToken);
}

void TestHttpClient::redirectsEnd()
{
    WireServer server;
    server.handle = [](const WireServer::Request &got) {
        got.answer(WireServer::reply(302, {}, {"Location: " + got.target + "x"}));
    };
    HttpClient client(settingFor(server, 3));
    const auto answer = answerOf(client, request("GET", server.url("/a")));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), Error::Kind::BadPayload);
    QCOMPARE(server.requests.size(), 6);
}

void TestHttpClient::aRedirectElsewhereIsNotFollowed_data()
{
    QTest::addColumn<QByteArray>("location"); // %1: the other server
    QTest::addColumn<QString>("named");
    QTest::addColumn<bool>("authorized");
    QTest::newRow("another port") << QByteArray("http://127.0.0.1:%1/a?token=secret") << u"127.0.0.1"_s << true;
    QTest::newRow("another name") << QByteArray("http://localhost:%1/") << u"localhost"_s << true;
    QTest::newRow("without scheme") << QByteArray("//localhost:%1/") << u"localhost"_s << true;
    QTest::newRow("without a token too") << QByteArray("http://localhost:%1/") << u"localhost"_s << false;
    QTest::newRow("unencrypted") << QByteArray("http://files.example.com/?token=secret") << u"files.example.com"_s
                                 << true;
    QTest::newRow("not the web") << QByteArray("file:///etc/passwd") << u"an unreadable address"_s << true;
    QTest::newRow("not an address") << QByteArray("http://[") << u"an unreadable address"_s << true;
}

void TestHttpClient::aRedirectElsewhereIsNotFollowed()
{
    QFETCH(QByteArray, location);
    QFETCH(QString, named);
    QFETCH(bool, authorized);
    WireServer other;
    location.replace("%1", QByteArray::number(other.serverPort()));
    WireServer server;
    server.handle = [&](const WireServer::Request &got) {
        got.answer(WireServer::reply(302, {}, {"Location: " + location}));
    };
    HttpClient client(settingFor(server, 3));
    HttpRequest asked = request("GET", server.url("/?secret=1"));
    asked.authorized = authorized;
    const auto answer = answerOf(client, asked);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), Error::Kind::BadPayload);
    QVERIFY2(answer.error().message().contains(named), qPrintable(answer.error().message()));
    QVERIFY(!answer.error().text().contains(u"secret"_s));
    QCOMPARE(server.requests.size(), 1);
    QCOMPARE(other.connections, 0);
}

void TestHttpClient::aRedirectCanBeTheAnswer()
{
    WireServer server;
    server.handle = [](const WireServer::Request &got) {
        got.answer(WireServer::reply(302, {}, {"Location: https://files.example.com/a?token=secret"}));
    };
    HttpClient client(settingFor(server, 3));
    HttpRequest asked = request("GET", server.url("/a"));
    asked.followed = false;
    const auto answer = answerOf(client, asked);
    QVERIFY(answer);
    QCOMPARE(answer->status, 302);
    QCOMPARE(answer->header("Location"), "https://files.example.com/a?token=secret");
    QCOMPARE(server.requests.size(), 1);
}

void TestHttpClient::onlyReadsFollow()
{
    WireServer server;
    int status = 0;
    server.handle = [&](const WireServer::Request &got) {
        got.answer(WireServer::reply(status, {}, {"Location: /new"}));
    };
    HttpClient client(settingFor(server, 3));
    for (const char *method : {"POST", "PATCH", "DELETE"}) {
        for (const int each : {301, 302, 303, 307, 308}) {
            status = each;
            server.requests.clear();
            const auto answer = answerOf(client, request(method, server.url(), "{}"));
            QVERIFY2(!answer, method);
            // For the last two Qt rewinds the body though nobody asked it to follow; that of a POST refuses.
            if (*method != 'P' || method[1] != 'O' || status < 307)
                QCOMPARE(answer.error().kind(), Error::Kind::BadPayload);
            QVERIFY(mayHaveHappened(answer.error()));
            QCOMPARE(server.requests.size(), 1);
        }
    }
}

void TestHttpClient::theTokenStaysWithItsOrigins()
{
    WireServer root;
    WireServer data;
    WireServer other;
    HttpClient::Setting setting = settingFor(root);
    setting.dataRoot = data.url("/client/v11");
    HttpClient client(setting);
    for (const WireServer *server : {&root, &data, &other})
        QVERIFY(answerOf(client, request("GET", server->url("/x"))));
    QCOMPARE(root.requests.first().header("Authorization"), kToken);
    QCOMPARE(data.requests.first().header("Authorization"), kToken);
    QVERIFY(other.requests.first().header("Authorization").isNull());
    QUrl sameByAnotherName = root.url();
    sameByAnotherName.setHost(u"localhost"_s);
    QVERIFY(answerOf(client, request("GET", sameByAnotherName)));
    QVERIFY(root.requests.last().header("Authorization").isNull());
    HttpRequest bare = request("GET", root.url());
    bare.authorized = false;
    QVERIFY(answerOf(client, bare));
    QVERIFY(root.requests.last().header("Authorization").isNull());
}

void TestHttpClient::addressesThatAreNotSafe_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::newRow("unencrypted") << QUrl(u"http://harbour.example.com/apps?secret=1"_s);
    QTest::newRow("looks like loopback") << QUrl(u"http://127.0.0.1.example.com/"_s);
    QTest::newRow("another machine") << QUrl(u"http://128.0.0.1/"_s);
    QTest::newRow("another v6 machine") << QUrl(u"http://[::2]/"_s);
    QTest::newRow("a password") << QUrl(u"https://%1:%2@127.0.0.1/"_s.arg(u"ada"_s, u"secret"_s));
    QTest::newRow("a file") << QUrl(u"file:///etc/passwd"_s);
    QTest::newRow("ftp") << QUrl(u"ftp://127.0.0.1/"_s);
    QTest::newRow("relative") << QUrl(u"/apps"_s);
    QTest::newRow("none") << QUrl();
}

void TestHttpClient::addressesThatAreNotSafe()
{
    QFETCH(QUrl, url);
    WireServer server;
    HttpClient client(settingFor(server, 3));
    const auto answer = answerOf(client, request("POST", url, "{}"));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), Error::Kind::BadPayload);
    QVERIFY(!answer.error().text().contains(u"secret"_s));
    QVERIFY(!mayHaveHappened(answer.error()));
    QCOMPARE(client.inFlight(), 0);
}

void TestHttpClient::aCertificateNobodySigned()
{
    QSslServer server;
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPrivateKey(QSslKey(QByteArray::fromBase64(kKey), QSsl::Ec, QSsl::Der));
    tls.setLocalCertificate(QSslCertificate(QByteArray::fromBase64(kCertificate), QSsl::Der));
    QVERIFY(!tls.privateKey().isNull() && !tls.localCertificate().isNull());
    server.setSslConfiguration(tls);
    int handshakes = 0;
    connect(&server, &QSslServer::startedEncryptionHandshake, this, [&handshakes] { ++handshakes; });
    QVERIFY(server.listen(QHostAddress::LocalHost));
    HttpClient::Setting setting = settingFor(WireServer(), 3);
    setting.root = QUrl(u"https://127.0.0.1:%1/"_s.arg(server.serverPort()));
    HttpClient client(setting);
    for (const char *method : {"GET", "POST"}) {
        const auto answer = answerOf(client, request(method, setting.root, *method == 'P' ? "{}" : ""));
        QVERIFY2(!answer, method);
        QCOMPARE(answer.error().kind(), Error::Kind::Network);
        QVERIFY2(answer.error().message().startsWith(u"Harbour cannot be trusted: "_s),
                 qPrintable(answer.error().message()));
        QVERIFY(!mayHaveHappened(answer.error()));
    }
    QCOMPARE(handshakes, 2);
}

void TestHttpClient::proxiesAreForOthers()
{
    WireServer proxy;
    proxy.handle = [](const WireServer::Request &got) { got.answerAndClose(WireServer::reply(502)); };
    qputenv("http_proxy", proxy.url().toEncoded());
    qputenv("https_proxy", proxy.url().toEncoded());
    WireServer server;
    HttpClient client(settingFor(server));
    QVERIFY(answerOf(client, request("GET", server.url())));
    QVERIFY(answerOf(client, request("POST", server.url(), "{}")));
    QCOMPARE(proxy.connections, 0);
    const auto answer = answerOf(client, request("POST", QUrl(u"https://harbour.invalid/apps"_s), "{}"));
    qunsetenv("http_proxy");
    qunsetenv("https_proxy");
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), Error::Kind::Network);
    QVERIFY(!mayHaveHappened(answer.error()));
    QVERIFY(!proxy.requests.isEmpty());
    QCOMPARE(proxy.requests.first().method, "CONNECT");
    QCOMPARE(proxy.requests.first().target, "harbour.invalid:443");
    QVERIFY(proxy.requests.first().header("Authorization").isNull());
}

void TestHttpClient::tooLargeAnswers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("good");
    const QByteArray body(1000, 'x');
    QTest::newRow("just right") << WireServer::reply(200, body) << true;
    QTest::newRow("announced") << "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + body << false;
    QTest::newRow("in chunks") << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" + body
            + "\r\n1\r\nx\r\n" << false;
    QTest::newRow("of no length") << "HTTP/1.1 200 OK\r\n\r\n" + body + 'x' << false;
    QTest::newRow("an error") << WireServer::reply(500, body + 'x') << false;
}

void TestHttpClient::tooLargeAnswers()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, good);
    WireServer server;
    server.handle = [&bytes](const WireServer::Request &got) { got.answer(bytes); };
    HttpClient::Setting setting = settingFor(server, 3);
    setting.largestBody = 1000;
    HttpClient client(setting);
    const auto answer = answerOf(client, request("GET", server.url()));
    QCOMPARE(answer.has_value(), good);
    if (!good) {
        QCOMPARE(answer.error().kind(), Error::Kind::BadPayload);
        QCOMPARE(answer.error().message(), u"The answer of Harbour is larger than 1000 bytes."_s);
    }
    QCOMPARE(server.requests.size(), 1);
}

void TestHttpClient::wordsForTheNetwork()
{
    WireServer server;
    HttpClient client(settingFor(server));
    const auto refused = answerOf(client, request("POST", closedDoor(), "{}"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind(), Error::Kind::Network);
    QCOMPARE(refused.error().message(), u"Harbour cannot be reached: the connection was refused."_s);
    QCOMPARE(refused.error().remedy(), u"Check the network; Slipway tries again by itself."_s);
    QCOMPARE(refused.error().detail(), u"not sent"_s);
    server.handle = [](const WireServer::Request &got) { got.drop(); };
    const auto lost = answerOf(client, request("POST", server.url(), "{}"));
    QVERIFY(!lost);
    QCOMPARE(lost.error().message(), u"Harbour cannot be reached: it closed the connection without an answer."_s);
    QCOMPARE(lost.error().detail(), u"answer lost"_s);
}

void TestHttpClient::whatMayHaveHappened()
{
    QVERIFY(mayHaveHappened(Error(Error::Kind::Network, u"?"_s)));
    QVERIFY(mayHaveHappened(Error(Error::Kind::Server, u"?"_s)));
    QVERIFY(mayHaveHappened(Error(Error::Kind::Cancelled, u"?"_s)));
    QVERIFY(mayHaveHappened(Error(Error::Kind::BadPayload, u"?"_s)));
    QVERIFY(!mayHaveHappened(Error(Error::Kind::Invalid, u"?"_s)));
    QVERIFY(!mayHaveHappened(Error(Error::Kind::RateLimited, u"?"_s)));
    QVERIFY(!mayHaveHappened(Error(Error::Kind::Network, u"?"_s, {}, u"not sent"_s)));
}

void TestHttpClient::nothingSecretIsTold()
{
    QStringList messages;
    g_messages = &messages;
    const QtMessageHandler before = qInstallMessageHandler(record);
    WireServer server;
    const QList<QByteArray> bad{
        "", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ndo-not", "do-not-tell: nonsense\r\n\r\n",
        WireServer::reply(302, "do-not-tell", {"Location: https://b.example.com/do-not-tell?do-not-tell"}),
        WireServer::reply(429, "do-not-tell", {"Retry-After: 99999"})};
    QByteArray bytes;
    server.handle = [&bytes](const WireServer::Request &got) { got.answerAndClose(bytes); };
    QStringList told;
    for (const QByteArray &each : bad) {
        bytes = each;
        HttpClient client(settingFor(server, 2));
        for (const char *method : {"GET", "PATCH", "POST"}) {
            HttpRequest asked = request(method, server.url("/do-not-tell?a=do-not-tell"), "{\"KEY\":\"do-not-tell\"}");
            asked.headers = {{"X-Secret", "do-not-tell"}};
            const auto answer = answerOf(client, asked);
            if (!answer)
                told += answer.error().text() + answer.error().detail();
        }
        const auto refused = answerOf(client, request("POST", closedDoor("/do-not-tell?a=do-not-tell"), "do-not-tell"));
        if (!refused)
            told += refused.error().text() + refused.error().detail();
    }
    qInstallMessageHandler(before);
    g_messages = nullptr;
    QCOMPARE_GE(told.size(), 15);
    QVERIFY2(!(told + messages).join(u'\n').contains(u"do-not"_s), qPrintable((told + messages).join(u'\n')));
}

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
