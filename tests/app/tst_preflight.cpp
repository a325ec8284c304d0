// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Each check of a promotion: what it finds, and what the policy makes of that.
#include "tests/app/preflightscene.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Slipway;

namespace {

using Spoil = std::function<void(Scene &)>;

struct Row
{
    const char *name;
    QString check;
    CheckResult result;
    QString words;
    Spoil spoil;
};

QJsonArray window(const QDateTime &from, const QDateTime &to)
{
    return {QJsonObject{{u"from"_s, from.toString(Qt::ISODate)},
                        {u"to"_s, to.toString(Qt::ISODate)},
                        {u"reason"_s, u"End of the year"_s}}};
}

/// What does not hold, by check: the policy says what that does.
const QHash<QString, Spoil> &failures()
{
    static const QHash<QString, Spoil> all{
        {u"ci"_s, [](Scene &s) { s.dev.ci.state = CiState::Failed; }},
        {u"verdict"_s, [](Scene &s) { s.verdict.state = VerdictState::ChangesRequested; }},
        {u"contains-staging"_s, [](Scene &s) { s.toStaging().behind = 3; }},
        {u"hold"_s,
         [](Scene &s) {
             s.hold = Hold{u"Ines"_s, u"Load test"_s, sceneNow(), {}, false};
         }},
        {u"drift"_s, [](Scene &s) { s.set(u"limit"_s, 1); }},
        {u"config"_s, [](Scene &s) { s.dev.config.insert(u"PAYMENTS_KEY"_s, u"y"_s); }},
        {u"artifact"_s, [](Scene &s) { s.dev.release->uncommitted = true; }},
        {u"stale"_s, [](Scene &s) { s.account.asOf = sceneNow().addSecs(-605); }},
        {u"provider"_s,
         [](Scene &s) {
             s.account.state = AccountState::Stale;
             s.account.error = u"Too many requests."_s;
         }},
    };
    return all;
}

const QList<Row> &rows()
{
    const auto hard = CheckResult::Block;
    const auto off = [](const QString &check, const Spoil &spoil) {
        return [check, spoil](Scene &s) {
            s.set(u"checks."_s + check, u"off"_s);
            spoil(s);
        };
    };
    static const QList<Row> all{
        {"accepted", u"verdict"_s, CheckResult::Pass, u"Accepted on dev1"_s, [](Scene &) {}},
        {"no verdict", u"verdict"_s, CheckResult::Block, u"Not accepted yet"_s, [](Scene &s) { s.verdict = {}; }},
        {"old verdict", u"verdict"_s, CheckResult::Block, u"earlier version"_s,
         [](Scene &s) { s.verdict.version = kStaging; }},
        {"contains staging", u"contains-staging"_s, CheckResult::Pass, u"everything staging runs"_s, [](Scene &) {}},
        {"behind staging", u"contains-staging"_s, CheckResult::Block,
         u"Update faster-checkout with staging's changes first: 3 commits are missing"_s,
         [](Scene &s) { s.toStaging().behind = 3; }},
        {"never compared", u"contains-staging"_s, CheckResult::Warn, u"not known"_s,
         [](Scene &s) { s.toStaging().head = u"x"_s; }},
        {"within the limit", u"drift"_s, CheckResult::Pass, u"2 changes ahead"_s, [](Scene &) {}},
        {"drift not known", u"drift"_s, CheckResult::Warn, u"not known"_s,
         [](Scene &s) { s.toProduction().head = u"x"_s; }},
        {"more than is listed", u"drift"_s, CheckResult::Warn, u"At least 2 changes"_s,
         [](Scene &s) { s.toStaging().ahead = 2000; }},
        {"no production yet", u"drift"_s, CheckResult::Off, u"no release yet"_s,
         [](Scene &s) { s.production.release.reset(); }},
        {"config the same", u"config"_s, CheckResult::Pass, u"every config key"_s, [](Scene &) {}},
        {"config different", u"config"_s, CheckResult::Pass, u"every config key"_s,
         [](Scene &s) { s.dev.config.insert(u"SECRET"_s, u"z"_s); }},
        {"artifact", u"artifact"_s, CheckResult::Pass, u"identical artifact"_s, [](Scene &) {}},
        {"runs there", u"artifact"_s, hard, u"already runs this version"_s,
         off(u"artifact"_s, [](Scene &s) { s.staging.release = s.dev.release; })},
        {"crashed", u"artifact"_s, hard, u"does not run"_s,
         off(u"artifact"_s, [](Scene &s) { s.dev.state = EnvironmentState::Crashed; })},
        {"no release", u"artifact"_s, hard, u"no release yet"_s,
         off(u"artifact"_s, [](Scene &s) { s.dev.release.reset(); })},
        {"another stack", u"artifact"_s, CheckResult::Warn, u"built for something else than staging runs on"_s,
         [](Scene &s) {
             s.dev.platform = u"heroku-24"_s;
             s.staging.platform = u"heroku-22"_s;
         }},
        {"the same stack", u"artifact"_s, CheckResult::Pass, u"identical artifact"_s,
         [](Scene &s) { s.dev.platform = s.staging.platform = u"heroku-24"_s; }},
        {"a container", u"artifact"_s, hard, u"promotes none"_s,
         off(u"artifact"_s, [](Scene &s) { s.dev.notPromotable = u"It is a container, and Heroku promotes none"_s; })},
        {"fresh", u"stale"_s, CheckResult::Pass, u"up to date"_s, [](Scene &) {}},
        {"never refreshed", u"stale"_s, CheckResult::Warn, u"not been refreshed"_s,
         [](Scene &s) { s.account.asOf = {}; }},
        {"clock set back", u"stale"_s, CheckResult::Warn, u"set back"_s,
         [](Scene &s) { s.account.asOf = sceneNow().addSecs(3600); }},
        {"reachable", u"provider"_s, CheckResult::Pass, u"This machine answers"_s, [](Scene &) {}},
        {"silent", u"provider"_s, CheckResult::Warn, u"not known whether This machine answers"_s,
         [](Scene &s) { s.account.state = AccountState::Stale; }},
        {"offline", u"provider"_s, hard, u"cannot be reached"_s,
         off(u"provider"_s, [](Scene &s) { s.account.state = AccountState::Offline; })},
        {"no token", u"provider"_s, hard, u"token"_s,
         off(u"provider"_s, [](Scene &s) { s.account.state = AccountState::Unauthorised; })},
        {"read-only", u"provider"_s, hard, u"read-only"_s, off(u"provider"_s, [](Scene &s) { s.readOnly = true; })},
        {"no ci", u"ci"_s, CheckResult::Off, u"No CI"_s, [](Scene &) {}},
        {"ci passed", u"ci"_s, CheckResult::Pass, u"CI passed"_s, [](Scene &s) { s.dev.ci.state = CiState::Passed; }},
        {"ci runs", u"ci"_s, CheckResult::Warn, u"still runs"_s, [](Scene &s) { s.dev.ci.state = CiState::Running; }},
        {"ci silent", u"ci"_s, CheckResult::Warn, u"not known"_s, [](Scene &s) { s.dev.ci.state = CiState::Unknown; }},
        {"nobody holds", u"hold"_s, CheckResult::Pass, u"Nobody holds staging"_s, [](Scene &) {}},
        {"asker holds", u"hold"_s, CheckResult::Pass, u"You hold staging"_s,
         [](Scene &s) {
             s.hold = Hold{u"Ann"_s, u"Load test"_s, sceneNow(), {}, false};
         }},
        {"hold is over", u"hold"_s, CheckResult::Pass, u"Nobody holds staging"_s,
         [](Scene &s) {
             s.hold = Hold{u"Ines"_s, u"Load test"_s, sceneNow().addDays(-1), sceneNow().addSecs(-1), false};
         }},
        {"freeze does not touch staging", u"freeze"_s, CheckResult::Off, u"for production"_s,
         [](Scene &s) { s.set(u"freeze"_s, window(sceneNow().addDays(-1), sceneNow().addDays(1))); }},
    };
    return all;
}

} // namespace

class PreflightTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void checks_data();
    void checks();
    void levels_data();
    void levels();
    void freezes_data();
    void freezes();
    void holdNamesWhoAndWhen();
    void links();
    void remedies_data();
    void remedies();
    void malformedTeamFile();
};

void PreflightTest::checks_data()
{
    QTest::addColumn<int>("row");
    for (int i = 0; i < rows().size(); ++i)
        QTest::newRow(rows().at(i).name) << i;
}

void PreflightTest::checks()
{
    QFETCH(int, row);
    const Row &wanted = rows().at(row);
    Scene scene;
    wanted.spoil(scene);
    const Stores stores(scene);
    QVERIFY(stores.isGood());
    const auto sheet = stores.ask(promotion(u"dev1"_s, u"staging"_s));
    QVERIFY(sheet);
    QCOMPARE(sheet->checks.size(), Policy::checkIds().size());
    const Check check = checkOf(*sheet, wanted.check);
    QCOMPARE(toString(check.result), toString(wanted.result));
    QVERIFY2(check.text.contains(wanted.words), qPrintable(check.text));
    QCOMPARE(sheet->allowed(), wanted.result != CheckResult::Block);
}

void PreflightTest::levels_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("level");
    for (auto one = failures().cbegin(); one != failures().cend(); ++one) {
        for (const auto &level : {u"block"_s, u"warn"_s, u"off"_s})
            QTest::addRow("%s %s", qPrintable(one.key()), qPrintable(level)) << one.key() << level;
    }
}

void PreflightTest::levels()
{
    QFETCH(QString, check);
    QFETCH(QString, level);
    Scene scene;
    failures().value(check)(scene);
    scene.set(u"checks."_s + check, level);
    const Stores stores(scene);
    QVERIFY(stores.isGood());
    PromoteIntent move = promotion(u"dev1"_s, u"staging"_s);
    const auto sheet = stores.ask(move);
    QVERIFY(sheet);
    const Check line = checkOf(*sheet, check);
    QCOMPARE(toString(line.result), level);
    QVERIFY(!line.text.isEmpty());
    const auto silent = stores.permit(move);
    move.reason = u"A partner waits"_s;
    const auto reasoned = stores.permit(move);
    QCOMPARE(silent.has_value(), level == u"off");
    QCOMPARE(reasoned.has_value(), level != u"block");
    if (level == u"warn")
        QCOMPARE(*reasoned, QStringList(line.text));
    if (silent)
        return;
    QCOMPARE(silent.error().kind(), Error::Kind::Blocked);
    QVERIFY2(silent.error().message().contains(line.text), qPrintable(silent.error().message()));
    QVERIFY(!silent.error().remedy().isEmpty());
}

void PreflightTest::freezes_data()
{
    QTest::addColumn<int>("begins"); // hours from now
    QTest::addColumn<int>("ends");
    QTest::addColumn<QString>("level");
    QTest::addColumn<QString>("result");
    QTest::newRow("open") << -1 << 2 << u"block"_s << u"block"_s;
    QTest::newRow("open, warns") << -1 << 2 << u"warn"_s << u"warn"_s;
    QTest::newRow("open, off") << -1 << 2 << u"off"_s << u"off"_s;
    QTest::newRow("to come") << 1 << 2 << u"block"_s << u"pass"_s;
    QTest::newRow("over") << -2 << -1 << u"block"_s << u"pass"_s;
}

void PreflightTest::freezes()
{
    QFETCH(int, begins);
    QFETCH(int, ends);
    QFETCH(QString, level);
    QFETCH(QString, result);
    Scene scene;
    const QDateTime end = sceneNow().addSecs(3600 * ends);
    scene.set(u"freeze"_s, window(sceneNow().addSecs(3600 * begins), end));
    scene.set(u"checks.freeze"_s, level);
    const Stores stores(scene);
    const auto sheet = stores.ask(promotion(u"staging"_s));
    QVERIFY(sheet);
    const Check check = checkOf(*sheet, u"freeze"_s);
    QCOMPARE(toString(check.result), result);
    if (result == u"pass")
        return;
    QVERIFY2(check.text.contains(end.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s)), qPrintable(check.text));
    QCOMPARE(check.detail, u"End of the year"_s);
}

void PreflightTest::holdNamesWhoAndWhen()
{
    Scene scene;
    const QDateTime since(QDate(2026, 11, 24), QTime(8, 0), Qt::UTC);
    const QDateTime until = sceneNow().addDays(2);
    scene.hold = Hold{u"Ines"_s, u"Load test"_s, since, until, false};
    const Stores stores(scene);
    for (const auto &from : {u"dev1"_s, u"staging"_s}) { // nothing goes there, nor on from there
        const auto sheet = stores.ask(promotion(from));
        QVERIFY(sheet);
        const Check check = checkOf(*sheet, u"hold"_s);
        QCOMPARE(toString(check.result), u"block"_s);
        QCOMPARE(check.text, u"Ines holds staging: Load test"_s);
        QVERIFY(check.detail.contains(since.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s)));
        QVERIFY(check.detail.contains(until.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s)));
        QCOMPARE(check.link, u"shop/staging"_s);
    }
}

void PreflightTest::links()
{
    Scene scene;
    scene.verdict = {};
    scene.dev.ci = {CiState::Failed, QUrl(u"https://ci.example/1"_s), {}, 2};
    const auto sheet = Stores(scene).ask(promotion(u"dev1"_s));
    QVERIFY(sheet);
    QCOMPARE(checkOf(*sheet, u"verdict"_s).link, u"shop/dev1"_s);
    QCOMPARE(checkOf(*sheet, u"ci"_s).link, u"https://ci.example/1"_s);
    scene.dev.ci.url = QUrl(u"file:///etc/passwd"_s); // a provider's text is hostile
    QCOMPARE(checkOf(*Stores(scene).ask(promotion(u"dev1"_s)), u"ci"_s).link, QString());
}

void PreflightTest::remedies_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<QList<int>>("kinds");
    const auto kinds = [](const QList<Remedy::Kind> &all) {
        QList<int> numbers;
        for (const Remedy::Kind kind : all)
            numbers.append(int(kind));
        return numbers;
    };
    QTest::newRow("nothing in the way") << QString() << kinds({});
    QTest::newRow("behind") << u"contains-staging"_s << kinds({Remedy::Kind::UpdateFromStaging});
    QTest::newRow("held") << u"hold"_s << kinds({Remedy::Kind::Queue, Remedy::Kind::TakeOver});
    QTest::newRow("over the limit") << u"drift"_s << kinds({Remedy::Kind::Queue});
    QTest::newRow("changes requested") << u"verdict"_s << kinds({});
    QTest::newRow("no verdict") << u"none"_s << kinds({Remedy::Kind::Accept});
}

void PreflightTest::remedies()
{
    QFETCH(QString, check);
    QFETCH(QList<int>, kinds);
    Scene scene;
    if (check == u"none")
        scene.verdict = {};
    else if (!check.isEmpty())
        failures().value(check)(scene);
    const auto sheet = Stores(scene).ask(promotion(u"dev1"_s));
    QVERIFY(sheet);
    QList<int> offered;
    for (const Remedy &remedy : sheet->remedies) {
        offered.append(int(remedy.kind));
        QVERIFY(!remedy.text.isEmpty());
        const CheckResult mended = checkOf(*sheet, remedy.check).result;
        QVERIFY(mended == CheckResult::Block || mended == CheckResult::Warn);
    }
    QCOMPARE(offered, kinds);
}

void PreflightTest::malformedTeamFile()
{
    Scene scene;
    scene.verdict = {};
    Stores stores(scene);
    Snapshot snapshot;
    snapshot.pipeline = u"shop"_s;
    snapshot.environments = {scene.dev, scene.staging, scene.production};
    snapshot.teamFile = R"({"policy": {"checks": {"verdict": "off"}}})";
    QVERIFY(stores.cache().apply(snapshot));
    QCOMPARE(toString(checkOf(*stores.ask(promotion(u"dev1"_s)), u"verdict"_s).result), u"off"_s);
    snapshot.teamFile = R"({"policy": {"checks": {"verdict": "off", "ci": "perhaps"}}})";
    QVERIFY(stores.cache().apply(snapshot));
    QCOMPARE(toString(checkOf(*stores.ask(promotion(u"dev1"_s)), u"verdict"_s).result), u"block"_s);
}

QTEST_GUILESS_MAIN(PreflightTest)
#include "tst_preflight.moc"
