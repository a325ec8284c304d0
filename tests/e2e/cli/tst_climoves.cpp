// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk.h"
#include "jsonshape.h"
#include "shapes.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

QString resultOf(const Ran &ran, const QString &check)
{
    for (const auto &one : ran.json().value(u"checks"_s).toArray()) {
        if (one[u"id"_s] == check)
            return one[u"result"_s].toString();
    }
    return {};
}

} // namespace

/// Every row of the move table (DESIGN section 6) with the sample, by script: what goes is exit code 0, what may not go
/// is 3 and changes nothing. The tests of this class build on one another.
class TestCliMoves : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void changeToDev();
    void devToStaging();
    void updateFromStaging();
    void overTheLimit();
    void heldByAnother();
    void devToProduction();
    void sendBack();
    void conflictNamesTheFiles();
    void wayBackOfAnOperation();
    void resetStaging();
    void severalTargets();
    void rollBackHolds();
    void theRecordKnowsIt();

private:
    Ran run(const QString &line) { return m_desk->run(line.split(u' ', Qt::SkipEmptyParts)); }
    Ran run(const QString &line, const QString &reason)
    {
        return m_desk->run(line.split(u' ', Qt::SkipEmptyParts) + QStringList{u"--reason"_s, reason});
    }
    QJsonObject environment(const QString &name) { return m_desk->environment(u"shop"_s, name); }
    QString artifact(const QString &name) { return environment(name)[u"artifact"_s].toString(); }
    QString repository() const { return m_desk->home() + u"/samples/shop"_s; }
    void sitDown(const QString &name);
    std::unique_ptr<Desk> m_desk;
};

/// The same state, another person as git knows them.
void TestCliMoves::sitDown(const QString &name)
{
    const QString path = m_desk->folder() + u'/' + name + u".gitconfig"_s;
    QFile config(path);
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("[user]\n\tname = " + name.toUtf8() + "\n\temail = " + name.toLower().toUtf8() + "@example.com\n");
    config.close();
    m_desk->setVariable(u"GIT_CONFIG_GLOBAL"_s, path);
}

void TestCliMoves::initTestCase()
{
    m_desk = std::make_unique<Desk>();
    sitDown(u"Dana"_s);
    const Ran ran = run(u"sample"_s);
    QVERIFY2(ran.code == 0, ran.told());
}

void TestCliMoves::changeToDev()
{
    const Ran clone = run(u"clone shop --name pdf --change invoice-pdf --data seed --json"_s);
    QVERIFY2(clone.code == 0, clone.told());
    QCOMPARE(environment(u"pdf"_s)[u"change"_s][u"branch"_s], u"invoice-pdf"_s);
    const Ran past = run(u"clone shop --stage production --name early --change invoice-pdf"_s);
    QVERIFY2(past.code == 3 && past.err.contains("was not on staging"), past.told());
    QVERIFY(environment(u"early"_s).isEmpty());
}

void TestCliMoves::devToStaging()
{
    const QString before = artifact(u"staging"_s);
    const Ran early = run(u"promote shop/dev1 --json"_s);
    QVERIFY2(early.code == 3, early.told());
    QCOMPARE(resultOf(early, u"verdict"_s), u"block"_s);
    QCOMPARE(run(u"promote shop/dev1"_s, u"In a hurry"_s).code, 3); // no reason passes a block
    QCOMPARE(artifact(u"staging"_s), before);
    QCOMPARE(run(u"accept shop/dev1"_s).code, 0);
    const QString accepted = artifact(u"dev1"_s);
    const Ran promote = run(u"promote shop/dev1 --json"_s);
    QVERIFY2(promote.code == 0, promote.told());
    QCOMPARE(promote.json()[u"outcomes"_s][0][u"environment"_s], u"staging"_s);
    QCOMPARE(promote.json()[u"outcomes"_s][0][u"artifact"_s], accepted);
    QCOMPARE(artifact(u"staging"_s), accepted);
    QVERIFY(environment(u"dev1"_s).isEmpty());
}

void TestCliMoves::updateFromStaging()
{
    QCOMPARE(run(u"accept shop/pdf"_s).code, 0);
    const Ran behind = run(u"check shop/pdf --json"_s);
    QVERIFY2(behind.code == 3, behind.told());
    QCOMPARE(resultOf(behind, u"contains-staging"_s), u"block"_s);
    const Ran update = run(u"update shop/pdf --json"_s);
    QVERIFY2(update.code == 0, update.told());
    const QJsonObject pdf = environment(u"pdf"_s);
    QCOMPARE(pdf[u"behind"_s], 0);
    QVERIFY(pdf[u"ahead"_s].toInt() > 0); // its own work is still there
    // The merge is a commit on the user's branch, and what was accepted is not what runs any more.
    QVERIFY(m_desk->isAncestor(repository(), pdf[u"version"_s].toString(), u"invoice-pdf"_s));
    const Ran check = run(u"check shop/pdf --json"_s);
    QCOMPARE(check.code, 3);
    QCOMPARE(resultOf(check, u"contains-staging"_s), u"pass"_s);
    QCOMPARE(resultOf(check, u"verdict"_s), u"block"_s);
    QCOMPARE(run(u"accept shop/pdf"_s).code, 0);
}

void TestCliMoves::overTheLimit()
{
    QCOMPARE(run(u"pipeline policy shop set limit=1"_s).code, 0);
    const Ran check = run(u"check shop/pdf --json"_s);
    QVERIFY2(check.code == 0 && check.json()[u"needs_reason"_s].toBool(), check.told());
    QCOMPARE(resultOf(check, u"drift"_s), u"warn"_s);
    const QString before = artifact(u"staging"_s);
    const Ran mute = run(u"promote shop/pdf"_s);
    QVERIFY2(mute.code == 3 && mute.err.contains("--reason") && mute.err.contains("drift"), mute.told());
    QCOMPARE(artifact(u"staging"_s), before);
    const Ran promote = run(u"promote shop/pdf --json"_s, u"Both go out tonight"_s);
    QVERIFY2(promote.code == 0, promote.told());
    QCOMPARE(promote.json()[u"reason"_s], u"Both go out tonight"_s);
    QVERIFY2(!promote.json()[u"overridden"_s].toArray().isEmpty(), promote.told());
}

void TestCliMoves::heldByAnother()
{
    sitDown(u"Ines"_s);
    QCOMPARE(run(u"hold shop"_s, u"Load test"_s).code, 0);
    sitDown(u"Dana"_s);
    for (const auto &line : {u"promote shop/staging"_s, u"send-back shop"_s, u"reset shop"_s}) {
        const Ran ran = run(line, u"Still"_s);
        QVERIFY2(ran.code == 3 && ran.err.contains("Ines"), ran.told());
    }
    sitDown(u"Ines"_s);
    const Ran own = run(u"check shop/staging --json"_s); // its holder deploys through it
    QVERIFY2(own.code == 0 && resultOf(own, u"hold"_s) == u"pass", own.told());
    QCOMPARE(run(u"release-hold shop"_s).code, 0);
    sitDown(u"Dana"_s);
}

void TestCliMoves::devToProduction()
{
    const Ran clone = run(u"clone shop --name again"_s);
    QVERIFY2(clone.code == 0, clone.told());
    QCOMPARE(run(u"accept shop/again"_s).code, 0);
    const QString before = artifact(u"production"_s);
    for (const auto &line : {u"promote shop/again --to production"_s, u"promote shop/staging --to development"_s}) {
        const Ran ran = run(line, u"Now"_s);
        QVERIFY2(ran.code == 3, ran.told());
    }
    const Ran check = run(u"check shop/again --to production"_s);
    QVERIFY2(check.code == 3 && check.err.contains("staging"), check.told());
    QCOMPARE(artifact(u"production"_s), before);
    QCOMPARE(run(u"destroy shop/again"_s).code, 0);
}

void TestCliMoves::sendBack()
{
    const QString sent = artifact(u"staging"_s);
    const QString production = artifact(u"production"_s);
    QVERIFY(sent != production);
    const Ran back = run(u"send-back shop --name back --json"_s, u"Totals are wrong"_s);
    QVERIFY2(back.code == 0, back.told());
    QCOMPARE(artifact(u"back"_s), sent);
    QCOMPARE(artifact(u"staging"_s), production);
    const Ran status = run(u"status shop --json"_s);
    QCOMPARE(status.json()[u"staging"_s][u"changes_ahead"_s], 0);
}

void TestCliMoves::conflictNamesTheFiles()
{
    QCOMPARE(run(u"accept shop/back"_s).code, 0);
    QCOMPARE(run(u"promote shop/back --keep"_s, u"Mended"_s).code, 0);
    m_desk->git(repository(), {u"switch"_s, u"--quiet"_s, u"--create"_s, u"clash"_s, u"main"_s});
    QFile file(repository() + u"/shop/checkout.py"_s);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray text = file.readAll();
    file.resize(0);
    file.write("\"\"\"The till, the other way.\"\"\"\n" + text.mid(text.indexOf('\n') + 1));
    file.close();
    m_desk->git(repository(), {u"commit"_s, u"--quiet"_s, u"--all"_s, u"--message"_s, u"The other way"_s});
    m_desk->git(repository(), {u"switch"_s, u"--quiet"_s, u"main"_s});
    QCOMPARE(run(u"clone shop --name clash --change clash"_s).code, 0);
    const QJsonObject before = environment(u"clash"_s);
    const Ran update = run(u"update shop/clash"_s);
    QVERIFY2(update.code == 1, update.told());
    QVERIFY2(update.err.contains("shop/checkout.py") && update.err.contains("git merge"), update.told());
    QCOMPARE(environment(u"clash"_s)[u"version"_s], before[u"version"_s]);
    QVERIFY(m_desk->isAncestor(repository(), u"clash"_s, before[u"version"_s].toString())); // nothing was merged
    QCOMPARE(run(u"destroy shop/clash"_s).code, 0);
}

void TestCliMoves::wayBackOfAnOperation()
{
    const Ran list = run(u"operations shop --json"_s);
    QString promotion;
    for (const auto &one : list.json()[u"operations"_s].toArray()) {
        if (one[u"kind"_s] == u"promote"_s && promotion.isEmpty())
            promotion = one[u"id"_s].toString();
    }
    const Ran show = run(u"operations show "_s + promotion);
    QVERIFY2(show.code == 0 && show.out.contains("Way back: ") && show.out.contains("Mended"), show.told());
    const QString production = artifact(u"production"_s);
    const Ran undo = run(u"operations undo "_s + promotion, u"Too early"_s);
    QVERIFY2(undo.code == 0, undo.told());
    QCOMPARE(artifact(u"staging"_s), production);
    QCOMPARE(run(u"release-hold shop"_s).code, 0); // a roll back holds staging
    QCOMPARE(run(u"promote shop/back"_s, u"Once more"_s).code, 0);
}

void TestCliMoves::resetStaging()
{
    QCOMPARE(run(u"config shop/staging set GREETING=hush"_s).code, 0);
    const QString before = artifact(u"staging"_s);
    const Ran preview = run(u"reset shop --config --preview --json"_s);
    QVERIFY2(preview.code == 0, preview.told());
    QVERIFY2(!preview.json()[u"changes"_s].toArray().isEmpty(), preview.told()); // what goes away
    QCOMPARE(preview.json()[u"config"_s][0][u"key"_s], u"GREETING"_s);
    QVERIFY2(!preview.told().contains("hush"), preview.told());
    QCOMPARE(artifact(u"staging"_s), before);
    const Ran reset = run(u"reset shop --config --data copy --json"_s, u"Start anew"_s);
    QVERIFY2(reset.code == 0, reset.told());
    QCOMPARE(artifact(u"staging"_s), artifact(u"production"_s));
    const Ran config = run(u"config shop/staging --diff production"_s);
    QVERIFY2(!config.out.contains("GREETING"), config.told());
}

void TestCliMoves::severalTargets()
{
    QCOMPARE(run(u"clone shop --name soon --change faster-checkout"_s).code, 0);
    QCOMPARE(run(u"accept shop/soon"_s).code, 0);
    QCOMPARE(run(u"promote shop/soon"_s, u"It goes"_s).code, 0);
    const Ran second = run(u"clone shop --stage production --name eu --json"_s);
    QVERIFY2(second.code == 0, second.told());
    QCOMPARE(environment(u"eu"_s)[u"stage"_s], u"production"_s);
    QCOMPARE(artifact(u"eu"_s), artifact(u"production"_s));
    const Ran check = run(u"check shop/staging --json"_s);
    QVERIFY2(check.code == 0, check.told());
    QCOMPARE(check.json()[u"targets"_s].toArray(), QJsonArray({u"production"_s, u"eu"_s}));
    const QString wanted = artifact(u"staging"_s);
    const Ran one = run(u"promote shop/staging --to eu --json"_s, u"A small country first"_s);
    QVERIFY2(one.code == 0, one.told());
    QCOMPARE(artifact(u"eu"_s), wanted);
    QVERIFY(artifact(u"production"_s) != wanted);
    QCOMPARE(run(u"rollback shop/eu"_s, u"For the test"_s).code, 0);
    QCOMPARE(run(u"release-hold shop"_s).code, 0);
    const Ran both = run(u"promote shop/staging --json"_s, u"To all"_s);
    QVERIFY2(both.code == 0, both.told());
    const QJsonArray outcomes = both.json()[u"outcomes"_s].toArray();
    QCOMPARE(outcomes.size(), 2);
    for (const auto &outcome : outcomes) {
        QVERIFY2(outcome[u"identical"_s].toBool(), both.told());
        QCOMPARE(artifact(outcome[u"environment"_s].toString()), wanted);
    }
}

void TestCliMoves::rollBackHolds()
{
    const QString before = artifact(u"production"_s);
    const Ran back = run(u"rollback shop/production --no-config"_s, u"Orders are lost"_s);
    QVERIFY2(back.code == 0, back.told());
    QVERIFY2(back.err.contains("ata"), back.told()); // says that data stays
    QVERIFY(artifact(u"production"_s) != before);
    const Ran status = run(u"status shop --json"_s);
    QCOMPARE(status.json()[u"staging"_s][u"hold"_s][u"by"_s], u"Dana"_s);
    QCOMPARE(status.json()[u"staging"_s][u"hold"_s][u"after_roll_back"_s], true);
    sitDown(u"Ines"_s);
    const Ran again = run(u"promote shop/staging"_s, u"It was a mistake"_s);
    QVERIFY2(again.code == 3 && again.err.contains("Dana"), again.told());
    QCOMPARE(run(u"release-hold shop"_s, u"Mended in the database"_s).code, 0);
    const Ran after = run(u"check shop/staging --json"_s);
    QVERIFY2(resultOf(after, u"hold"_s) == u"pass", after.told());
    sitDown(u"Dana"_s);
    const Ran told = run(u"status shop"_s);
    QVERIFY2(told.err.contains("Mended in the database"), told.told());
}

void TestCliMoves::theRecordKnowsIt()
{
    const Ran json = run(u"activity shop --json -n 200"_s);
    bool overridden = false;
    for (const auto &entry : json.json()[u"activity"_s].toArray()) {
        if (entry[u"reason"_s] != u"Both go out tonight"_s)
            continue;
        overridden = !entry[u"overridden"_s].toArray().isEmpty() && entry[u"duration_ms"_s].toInt(-1) >= 0
            && entry[u"from"_s] == u"pdf"_s && entry[u"to"_s] == u"staging"_s;
    }
    QVERIFY2(overridden, json.told());
    QCOMPARE(run(u"activity --verify"_s).code, 0);
    const Ran insights = run(u"insights shop --json"_s);
    QVERIFY2(insights.json()[u"deploys"_s].toInt() == 2 && insights.json()[u"roll_backs"_s].toInt() == 2,
             insights.told());
    QVERIFY2(insights.json()[u"lead_time"_s][u"commits"_s].toInt() > 0, insights.told());
    QVERIFY2(!insights.json()[u"staging"_s][u"dirty_seconds"_s].isNull(), insights.told());
}

QTEST_GUILESS_MAIN(TestCliMoves)
#include "tst_climoves.moc"
