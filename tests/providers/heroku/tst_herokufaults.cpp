// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "herokufixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

/// What the service and the network do wrong, at each request of each operation: every effect happens once, and every
/// error is a sentence with a remedy that holds no secret.
class TestHerokuFaults final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusals_data();
    void refusals();
    void lostAnswers_data();
    void lostAnswers();
    void passingTrouble_data();
    void passingTrouble();
    void nonsense_data();
    void nonsense();
    void secondFactor();
    void redirectElsewhere();

private:
    static Result<Release> promote(HerokuFixture &f, const QString &artifact);
    static Result<Release> build(HerokuFixture &f);
};

Result<Release> TestHerokuFaults::promote(HerokuFixture &f, const QString &artifact)
{
    DeploySpec spec;
    spec.pipeline = f.pipeline();
    spec.environment = u"shop-production"_s;
    spec.artifactOf = u"shop-staging"_s;
    spec.artifact = artifact;
    return f.wait(f.provider().deploy(f.ticket(), spec, {}));
}

Result<Release> TestHerokuFaults::build(HerokuFixture &f)
{
    DeploySpec spec;
    spec.pipeline = f.pipeline();
    spec.environment = u"shop-staging"_s;
    spec.version = QString(40, u'a');
    spec.archive = f.archive();
    spec.change.title = u"Faster totals"_s;
    return f.wait(f.provider().deploy(f.ticket(), spec, {}));
}

void TestHerokuFaults::refusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("kind");
    QTest::newRow("401") << 401 << u"unauthorized"_s << u"unauthorized"_s;
    QTest::newRow("402") << 402 << u"delinquent"_s << u"blocked"_s;
    QTest::newRow("403") << 403 << u"forbidden"_s << u"blocked"_s;
    QTest::newRow("403 suspended") << 403 << u"suspended"_s << u"blocked"_s;
    QTest::newRow("403 two_factor") << 403 << u"two_factor"_s << u"second_factor"_s;
    QTest::newRow("404") << 404 << u"not_found"_s << u"not_found"_s;
    QTest::newRow("409") << 409 << u"conflict"_s << u"conflict"_s;
    QTest::newRow("410") << 410 << u"gone"_s << u"not_found"_s;
    QTest::newRow("422") << 422 << u"invalid_params"_s << u"invalid"_s;
    QTest::newRow("422 verification_needed") << 422 << u"verification_needed"_s << u"blocked"_s;
    QTest::newRow("423") << 423 << u"confirmation_required"_s << u"conflict"_s;
    QTest::newRow("500") << 500 << u"internal_server_error"_s << u"server"_s;
    QTest::newRow("503") << 503 << u"service_unavailable"_s << u"server"_s;
}

void TestHerokuFaults::refusals()
{
    QFETCH(int, status);
    QFETCH(QString, id);
    QFETCH(QString, kind);
    HerokuFixture f;
    f.seed();
    const QString artifact = f.environment(u"shop-staging"_s).release->artifact;
    f.fault({{u"method"_s, u"POST"_s},
             {u"path"_s, u"^/pipeline-promotions$"_s},
             {u"status"_s, status},
             {u"id"_s, id},
             {u"message"_s, u"Heroku's words"_s}});
    const auto release = promote(f, artifact);
    QVERIFY(!release);
    QCOMPARE(Error::kindName(release.error().kind()), kind);
    QVERIFY(!release.error().message().isEmpty());
    QVERIFY(!release.error().text().contains(u"stand-in-token"_s));
    QVERIFY(f.effects(u"promotion"_s).isEmpty());
}

void TestHerokuFaults::lostAnswers_data()
{
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("drop");
    for (const QString &drop : {u"before"_s, u"after"_s}) {
        QTest::addRow("promotion, %s", qPrintable(drop)) << u"promotion"_s << u"^/pipeline-promotions$"_s << drop;
        QTest::addRow("build, %s", qPrintable(drop)) << u"build"_s << u"/builds$"_s << drop;
        QTest::addRow("rollback, %s", qPrintable(drop)) << u"rollback"_s << u"/releases$"_s << drop;
    }
}

void TestHerokuFaults::lostAnswers()
{
    QFETCH(QString, operation);
    QFETCH(QString, path);
    QFETCH(QString, drop);
    HerokuFixture f;
    f.seed();
    const auto snapshot = f.observe();
    VERIFY(snapshot);
    const QList<Release> history = snapshot->releases.value(u"shop-staging"_s);
    f.fault({{u"method"_s, u"POST"_s}, {u"path"_s, path}, {u"times"_s, 1}, {u"drop"_s, drop}});
    if (operation == u"promotion") {
        VERIFY(promote(f, history.constFirst().artifact));
        QCOMPARE(f.effects(u"promotion"_s).size(), 1);
    } else if (operation == u"build") {
        VERIFY(build(f));
        QCOMPARE(f.effects(u"build"_s).size(), 1);
    } else {
        VERIFY(
            f.wait(f.provider().rollBack(f.ticket(), f.pipeline(), u"shop-staging"_s, history.at(1).number, true, {})));
        QCOMPARE(f.effects(u"release"_s).size(), 1);
    }
}

void TestHerokuFaults::passingTrouble_data()
{
    QTest::addColumn<QJsonObject>("rule");
    QTest::newRow("503 once") << QJsonObject{{u"times"_s, 1}, {u"status"_s, 503}, {u"id"_s, u"service_unavailable"_s}};
    QTest::newRow("a page of a proxy") << QJsonObject{{u"times"_s, 1}, {u"html"_s, true}};
    QTest::newRow("connection lost") << QJsonObject{{u"times"_s, 1}, {u"drop"_s, u"before"_s}};
    QTest::newRow("answer cut") << QJsonObject{{u"times"_s, 1}, {u"cut"_s, 10}};
    QTest::newRow("too many requests") << QJsonObject{{u"times"_s, 1},
                                                      {u"status"_s, 429},
                                                      {u"id"_s, u"rate_limit"_s},
                                                      {u"headers"_s, QJsonObject{{u"Retry-After"_s, u"0"_s}}}};
    QTest::newRow("byte by byte") << QJsonObject{{u"split"_s, 1}};
}

void TestHerokuFaults::passingTrouble()
{
    QFETCH(QJsonObject, rule);
    HerokuFixture f;
    f.seed();
    rule.insert(u"method"_s, u"GET"_s);
    rule.insert(u"path"_s, u"^/(pipelines|apps)/"_s);
    f.fault(rule);
    const Environment staging = f.environment(u"shop-staging"_s);
    QVERIFY(staging.release);
    VERIFY(promote(f, staging.release->artifact));
    QCOMPARE(f.effects(u"promotion"_s).size(), 1);
}

void TestHerokuFaults::nonsense_data()
{
    QTest::addColumn<QJsonObject>("rule");
    QTest::newRow("cut short, and says so") << QJsonObject{{u"truncate"_s, 20}};
    QTest::newRow("a number for a text") << QJsonObject{{u"set"_s, QJsonObject{{u"stage"_s, 7}}}};
    QTest::newRow("an object gone") << QJsonObject{{u"set"_s, QJsonObject{{u"app"_s, QJsonValue()}}}};
    QTest::newRow("a page, and all is well") << QJsonObject{{u"html"_s, true}, {u"status"_s, 200}};
}

void TestHerokuFaults::nonsense()
{
    QFETCH(QJsonObject, rule);
    HerokuFixture f;
    f.seed();
    rule.insert(u"path"_s, u"/pipeline-couplings$"_s);
    f.fault(rule);
    const auto snapshot = f.observe();
    QVERIFY(!snapshot);
    QCOMPARE(Error::kindName(snapshot.error().kind()), u"bad_payload"_s);
    QVERIFY(!snapshot.error().remedy().isEmpty());
}

void TestHerokuFaults::secondFactor()
{
    HerokuFixture f;
    f.seed();
    const QString artifact = f.environment(u"shop-staging"_s).release->artifact;
    f.fault({{u"method"_s, u"POST"_s}, {u"path"_s, u"^/pipeline-promotions$"_s}, {u"two_factor"_s, true}});
    const auto refused = promote(f, artifact);
    QVERIFY(!refused);
    QCOMPARE(Error::kindName(refused.error().kind()), u"second_factor"_s);
    f.provider().setSecondFactor(u"123456"_s);
    VERIFY(promote(f, artifact));
    QCOMPARE(f.effects(u"promotion"_s).size(), 1);
}

void TestHerokuFaults::redirectElsewhere()
{
    HerokuFixture f;
    f.seed();
    f.fault({{u"path"_s, u"/pipeline-couplings$"_s}, {u"redirect"_s, u"http://127.0.0.1:9/steal?x=1"_s}});
    const auto snapshot = f.observe();
    QVERIFY(!snapshot);
    QVERIFY2(!snapshot.error().text().contains(u"steal"_s), qPrintable(snapshot.error().text()));
}

QTEST_GUILESS_MAIN(TestHerokuFaults)
#include "tst_herokufaults.moc"
