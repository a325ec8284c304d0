// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/modelprovider.h"
#include "tests/app/modelsession.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Slipway;
using namespace Qt::StringLiterals;

/// What rules want is done by one of the programs that are open on a home, and once.
class AutomationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { ModelProvider::branchHead.clear(); }
    void oneOfTwoActs();
    void aRuleIsNamedInActivity();

private:
    QString world() const { return m_home.path() + u"/world.json"_s; }
    static qsizetype deploys(const QString &world) { return ModelProvider::effects(world).count(u"deploy dev1"_s); }
    QTemporaryDir m_home;
};

void AutomationTest::oneOfTwoActs()
{
    auto first = openModelSession(m_home.path(), false, 0, {}, true);
    QCOMPARE(int(runNow(*first, setUpIntent()).state), int(OperationState::Live));
    QCOMPARE(int(runNow(*first, cloneIntent()).state), int(OperationState::Live));
    QVERIFY(decideNow(*first, PolicyIntent{u"shop"_s, {{u"rules.new-commit"_s, true}}, {}}));
    QVERIFY(refreshNow(*first)); // it is the first that finds a rule to look after
    const auto second = openModelSession(m_home.path(), false, 0, {}, true);
    second->start();
    const qsizetype before = deploys(world());
    QSignalSpy byFirst(first.get(), &Session::operationEnded);
    QSignalSpy bySecond(second.get(), &Session::operationEnded);

    ModelProvider::branchHead = u"b999999999999999999999999999999999999999"_s;
    QVERIFY(refreshNow(*second)); // who sees the commit is not who acts
    QVERIFY(refreshNow(*first));
    QTRY_COMPARE_WITH_TIMEOUT(byFirst.size(), 1, 20'000);
    QVERIFY(refreshNow(*second));
    QVERIFY(refreshNow(*first));
    QCOMPARE(deploys(world()), before + 1);
    QCOMPARE(bySecond.size(), 0);

    first.reset(); // the window is closed; the agent goes on
    ModelProvider::branchHead = u"b999999999999999999999999999999999999990"_s;
    QVERIFY(refreshNow(*second));
    QTRY_COMPARE_WITH_TIMEOUT(bySecond.size(), 1, 20'000);
    QCOMPARE(deploys(world()), before + 2);
}

void AutomationTest::aRuleIsNamedInActivity()
{
    const auto session = openModelSession(m_home.path(), false);
    const QList<ActivityEntry> lines = session->reader().store().activity({}, u"dev1"_s);
    const auto byRule = std::count_if(lines.cbegin(), lines.cend(), [](const ActivityEntry &line) {
        return line.by == u"rule new-commit" && line.kind == u"deploy";
    });
    QCOMPARE(byRule, 2);
}

QTEST_GUILESS_MAIN(AutomationTest)

#include "tst_automation.moc"
