// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Slipway;
using namespace Qt::StringLiterals;

/// The main job through the real Local provider: its daemon, its shims, the bundled sample.
class SessionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void homeIsMadeAndChecked();
    void leftoversGo();
    void mainJob();
    void cleanup();

private:
    Operation runNow(Session &session, const Intent &intent);
    void comparesInParts(Session &session);
    std::optional<Environment> environment(const Session &session, const QString &name) const
    {
        return session.reader().cache().environment(u"shop/"_s + name);
    }
    QTemporaryDir m_directory;
};

void SessionTest::homeIsMadeAndChecked()
{
    const QString home = m_directory.filePath(u"deep/home"_s);
    qputenv("SLIPWAY_HOME", home.toUtf8());
    QCOMPARE(*slipwayHome(), home);
    QCOMPARE(QFileInfo(home).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QFile file(m_directory.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    qputenv("SLIPWAY_HOME", file.fileName().toUtf8());
    QVERIFY(!slipwayHome());
    QVERIFY(slipwayHome().error().message().contains(file.fileName()));
    qunsetenv("SLIPWAY_HOME");
}

/// What an operation packed whose process was killed goes when it is over, and not before.
void SessionTest::leftoversGo()
{
    const QString home = m_directory.filePath(u"left"_s);
    QVERIFY(QDir().mkpath(home + u"/packed/over.2.tar.gz.tree/deeper"_s));
    QVERIFY(QDir().mkpath(home + u"/packed/busy.2.tar.gz.tree"_s));
    for (const auto &name : {u"/packed/over.2.tar.gz"_s, u"/packed/over.2.tar.gz.tree/deeper/page.txt"_s}) {
        QFile file(home + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    const auto store = SlipwayStore::open(home);
    QVERIFY(store);
    Operation operation;
    operation.id = u"busy"_s;
    operation.pipeline = u"shop"_s;
    operation.state = OperationState::Running;
    QVERIFY((*store)->saveOperation(operation));
    auto opened = Session::open({.home = home});
    QVERIFY(opened);
    (*opened)->start();
    const QDir folder(home + u"/packed"_s);
    QTRY_COMPARE(folder.entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{u"busy.2.tar.gz.tree"_s});
}

Operation SessionTest::runNow(Session &session, const Intent &intent)
{
    std::optional<Result<QString>> started;
    session.startOperation(intent, [&](const Result<QString> &result) { started = result; });
    Operation operation;
    if (!QTest::qWaitFor([&] { return started.has_value(); }, 20'000))
        return operation;
    if (!*started) {
        operation.error = started->error();
        return operation;
    }
    const auto ended = [&] {
        const auto now = session.reader().store().operation(**started);
        operation = now.value_or(operation);
        return now && !now->isActive();
    };
    if (!QTest::qWaitFor(ended, 180'000))
        qWarning("%s has not ended", qPrintable(operation.title));
    return operation;
}

#define COMPARE_LIVE(operation)                                                                                        \
    do {                                                                                                               \
        const Operation done = (operation);                                                                            \
        const QString why = done.error ? done.error->text() + u'\n' + done.error->detail() : toString(done.state);     \
        QVERIFY2(done.state == OperationState::Live, qPrintable(why));                                                 \
    } while (false)

/// Two commits of which the board never compared one with the other, a commit at a time.
void SessionTest::comparesInParts(Session &session)
{
    const auto compare = [&session](const CommitPair &pair, const CommitRange &range) {
        std::optional<Result<Comparison>> answer;
        session.compare(u"shop"_s, pair, range, [&](const Result<Comparison> &part) { answer = part; });
        const bool came = QTest::qWaitFor([&] { return answer.has_value(); }, 20'000);
        return came ? *answer : Result<Comparison>(tl::unexpected(Error(Error::Kind::Failed, u"no answer"_s)));
    };
    const CommitPair pair{environment(session, u"dev1"_s)->release->version,
                          environment(session, u"production"_s)->release->version};
    const CommitPair back{pair.head, pair.base};
    const auto known = [&](const CommitPair &one) {
        return session.reader().cache().comparison(u"shop"_s, one.base, one.head);
    };
    QVERIFY(!known(pair));
    const auto first = compare(pair, {0, 1});
    QVERIFY2(first, qPrintable(first ? QString() : first.error().text()));
    QVERIFY2(first->behind > 1, "the sample's branch has more than one commit");
    QCOMPARE(first->missing.size(), 1);
    QCOMPARE(known(pair)->missing.size(), 1);
    const auto second = compare(pair, {1, 1});
    QVERIFY(second);
    QCOMPARE(second->missing.size(), 1);
    QVERIFY(second->missing.first().id != first->missing.first().id);
    QCOMPARE(known(pair)->missing.size(), 2); // joined to what was there
    const auto whole = compare(pair, {});
    QVERIFY(whole);
    QCOMPARE(whole->missing.size(), whole->behind);
    QCOMPARE(compare(back, {0, 1})->commits, first->missing);
    const CommitPair nowhere{QString(40, u'd'), pair.head};
    QVERIFY(!compare(nowhere, {}));
}

void SessionTest::mainJob()
{
    auto opened = Session::open({.home = m_directory.path()});
    QVERIFY(opened);
    Session &session = **opened;
    COMPARE_LIVE(runNow(session, SetUpIntent{u"shop"_s, u"local"_s, {}, true}));
    for (const auto &name : {u"production"_s, u"staging"_s, u"dev1"_s}) {
        QVERIFY2(environment(session, name), qPrintable(name));
        QCOMPARE(int(environment(session, name)->state), int(EnvironmentState::Running));
    }
    QCOMPARE(environment(session, u"staging"_s)->release->artifact,
             environment(session, u"production"_s)->release->artifact);
    QVERIFY(environment(session, u"dev1"_s)->ahead.value_or(0) > 0);
    QCOMPARE(environment(session, u"dev1"_s)->behind.value_or(-1), 0);
    QVERIFY(!environment(session, u"dev1"_s)->live);
    QVERIFY(!session.reader().cache().changes(u"shop"_s).isEmpty());
    comparesInParts(session);

    const PromoteIntent move{u"shop"_s, u"dev1"_s, u"staging"_s, true, {}, {}};
    const Operation refused = runNow(session, move);
    QVERIFY(refused.error);
    QCOMPARE(refused.error->kind(), Error::Kind::Blocked);
    std::optional<Result<void>> given;
    session.decide(VerdictIntent{u"shop"_s, u"dev1"_s, VerdictState::Accepted, {}},
                   [&](const Result<void> &r) { given = r; });
    QVERIFY(QTest::qWaitFor([&] { return given.has_value(); }));
    const QString artifact = environment(session, u"dev1"_s)->release->artifact;
    COMPARE_LIVE(runNow(session, move));
    QVERIFY(!environment(session, u"dev1"_s));
    QCOMPARE(environment(session, u"staging"_s)->release->artifact, artifact);
    QVERIFY(!environment(session, u"staging"_s)->live);
    COMPARE_LIVE(runNow(session, PromoteIntent{u"shop"_s, u"staging"_s, u"production"_s, false, {}, {}}));
    QCOMPARE(environment(session, u"production"_s)->release->artifact, artifact);
    QVERIFY(environment(session, u"staging"_s)->live);

    COMPARE_LIVE(runNow(session, RemovePipelineIntent{u"shop"_s}));
    QVERIFY(session.reader().store().pipelines().isEmpty());
    QVERIFY(!QDir(m_directory.filePath(u"samples"_s)).exists());
}

void SessionTest::cleanup()
{
    QProcess::execute(QCoreApplication::applicationDirPath() + u"/slipwayd"_s,
                      {u"--stop"_s, u"--home"_s, m_directory.path()});
}

QTEST_GUILESS_MAIN(SessionTest)
#include "tst_session.moc"
