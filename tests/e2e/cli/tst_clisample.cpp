// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk.h"
#include "jsonshape.h"
#include "shapes.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

QString misfit(const Ran &ran, const QByteArray &shape)
{
    return shapeProblem(ran.json(), QJsonDocument::fromJson(shape).object());
}

QString checkResult(const QJsonObject &document, const QString &id)
{
    for (const auto &check : document.value(u"checks"_s).toArray()) {
        if (check[u"id"_s] == id)
            return check[u"result"_s].toString();
    }
    return {};
}

} // namespace

/// The six steps of the pipeline with the bundled sample, by script, to the last trace removed. The tests of this class
/// build on one another.
class TestCliSample : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void sampleRuns();
    void cloneAndDeploy();
    void notAcceptedIsBlocked();
    void acceptAndPromote();
    void promoteToProduction();
    void behindStagingIsBlocked();
    void crashIsToldAndTakenBack();
    void everydayCommands();
    void removedWithoutATrace();

private:
    std::unique_ptr<Desk> m_desk;
    QString m_version; ///< of the good change
    QString m_artifact;
    QString m_first; ///< version production ran at first
};

void TestCliSample::initTestCase()
{
    m_desk = std::make_unique<Desk>();
}

void TestCliSample::sampleRuns()
{
    const Ran ran = m_desk->run({u"sample"_s, u"--json"_s});
    QVERIFY2(ran.code == 0, ran.told());
    QCOMPARE(misfit(ran, Shapes::kOperation), QString());
    QCOMPARE(ran.json()[u"state"_s], u"live"_s);
    QVERIFY2(ran.err.contains("[1/"), ran.told()); // progress is on stderr
    const Ran status = m_desk->run({u"status"_s, u"shop"_s, u"--json"_s});
    QCOMPARE(misfit(status, Shapes::kStatus), QString());
    QCOMPARE(status.json()[u"environments"_s].toArray().size(), 3);
    for (const auto &name : {u"production"_s, u"staging"_s, u"dev1"_s}) {
        const QJsonObject environment = m_desk->environment(u"shop"_s, name);
        QCOMPARE(environment[u"state"_s], u"running"_s);
        QVERIFY(!Desk::fetch(environment[u"direct_address"_s].toString()).isEmpty());
    }
    m_first = m_desk->environment(u"shop"_s, u"production"_s)[u"version"_s].toString();
    QCOMPARE(status.json()[u"providers"_s][0][u"state"_s], u"live"_s);
}

void TestCliSample::cloneAndDeploy()
{
    const Ran ran = m_desk->run({u"clone"_s, u"shop"_s, u"--name"_s, u"till"_s, u"--change"_s, u"faster-checkout"_s});
    QVERIFY2(ran.code == 0, ran.told());
    QVERIFY2(ran.out.contains("http://till.shop.localhost:"), ran.told());
    const QJsonObject till = m_desk->environment(u"shop"_s, u"till"_s);
    QCOMPARE(till[u"state"_s], u"running"_s);
    QCOMPARE(till[u"behind"_s], 0);
    m_version = till[u"version"_s].toString();
    m_artifact = till[u"artifact"_s].toString();
    QVERIFY(m_version != m_first && !m_artifact.isEmpty());
    const Ran changes = m_desk->run({u"changes"_s, u"shop"_s, u"--json"_s});
    QVERIFY2(changes.json()[u"changes"_s].toArray().size() >= 3, changes.told());
    const Ran diff = m_desk->run({u"diff"_s, u"shop/staging"_s, u"till"_s, u"--json"_s});
    QVERIFY2(diff.json()[u"ahead"_s].toInt() > 0 && !diff.json()[u"identical"_s].toBool(), diff.told());
}

void TestCliSample::notAcceptedIsBlocked()
{
    const Ran check = m_desk->run({u"check"_s, u"shop/till"_s, u"--to"_s, u"staging"_s, u"--json"_s});
    QVERIFY2(check.code == 3, check.told());
    QCOMPARE(misfit(check, Shapes::kCheck), QString());
    QCOMPARE(check.json()[u"allowed"_s], false);
    QCOMPARE(checkResult(check.json(), u"verdict"_s), u"block"_s);
    const Ran promote = m_desk->run({u"promote"_s, u"shop/till"_s, u"--json"_s, u"--reason"_s, u"In a hurry"_s});
    QVERIFY2(promote.code == 3, promote.told());
    QCOMPARE(promote.json()[u"error"_s][u"kind"_s], u"blocked"_s);
    QCOMPARE(m_desk->environment(u"shop"_s, u"staging"_s)[u"version"_s], m_first);
    const Ran past = m_desk->run({u"promote"_s, u"shop/till"_s, u"--to"_s, u"production"_s});
    QVERIFY2(past.code == 3, past.told());
}

void TestCliSample::acceptAndPromote()
{
    const Ran reject = m_desk->run({u"reject"_s, u"shop/till"_s, u"--note"_s, u"Mind the totals"_s});
    QVERIFY2(reject.code == 0, reject.told());
    QCOMPARE(m_desk->run({u"check"_s, u"shop/till"_s}).code, 3);
    const Ran accept = m_desk->run({u"accept"_s, u"shop/till"_s, u"--json"_s});
    QVERIFY2(accept.code == 0, accept.told());
    QCOMPARE(accept.json()[u"verdict"_s][u"state"_s], u"accepted"_s);
    const Ran promote = m_desk->run({u"promote"_s, u"shop/till"_s, u"--json"_s});
    QVERIFY2(promote.code == 0, promote.told());
    QCOMPARE(misfit(promote, Shapes::kOperation), QString());
    const QJsonObject staging = m_desk->environment(u"shop"_s, u"staging"_s);
    QCOMPARE(staging[u"version"_s], m_version);
    QCOMPARE(staging[u"artifact"_s], m_artifact);
    QVERIFY(m_desk->environment(u"shop"_s, u"till"_s).isEmpty()); // shut down afterwards
    const Ran status = m_desk->run({u"status"_s, u"shop"_s, u"--json"_s});
    QVERIFY2(status.json()[u"staging"_s][u"changes_ahead"_s].toInt() > 0, status.told());
}

void TestCliSample::promoteToProduction()
{
    const Ran check = m_desk->run({u"check"_s, u"shop/staging"_s, u"--to"_s, u"production"_s, u"--json"_s});
    QVERIFY2(check.code == 0, check.told());
    const Ran promote = m_desk->run({u"promote"_s, u"shop/staging"_s, u"--reason"_s, u"Looked at it"_s, u"--json"_s});
    QVERIFY2(promote.code == 0, promote.told());
    const QJsonObject production = m_desk->environment(u"shop"_s, u"production"_s);
    QCOMPARE(production[u"version"_s], m_version);
    QCOMPARE(production[u"artifact"_s], m_artifact);
    QCOMPARE(m_desk->environment(u"shop"_s, u"staging"_s)[u"artifact"_s], m_artifact);
    const QByteArray page = Desk::fetch(production[u"direct_address"_s].toString());
    QVERIFY2(page.contains(m_version.left(7).toUtf8()), page);
    const Ran diff = m_desk->run({u"diff"_s, u"shop/staging"_s, u"production"_s, u"--json"_s});
    QVERIFY2(diff.json()[u"identical"_s].toBool(), diff.told());
}

void TestCliSample::behindStagingIsBlocked()
{
    const Ran clone = m_desk->run(
        {u"clone"_s, u"shop"_s, u"--name"_s, u"pdf"_s, u"--change"_s, u"invoice-pdf"_s, u"--data"_s, u"seed"_s});
    QVERIFY2(clone.code == 0, clone.told());
    QCOMPARE(m_desk->run({u"accept"_s, u"shop/pdf"_s}).code, 0);
    const Ran check = m_desk->run({u"check"_s, u"shop/pdf"_s, u"--json"_s});
    QVERIFY2(check.code == 3, check.told());
    QCOMPARE(checkResult(check.json(), u"contains-staging"_s), u"block"_s);
    QVERIFY2(check.err.contains("invoice-pdf"), check.told()); // names what to update
}

void TestCliSample::crashIsToldAndTakenBack()
{
    const Ran clone =
        m_desk->run({u"clone"_s, u"shop"_s, u"--name"_s, u"cards"_s, u"--change"_s, u"saved-cards"_s, u"--json"_s});
    QVERIFY2(clone.code == 1, clone.told());
    QCOMPARE(misfit(clone, Shapes::kOperation), QString());
    QCOMPARE(clone.json()[u"state"_s], u"failed"_s);
    QVERIFY2(clone.err.contains("PAYMENTS_KEY"), clone.told()); // the application's own last words
    const QString id = clone.json()[u"id"_s].toString();
    QVERIFY2(clone.json()[u"undoable"_s].toBool(), clone.told());
    const Ran undo = m_desk->run({u"operations"_s, u"undo"_s, id});
    QVERIFY2(undo.code == 0, undo.told());
    QVERIFY(m_desk->environment(u"shop"_s, u"cards"_s).isEmpty());
}

void TestCliSample::everydayCommands()
{
    const auto done = [this](const QString &line) {
        const Ran ran = m_desk->run(line.split(u' '));
        if (ran.code != 0)
            qWarning("%s: %s", qUtf8Printable(line), ran.told().constData());
        return ran.code == 0;
    };
    QVERIFY(done(u"suspend shop/dev1"_s));
    QCOMPARE(m_desk->environment(u"shop"_s, u"dev1"_s)[u"state"_s], u"suspended"_s);
    QVERIFY(done(u"resume shop/dev1"_s));
    QVERIFY(done(u"restart shop/dev1"_s));
    QCOMPARE(m_desk->environment(u"shop"_s, u"dev1"_s)[u"state"_s], u"running"_s);
    QVERIFY(done(u"config shop/dev1 set GREETING=hush"_s));
    const Ran masked = m_desk->run({u"config"_s, u"shop/dev1"_s});
    QVERIFY2(masked.out.contains("GREETING") && !masked.out.contains("hush"), masked.told());
    QVERIFY(m_desk->run({u"config"_s, u"shop/dev1"_s, u"--reveal"_s}).out.contains("hush"));
    const Ran differ = m_desk->run({u"config"_s, u"shop/dev1"_s, u"--diff"_s, u"staging"_s});
    QVERIFY2(differ.out.contains("GREETING") && !differ.out.contains("hush"), differ.told());
    const Ran run = m_desk->run({u"run"_s, u"shop/dev1"_s, u"--"_s, u"sh"_s, u"-c"_s, u"echo $GREETING; exit 7"_s});
    QVERIFY2(run.code == 1 && run.out.contains("hush") && run.err.contains("7"), run.told());
    QVERIFY(done(u"config shop/dev1 unset GREETING"_s));
    const Ran logs = m_desk->run({u"logs"_s, u"shop/dev1"_s, u"--json"_s});
    QVERIFY2(!logs.json()[u"lines"_s].toArray().isEmpty(), logs.told());
    QVERIFY(done(u"rollback shop/production"_s));
    QCOMPARE(m_desk->environment(u"shop"_s, u"production"_s)[u"version"_s], m_first);
    const Ran releases = m_desk->run({u"releases"_s, u"shop/production"_s, u"--json"_s});
    QVERIFY2(releases.json()[u"releases"_s].toArray().size() == 3, releases.told());
    const Ran activity = m_desk->run({u"activity"_s, u"shop"_s});
    QVERIFY2(activity.out.contains("Looked at it") && !activity.out.contains("hush"), activity.told());
    QVERIFY(done(u"destroy shop/dev1"_s));
    const Ran wrong = m_desk->run({u"destroy"_s, u"shop/production"_s}, "staging\n");
    QVERIFY2(wrong.code == 1, wrong.told());
    QCOMPARE(m_desk->environment(u"shop"_s, u"production"_s)[u"state"_s], u"running"_s);
}

void TestCliSample::removedWithoutATrace()
{
    const Ran ran = m_desk->run({u"pipeline"_s, u"remove"_s, u"shop"_s});
    QVERIFY2(ran.code == 0, ran.told());
    QCOMPARE(m_desk->run({u"pipeline"_s, u"list"_s, u"--json"_s}).json()[u"pipelines"_s].toArray().size(), 0);
    m_desk->stopDaemon();
    QTRY_VERIFY(m_desk->processes().isEmpty());
    // What is left is the record: no environment, no release, no repository.
    for (const QString &path : m_desk->listing())
        QVERIFY2(!path.contains(u"shop"), qUtf8Printable(path));
}

QTEST_GUILESS_MAIN(TestCliSample)
#include "tst_clisample.moc"
