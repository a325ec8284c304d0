// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "githubfixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

/// What is said when GitHub refuses, and that nothing else comes of it.
class TestGitHubFaults final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusals_data();
    void refusals();
    void fineGrainedTokenIsToldWhatItLacks();
    void classicTokenIsToldWhatItLacks();
    void singleSignOn();
    void archived();
    void rateLimits_data();
    void rateLimits();
    void halfAnswers_data();
    void halfAnswers();
    void graphErrors_data();
    void graphErrors();
    void noTokenIsQuoted();
    void pagesOfAnotherHost();
    void stopEndsEverything();
};

void TestGitHubFaults::refusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, int status, const QString &message, Error::Kind kind, const QString &said) {
        QTest::newRow(name) << status << message << int(kind) << said;
    };
    row("401", 401, u"Bad credentials"_s, Error::Kind::Unauthorized, u"token"_s);
    row("403", 403, u"Resource not accessible by personal access token"_s, Error::Kind::Blocked,
        u"this token may not"_s);
    row("403 in words", 403, u"Must have push access"_s, Error::Kind::Blocked, u"Must have push access."_s);
    row("409", 409, u"Something is under way"_s, Error::Kind::Conflict, u"under way"_s);
    row("410", 410, u"Gone"_s, Error::Kind::NotFound, u"switched off"_s);
    row("422", 422, u"Validation Failed"_s, Error::Kind::Invalid, u"Validation"_s);
    row("500", 500, {}, Error::Kind::Server, u"trouble"_s);
    row("502", 502, {}, Error::Kind::Server, u"trouble"_s);
    row("control characters", 409, u"\x1b[31mRed\x07\nline"_s, Error::Kind::Conflict, u"Red line"_s);
}

void TestGitHubFaults::refusals()
{
    QFETCH(int, status);
    QFETCH(QString, message);
    QFETCH(int, kind);
    QFETCH(QString, said);
    GitHubFixture f;
    f.fault({{u"path"_s, u"/pulls/2$"_s}, {u"status"_s, status}, {u"message"_s, message}});
    const auto refused = f.wait(f.provider().resolve(f.project(), u"#2"_s));
    if (Error::Kind(kind) == Error::Kind::NotFound) {
        REFUSED(refused, Error::Kind::NotFound); // says that there is no such pull request
        return;
    }
    REFUSED(refused, Error::Kind(kind));
    QVERIFY2(refused.error().message().contains(said), qPrintable(refused.error().message()));
    QVERIFY(!refused.error().remedy().isEmpty());
}

void TestGitHubFaults::fineGrainedTokenIsToldWhatItLacks()
{
    GitHubFixture f;
    f.control("POST", u"tokens"_s,
              {{u"fine"_s,
                QJsonObject{{u"login"_s, u"ada"_s},
                            {u"kind"_s, u"fine-grained"_s},
                            {u"permissions"_s, QJsonObject{{u"contents"_s, u"read"_s}}}}}});
    f.newProvider(u"fine"_s);
    const auto refused = f.wait(f.provider().resolve(f.project(), u"#2"_s));
    REFUSED(refused, Error::Kind::Blocked);
    QVERIFY2(refused.error().remedy().contains(u"pull requests: read"_s), qPrintable(refused.error().remedy()));
    const auto facts = f.wait(f.provider().facts(true));
    VERIFY(facts);
    QVERIFY(facts->scopes.isEmpty());
    const auto written = f.wait(f.provider().deleteBranch(f.project(), u"invoice-pdf"_s, f.head(u"invoice-pdf"_s)));
    REFUSED(written, Error::Kind::Blocked);
    QVERIFY2(written.error().remedy().contains(u"contents: write"_s), qPrintable(written.error().remedy()));
}

void TestGitHubFaults::classicTokenIsToldWhatItLacks()
{
    GitHubFixture f;
    f.control("POST", u"tokens"_s,
              {{u"narrow"_s, QJsonObject{{u"login"_s, u"ada"_s}, {u"scopes"_s, QJsonArray{u"repo:status"_s}}}}});
    f.newProvider(u"narrow"_s);
    const auto refused = f.wait(f.provider().resolve(f.project(), u"main"_s));
    REFUSED(refused, Error::Kind::NotFound);
    QVERIFY2(refused.error().remedy().contains(u"the scope repo"_s), qPrintable(refused.error().remedy()));
}

void TestGitHubFaults::singleSignOn()
{
    GitHubFixture f;
    const QString place = u"https://github.com/orgs/acme/sso?authorization_request=A1"_s;
    f.control(
        "POST", u"tokens"_s,
        {{u"sso"_s, QJsonObject{{u"login"_s, u"ada"_s}, {u"scopes"_s, QJsonArray{u"repo"_s}}, {u"sso"_s, place}}}});
    f.newProvider(u"sso"_s);
    const auto refused = f.wait(f.provider().resolve(f.project(), u"main"_s));
    REFUSED(refused, Error::Kind::Blocked);
    QVERIFY2(refused.error().remedy().contains(place), qPrintable(refused.error().remedy()));
    REFUSED(f.changes(), Error::Kind::Blocked);
}

void TestGitHubFaults::archived()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"options"_s}, {u"archived"_s, true}});
    const auto refused = f.wait(f.provider().deleteBranch(f.project(), u"invoice-pdf"_s, f.head(u"invoice-pdf"_s)));
    REFUSED(refused, Error::Kind::Blocked);
    QVERIFY2(refused.error().message().contains(u"archived"_s), qPrintable(refused.error().message()));
}

void TestGitHubFaults::rateLimits_data()
{
    QTest::addColumn<QJsonObject>("rule");
    QTest::newRow("primary") << QJsonObject{
        {u"status"_s, 403},
        {u"message"_s, u"API rate limit exceeded"_s},
        {u"headers"_s, QJsonObject{{u"X-RateLimit-Remaining"_s, u"0"_s}, {u"X-RateLimit-Reset"_s, u"4102444800"_s}}}};
    QTest::newRow("secondary") << QJsonObject{{u"status"_s, 403},
                                              {u"message"_s, u"You have exceeded a secondary rate limit."_s},
                                              {u"headers"_s, QJsonObject{{u"Retry-After"_s, u"3600"_s}}}};
    QTest::newRow("429") << QJsonObject{{u"status"_s, 429}, {u"headers"_s, QJsonObject{{u"Retry-After"_s, u"3600"_s}}}};
}

void TestGitHubFaults::rateLimits()
{
    QFETCH(QJsonObject, rule);
    GitHubFixture f;
    rule.insert(u"path"_s, u"/pulls/2$"_s);
    f.fault(rule);
    REFUSED(f.wait(f.provider().resolve(f.project(), u"#2"_s)), Error::Kind::RateLimited);
    f.forgetRequests();
    REFUSED(f.wait(f.provider().resolve(f.project(), u"main"_s)), Error::Kind::RateLimited);
    REFUSED(f.changes(), Error::Kind::RateLimited);
    QCOMPARE(f.asked(), 0); // the whole account waits
}

void TestGitHubFaults::halfAnswers_data()
{
    QTest::addColumn<QJsonObject>("rule");
    QTest::addColumn<int>("kind");
    const QString graph = u"/graphql"_s;
    const int bad = int(Error::Kind::BadPayload);
    QTest::newRow("not JSON") << QJsonObject{{u"path"_s, graph}, {u"html"_s, true}, {u"status"_s, 200}} << bad;
    QTest::newRow("nothing") << QJsonObject{{u"path"_s, graph}, {u"answer"_s, QJsonObject()}} << bad;
    QTest::newRow("an array") << QJsonObject{{u"path"_s, graph}, {u"answer"_s, QJsonArray()}} << bad;
    QTest::newRow("no head")
        << QJsonObject{{u"path"_s, graph},
                       {u"set"_s, QJsonObject{{u"data.repository.pullRequests.nodes.headRefOid"_s, QJsonValue()}}}}
        << bad;
    QTest::newRow("a word for a number")
        << QJsonObject{{u"path"_s, graph},
                       {u"set"_s, QJsonObject{{u"data.repository.pullRequests.nodes.number"_s, u"one"_s}}}}
        << bad;
    QTest::newRow("cut") << QJsonObject{{u"path"_s, graph}, {u"cut"_s, 100}} << int(Error::Kind::Network);
    QTest::newRow("unknown words")
        << QJsonObject{{u"path"_s, graph},
                       {u"set"_s,
                        QJsonObject{{u"data.repository.pullRequests.nodes.mergeable"_s, u"MAYBE"_s},
                                    {u"data.repository.pullRequests.nodes.reviewDecision"_s, u"NEW"_s},
                                    {u"data.repository.pullRequests.nodes.labels"_s, QJsonValue()},
                                    {u"data.repository.pullRequests.nodes.author"_s, QJsonValue()},
                                    {u"data.repository.refs"_s, QJsonValue()}}}}
        << -1;
}

void TestGitHubFaults::halfAnswers()
{
    QFETCH(QJsonObject, rule);
    QFETCH(int, kind);
    GitHubFixture f;
    f.fault(rule);
    const auto changes = f.changes();
    if (kind < 0) {
        VERIFY(changes);
        QCOMPARE(changes->size(), 4);
        QCOMPARE(f.change(1).author, u"ghost"_s);
    } else {
        REFUSED(changes, Error::Kind(kind));
    }
}

void TestGitHubFaults::graphErrors_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("kind"); // -1: REST answers instead
    QTest::newRow("not found") << u"NOT_FOUND"_s << int(Error::Kind::NotFound);
    QTest::newRow("forbidden") << u"FORBIDDEN"_s << -1;
    QTest::newRow("limited") << u"RATE_LIMITED"_s << -1;
    QTest::newRow("anything") << u"SOMETHING_NEW"_s << -1;
}

void TestGitHubFaults::graphErrors()
{
    QFETCH(QString, type);
    QFETCH(int, kind);
    GitHubFixture f;
    const QJsonObject error{{u"type"_s, type}, {u"message"_s, u"No."_s}};
    f.fault({{u"path"_s, u"/graphql"_s},
             {u"answer"_s, QJsonObject{{u"data"_s, QJsonValue()}, {u"errors"_s, QJsonArray{error}}}}});
    const auto changes = f.changes();
    if (kind < 0) {
        VERIFY(changes);
        QCOMPARE(changes->size(), 4);
    } else {
        REFUSED(changes, Error::Kind(kind));
    }
}

void TestGitHubFaults::noTokenIsQuoted()
{
    GitHubFixture f;
    f.fault({{u"path"_s, u"/pulls/2$"_s}, {u"status"_s, 422}, {u"message"_s, u"stand-in-token is no good"_s}});
    const auto refused = f.wait(f.provider().resolve(f.project(), u"#2"_s));
    QVERIFY(!refused);
    QVERIFY2(!(refused.error().text() + refused.error().detail()).contains(u"stand-in-token"_s),
             qPrintable(refused.error().text()));
}

void TestGitHubFaults::pagesOfAnotherHost()
{
    GitHubFixture f;
    f.fault({{u"path"_s, u"/graphql"_s}, {u"status"_s, 403}});
    f.fault({{u"path"_s, u"/pulls$"_s},
             {u"headers"_s, QJsonObject{{u"Link"_s, u"<https://elsewhere.example.com/x>; rel=\"next\""_s}}}});
    REFUSED(f.changes(), Error::Kind::BadPayload);
}

void TestGitHubFaults::stopEndsEverything()
{
    GitHubFixture f;
    f.fault({{u"path"_s, u"."_s}, {u"hang"_s, true}});
    int ended = 0;
    const auto count = [&ended](const auto &result) { ended += result ? 0 : 1; };
    f.provider().changes(f.project(), {}).then(count);
    f.provider().resolve(f.project(), u"main"_s).then(count);
    f.provider().deleteBranch(f.project(), u"invoice-pdf"_s, f.head(u"invoice-pdf"_s)).then(count);
    bool drained = false;
    f.provider().stop([&drained] { drained = true; });
    QTRY_VERIFY(drained);
    QCOMPARE(ended, 3);
    REFUSED(f.wait(f.provider().resolve(f.project(), u"main"_s)), Error::Kind::Cancelled);
}

QTEST_GUILESS_MAIN(TestGitHubFaults)
#include "tst_githubfaults.moc"
