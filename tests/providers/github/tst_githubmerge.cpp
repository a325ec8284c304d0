// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "githubfixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

/// Merging: what stands in the way, once however often it is asked, and never another head than the one that was seen.
class TestGitHubMerge final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void outlook();
    void outlookOfObstacles();
    void outlookOfRules();
    void outlookIsNotKnownAtOnce();
    void merges_data();
    void merges();
    void againIsTheSame();
    void headMoved();
    void mergedAtAnotherHead();
    void lostAnswer_data();
    void lostAnswer();
    void baseMoves();
    void refusals_data();
    void refusals();
    void rules();
};

namespace {

MergeSpec spec(GitHubFixture &f, int number, const QString &branch)
{
    return {f.project(), number, f.head(branch), MergeMethod::Merge, {}};
}

Result<MergeOutlook> outlookOf(GitHubFixture &f, int number)
{
    std::ignore = f.wait(f.provider().mergeOutlook(f.project(), number)); // GitHub works it out when it is asked
    return f.wait(f.provider().mergeOutlook(f.project(), number));
}

QString methods(const MergeOutlook &outlook)
{
    QStringList names;
    for (const MergeMethod method : outlook.methods)
        names.append(Slipway::toString(method));
    return names.join(u' ');
}

} // namespace

void TestGitHubMerge::outlook()
{
    GitHubFixture f;
    const auto good = outlookOf(f, 1);
    VERIFY(good);
    QCOMPARE(good->obstacles, QStringList());
    QCOMPARE(good->head, f.head(u"faster-checkout"_s));
    QVERIFY(good->known);
    QCOMPARE(methods(*good), u"merge squash rebase"_s);
    f.state({{u"action"_s, u"options"_s}, {u"allow_merge_commit"_s, false}});
    QCOMPARE(methods(*outlookOf(f, 1)), u"squash rebase"_s);
    REFUSED(f.wait(f.provider().mergeOutlook(f.project(), 99)), Error::Kind::NotFound);
}

void TestGitHubMerge::outlookOfObstacles()
{
    GitHubFixture f;
    QCOMPARE(outlookOf(f, 3)->obstacles, QStringList{u"It conflicts with main."_s});
    QCOMPARE(outlookOf(f, 4)->obstacles, QStringList{u"It is a draft."_s});
    f.state({{u"action"_s, u"close"_s}, {u"number"_s, 3}});
    QCOMPARE(outlookOf(f, 3)->obstacles, QStringList{u"It is closed."_s});
    QVERIFY(outlookOf(f, 3)->mergedAs.isEmpty());
    f.state({{u"action"_s, u"merge"_s}, {u"number"_s, 2}});
    QVERIFY(!outlookOf(f, 2)->mergedAs.isEmpty() && outlookOf(f, 2)->known && outlookOf(f, 2)->obstacles.isEmpty());
    QCOMPARE(outlookOf(f, 2)->head, f.head(u"invoice-pdf"_s));
    f.state({{u"action"_s, u"options"_s}, {u"archived"_s, true}});
    QCOMPARE(outlookOf(f, 1)->obstacles, QStringList{u"The repository is archived."_s});
}

void TestGitHubMerge::outlookOfRules()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"protect"_s}, {u"reviews"_s, 1}});
    QCOMPARE(outlookOf(f, 1)->obstacles, QStringList{u"The rules of main want somebody to approve it."_s});
    f.state(
        {{u"action"_s, u"review"_s}, {u"number"_s, 1}, {u"by"_s, u"edsger"_s}, {u"state"_s, u"CHANGES_REQUESTED"_s}});
    QCOMPARE(outlookOf(f, 1)->obstacles, QStringList{u"A reviewer asks for changes."_s});
    f.state({{u"action"_s, u"protect"_s}, {u"contexts"_s, QJsonArray{u"ci/other"_s}}});
    const auto checks = outlookOf(f, 1)->obstacles;
    QCOMPARE(checks, QStringList{u"The rules of main do not let it in: required checks have not passed."_s});
    f.state({{u"action"_s, u"protect"_s}, {u"contexts"_s, QJsonArray{u"lint"_s}}, {u"strict"_s, true}});
    f.state({{u"action"_s, u"check"_s}, {u"ref"_s, u"invoice-pdf"_s}, {u"name"_s, u"lint"_s}});
    const auto behind = outlookOf(f, 2)->obstacles;
    QCOMPARE(behind, QStringList{u"The rules of main want it to contain all of main first."_s});
}

void TestGitHubMerge::outlookIsNotKnownAtOnce()
{
    GitHubFixture f;
    const auto first = f.wait(f.provider().mergeOutlook(f.project(), 1));
    VERIFY(first);
    QVERIFY(!first->known);
    QVERIFY(f.wait(f.provider().mergeOutlook(f.project(), 1))->known);
}

void TestGitHubMerge::merges_data()
{
    QTest::addColumn<int>("method");
    QTest::addColumn<int>("parents");
    QTest::newRow("merge") << int(MergeMethod::Merge) << 2;
    QTest::newRow("squash") << int(MergeMethod::Squash) << 1;
    QTest::newRow("rebase") << int(MergeMethod::Rebase) << 1;
}

void TestGitHubMerge::merges()
{
    QFETCH(int, method);
    QFETCH(int, parents);
    GitHubFixture f;
    MergeSpec wanted = spec(f, 1, u"faster-checkout"_s);
    wanted.method = MergeMethod(method);
    wanted.title = u"Faster checkout for all"_s;
    const auto made = f.wait(f.provider().merge(wanted));
    VERIFY(made);
    QCOMPARE(*made, f.head(u"main"_s));
    QCOMPARE(f.git({u"log"_s, u"-1"_s, u"--format=%P"_s, *made}).split(u' ').size(), parents);
    if (wanted.method != MergeMethod::Rebase)
        QCOMPARE(f.git({u"log"_s, u"-1"_s, u"--format=%s"_s, *made}), wanted.title);
    QCOMPARE(f.effects(u"pull.merge"_s).size(), 1);
}

void TestGitHubMerge::againIsTheSame()
{
    GitHubFixture f;
    const MergeSpec wanted = spec(f, 1, u"faster-checkout"_s);
    const auto made = f.wait(f.provider().merge(wanted));
    VERIFY(made);
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"main"_s}});
    QCOMPARE(*f.wait(f.provider().merge(wanted)), *made);
    QCOMPARE(f.effects(u"pull.merge"_s).size(), 1);
}

void TestGitHubMerge::headMoved()
{
    GitHubFixture f;
    const MergeSpec wanted = spec(f, 1, u"faster-checkout"_s);
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"faster-checkout"_s}});
    REFUSED(f.wait(f.provider().merge(wanted)), Error::Kind::Conflict);
    f.fault({{u"path"_s, u"/pulls/1$"_s}, {u"set"_s, QJsonObject{{u"head.sha"_s, wanted.head}}}});
    REFUSED(f.wait(f.provider().merge(wanted)), Error::Kind::Conflict); // GitHub itself looks at the very moment
    QCOMPARE(f.effects().size(), 0);
}

void TestGitHubMerge::mergedAtAnotherHead()
{
    GitHubFixture f;
    const MergeSpec wanted = spec(f, 1, u"faster-checkout"_s);
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"faster-checkout"_s}});
    f.state({{u"action"_s, u"merge"_s}, {u"number"_s, 1}});
    REFUSED(f.wait(f.provider().merge(wanted)), Error::Kind::Conflict);
}

void TestGitHubMerge::lostAnswer_data()
{
    QTest::addColumn<QJsonObject>("rule");
    QTest::newRow("after") << QJsonObject{{u"drop"_s, u"after"_s}};
    QTest::newRow("before") << QJsonObject{{u"drop"_s, u"before"_s}};
    QTest::newRow("a 502 instead") << QJsonObject{{u"status"_s, 502}};
    QTest::newRow("cut") << QJsonObject{{u"cut"_s, 10}};
    QTest::newRow("a page of a proxy") << QJsonObject{{u"html"_s, true}, {u"status"_s, 200}};
}

void TestGitHubMerge::lostAnswer()
{
    QFETCH(QJsonObject, rule);
    GitHubFixture f;
    rule.insert(u"path"_s, u"/merge$"_s);
    rule.insert(u"times"_s, 1);
    f.fault(rule);
    const auto made = f.wait(f.provider().merge(spec(f, 1, u"faster-checkout"_s)));
    VERIFY(made);
    QCOMPARE(*made, f.head(u"main"_s));
    QCOMPARE(f.effects(u"pull.merge"_s).size(), 1);
}

void TestGitHubMerge::baseMoves()
{
    GitHubFixture f;
    f.fault({{u"path"_s, u"/merge$"_s},
             {u"times"_s, 3},
             {u"status"_s, 405},
             {u"message"_s, u"Base branch was modified. Review and try the merge again."_s}});
    VERIFY(f.wait(f.provider().merge(spec(f, 1, u"faster-checkout"_s))));
    QCOMPARE(f.effects(u"pull.merge"_s).size(), 1);
}

void TestGitHubMerge::refusals_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<QString>("branch");
    QTest::addColumn<QString>("said");
    QTest::newRow("conflict") << 3 << u"saved-cards"_s << u"It conflicts with main."_s;
    QTest::newRow("draft") << 4 << u"draft-idea"_s << u"It is a draft."_s;
}

void TestGitHubMerge::refusals()
{
    QFETCH(int, number);
    QFETCH(QString, branch);
    QFETCH(QString, said);
    GitHubFixture f;
    const auto result = f.wait(f.provider().merge(spec(f, number, branch)));
    REFUSED(result, Error::Kind::Blocked);
    QVERIFY2(result.error().message().contains(said), qPrintable(result.error().message()));
    f.state({{u"action"_s, u"close"_s}, {u"number"_s, number}});
    REFUSED(f.wait(f.provider().merge(spec(f, number, branch))), Error::Kind::Blocked);
    QCOMPARE(f.effects().size(), 0);
}

void TestGitHubMerge::rules()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"protect"_s}, {u"reviews"_s, 1}});
    const auto result = f.wait(f.provider().merge(spec(f, 1, u"faster-checkout"_s)));
    REFUSED(result, Error::Kind::Blocked);
    QVERIFY2(result.error().message().contains(u"approve"_s), qPrintable(result.error().message()));
    f.state({{u"action"_s, u"protect"_s}});
    f.state({{u"action"_s, u"options"_s}, {u"allow_squash_merge"_s, false}});
    MergeSpec wanted = spec(f, 1, u"faster-checkout"_s);
    wanted.method = MergeMethod::Squash;
    const auto squashed = f.wait(f.provider().merge(wanted));
    REFUSED(squashed, Error::Kind::Blocked);
    QVERIFY2(squashed.error().message().contains(u"Squash merges are not allowed"_s),
             qPrintable(squashed.error().message()));
}

QTEST_GUILESS_MAIN(TestGitHubMerge)
#include "tst_githubmerge.moc"
