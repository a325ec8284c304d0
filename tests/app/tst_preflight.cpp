// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preflight/preflightcheck.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Slipway;
using namespace Qt::StringLiterals;

namespace {

const auto kProduction = u"a111111111111111111111111111111111111111"_s;
const auto kStaging = u"b222222222222222222222222222222222222222"_s;
const auto kDev = u"c333333333333333333333333333333333333333"_s;

/// A board where dev1 may go to staging; each row of the table spoils one thing.
struct Scene
{
    Environment dev;
    Environment staging;
    Environment production;
    Verdict verdict{VerdictState::Accepted, u"Ann"_s, {}, u"art-"_s + kDev, QDateTime::currentDateTimeUtc()};
    Comparison toStaging{kStaging, kDev, 1, 0, {Commit{kDev, u"Faster"_s, u"Bo"_s, {}, u"Faster checkout"_s}}, {}};
    Comparison toProduction{kProduction, kStaging, 1, 0, {Commit{kStaging, u"Cart"_s, u"Bo"_s, {}, u"Cart"_s}}, {}};
    AccountStatus account{{u"local"_s, u"local"_s, {}}, AccountState::Live, QDateTime::currentDateTimeUtc(), {}};
    int limit = 2;
};

Environment environment(const QString &name, Stage stage, const QString &version)
{
    Environment made;
    made.pipeline = u"shop"_s;
    made.name = name;
    made.stage = stage;
    made.state = EnvironmentState::Running;
    made.createdAt = QDateTime::currentDateTimeUtc();
    made.config = {{u"SECRET"_s, u"x"_s}};
    Release release;
    release.number = 12;
    release.version = version;
    release.artifact = u"art-"_s + version;
    release.change.title = u"Faster checkout"_s;
    release.change.branch = u"faster-checkout"_s;
    made.release = release;
    return made;
}

using Spoil = std::function<void(Scene &)>;

struct Row
{
    const char *name;
    QString check;
    CheckResult result;
    QString words;
    Spoil spoil;
};

const QList<Row> &rows()
{
    static const QList<Row> all{
        {"accepted", u"verdict"_s, CheckResult::Pass, u"Accepted on dev1"_s, [](Scene &) {}},
        {"no verdict", u"verdict"_s, CheckResult::Block, u"Not accepted yet"_s, [](Scene &s) { s.verdict = {}; }},
        {"old verdict", u"verdict"_s, CheckResult::Block, u"earlier version"_s,
         [](Scene &s) { s.verdict.version = kStaging; }},
        {"changes requested", u"verdict"_s, CheckResult::Block, u"requested on dev1"_s,
         [](Scene &s) { s.verdict.state = VerdictState::ChangesRequested; }},
        {"contains staging", u"contains-staging"_s, CheckResult::Pass, u"everything staging runs"_s, [](Scene &) {}},
        {"behind staging", u"contains-staging"_s, CheckResult::Block,
         u"Update faster-checkout with staging's changes first: 3 commits are missing"_s,
         [](Scene &s) { s.toStaging.behind = 3; }},
        {"never compared", u"contains-staging"_s, CheckResult::Warn, u"not known"_s,
         [](Scene &s) { s.toStaging.head = u"x"_s; }},
        {"within the limit", u"drift"_s, CheckResult::Pass, u"2 changes ahead"_s, [](Scene &) {}},
        {"over the limit", u"drift"_s, CheckResult::Warn, u"2 changes ahead"_s, [](Scene &s) { s.limit = 1; }},
        {"config the same", u"config"_s, CheckResult::Pass, u"every config key"_s, [](Scene &) {}},
        {"config key missing", u"config"_s, CheckResult::Warn, u"staging lacks PAYMENTS_KEY"_s,
         [](Scene &s) { s.dev.config.insert(u"PAYMENTS_KEY"_s, u"y"_s); }},
        {"artifact", u"artifact"_s, CheckResult::Pass, u"identical artifact"_s, [](Scene &) {}},
        {"working copy", u"artifact"_s, CheckResult::Warn, u"no commit holds"_s,
         [](Scene &s) { s.dev.release->uncommitted = true; }},
        {"runs there", u"artifact"_s, CheckResult::Block, u"already runs this version"_s,
         [](Scene &s) { s.staging.release = s.dev.release; }},
        {"crashed", u"artifact"_s, CheckResult::Block, u"does not run"_s,
         [](Scene &s) { s.dev.state = EnvironmentState::Crashed; }},
        {"no release", u"artifact"_s, CheckResult::Block, u"no release yet"_s, [](Scene &s) { s.dev.release.reset(); }},
        {"fresh", u"stale"_s, CheckResult::Pass, u"up to date"_s, [](Scene &) {}},
        {"stale", u"stale"_s, CheckResult::Warn, u"10 minutes old"_s,
         [](Scene &s) { s.account.asOf = QDateTime::currentDateTimeUtc().addSecs(-605); }},
        {"reachable", u"provider"_s, CheckResult::Pass, u"This machine answers"_s, [](Scene &) {}},
        {"offline", u"provider"_s, CheckResult::Block, u"cannot be reached"_s,
         [](Scene &s) { s.account.state = AccountState::Offline; }},
        {"no token", u"provider"_s, CheckResult::Block, u"token"_s,
         [](Scene &s) { s.account.state = AccountState::Unauthorised; }},
        {"no ci", u"ci"_s, CheckResult::Off, u"No CI"_s, [](Scene &) {}},
        {"ci failed", u"ci"_s, CheckResult::Block, u"CI failed"_s, [](Scene &s) { s.dev.ci.state = CiState::Failed; }},
        {"hold", u"hold"_s, CheckResult::Off, u"hold"_s, [](Scene &) {}},
    };
    return all;
}

} // namespace

class PreflightTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_scene = std::make_unique<Scene>();
        m_scene->dev = environment(u"dev1"_s, Stage::Development, kDev);
        m_scene->staging = environment(u"staging"_s, Stage::Staging, kStaging);
        m_scene->production = environment(u"production"_s, Stage::Production, kProduction);
    }
    void checks_data();
    void checks();
    void sheetToStaging();
    void sheetToProduction();
    void refusedMoves();
    void permission();

private:
    void fill();
    Result<Preflight> ask(const QString &from, const QString &to) const
    {
        return preflightFor(BoardReader(*m_cache, *m_store), PromoteIntent{u"shop"_s, from, to, false, {}, {}},
                            u"Ann"_s, QDateTime::currentDateTimeUtc());
    }
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<CacheStore> m_cache;
    std::unique_ptr<SlipwayStore> m_store;
};

void PreflightTest::fill()
{
    m_cache = std::move(*CacheStore::open(m_directory->path()));
    m_store = std::move(*SlipwayStore::open(m_directory->path()));
    Pipeline pipeline;
    pipeline.name = u"shop"_s;
    pipeline.deploysAccount = u"local"_s;
    pipeline.deploysId = u"shop"_s;
    QVERIFY(m_store->savePipeline(pipeline));
    QVERIFY(m_store->savePolicy(u"shop"_s, {{u"limit"_s, m_scene->limit}}, {}));
    Snapshot snapshot;
    snapshot.pipeline = u"shop"_s;
    snapshot.account = u"local"_s;
    snapshot.asOf = QDateTime::currentDateTimeUtc();
    snapshot.environments = {m_scene->dev, m_scene->staging, m_scene->production};
    QVERIFY(m_cache->apply(snapshot));
    QVERIFY(m_cache->setAccountStatus(m_scene->account));
    QVERIFY(m_cache->remember(u"shop"_s, m_scene->toStaging));
    QVERIFY(m_cache->remember(u"shop"_s, m_scene->toProduction));
    if (m_scene->verdict.state != VerdictState::None)
        QVERIFY(m_store->saveVerdict(u"shop/dev1"_s, m_scene->verdict));
}

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
    wanted.spoil(*m_scene);
    fill();
    const auto sheet = ask(u"dev1"_s, u"staging"_s);
    QVERIFY(sheet);
    bool found = false;
    for (const Check &check : sheet->checks) {
        if (check.id != wanted.check)
            continue;
        found = true;
        QCOMPARE(toString(check.result), toString(wanted.result));
        QVERIFY2(check.text.contains(wanted.words), qPrintable(check.text));
    }
    QVERIFY(found);
    QCOMPARE(sheet->allowed(), wanted.result != CheckResult::Block);
    QCOMPARE(sheet->needsReason(), wanted.result == CheckResult::Warn);
}

void PreflightTest::sheetToStaging()
{
    fill();
    const auto sheet = ask(u"dev1"_s, {});
    QVERIFY(sheet);
    QCOMPARE(sheet->targets, QStringList(u"staging"_s));
    QCOMPARE(sheet->title, u"Deploy Faster checkout to staging"_s);
    QCOMPARE(sheet->changes, QStringList(u"Faster checkout"_s));
    QVERIFY(sheet->offersShutDown);
    QVERIFY2(sheet->wayBack.contains(u"v12"), qPrintable(sheet->wayBack));
    QCOMPARE(ask(u"dev1"_s, {})->fingerprint, sheet->fingerprint);
}

void PreflightTest::sheetToProduction()
{
    m_scene->dev.ahead = 1;
    fill();
    const auto sheet = ask(u"staging"_s, {});
    QVERIFY(sheet);
    QVERIFY(sheet->allowed());
    QVERIFY(!sheet->needsReason()); // a spot check is asked for, not forced
    QVERIFY(!sheet->offersShutDown);
    QCOMPARE(sheet->changes, QStringList(u"Cart"_s));
    QCOMPARE(sheet->notIncluded.size(), 1);
    QVERIFY2(sheet->notIncluded.constFirst().contains(u"dev1"), qPrintable(sheet->notIncluded.constFirst()));
}

void PreflightTest::refusedMoves()
{
    fill();
    const auto jump = ask(u"dev1"_s, u"production"_s);
    QVERIFY(!jump);
    QVERIFY2(jump.error().message().contains(u"goes to staging first"), qPrintable(jump.error().message()));
    QCOMPARE(ask(u"production"_s, u"staging"_s).error().kind(), Error::Kind::Invalid);
    QCOMPARE(ask(u"dev9"_s, u"staging"_s).error().kind(), Error::Kind::NotFound);
}

void PreflightTest::permission()
{
    m_scene->limit = 1;
    fill();
    const BoardReader reader(*m_cache, *m_store);
    PromoteIntent move{u"shop"_s, u"dev1"_s, u"staging"_s, true, {}, {}};
    QCOMPARE(permit(reader, move, u"Ann"_s).error().kind(), Error::Kind::Blocked);
    move.reason = u"The other one waits for a partner"_s;
    QVERIFY(permit(reader, move, u"Ann"_s));
    move.fingerprint = ask(u"dev1"_s, {})->fingerprint;
    QVERIFY(permit(reader, move, u"Ann"_s));
    Snapshot moved;
    moved.pipeline = u"shop"_s;
    m_scene->staging.release->number = 13;
    moved.environments = {m_scene->dev, m_scene->staging, m_scene->production};
    QVERIFY(m_cache->apply(moved));
    QCOMPARE(permit(reader, move, u"Ann"_s).error().kind(), Error::Kind::Conflict);
}

QTEST_GUILESS_MAIN(PreflightTest)
#include "tst_preflight.moc"
