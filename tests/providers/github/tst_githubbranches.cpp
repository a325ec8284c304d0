// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "githubfixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

/// Branches that are brought up to date or taken away: once, and only when they are what the user saw.
class TestGitHubBranches final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void throughThePullRequest();
    void byMerging();
    void containedAlready();
    void movedOn();
    void conflicting_data();
    void conflicting();
    void lostAnswer_data();
    void lostAnswer();
    void noSuchBranch();
    void deletes();
    void deletesOnlyWhatWasSeen();
    void deletesOnceWhenTheAnswerIsLost();
    void protectedBranch();
};

namespace {

BranchUpdate update(GitHubFixture &f, const QString &branch, const QString &version)
{
    return {f.project(), branch, f.head(branch), f.head(version), u"Bring staging into it"_s};
}

bool contains(GitHubFixture &f, const QString &head, const QString &version)
{
    return f.git({u"merge-base"_s, head, version}) == version;
}

} // namespace

void TestGitHubBranches::throughThePullRequest()
{
    GitHubFixture f;
    const auto wanted = update(f, u"invoice-pdf"_s, u"main"_s);
    const auto head = f.wait(f.provider().updateBranch(wanted));
    VERIFY(head);
    QCOMPARE(*head, f.head(u"invoice-pdf"_s));
    QVERIFY(contains(f, *head, wanted.version) && contains(f, *head, wanted.head));
    QCOMPARE(f.effects(u"pull.update"_s).size(), 1);
    QCOMPARE(*f.wait(f.provider().updateBranch(wanted)), *head);
    QCOMPARE(f.effects().size(), 1);
}

void TestGitHubBranches::byMerging()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"staging"_s}});
    const auto wanted = update(f, u"invoice-pdf"_s, u"staging"_s);
    const auto head = f.wait(f.provider().updateBranch(wanted));
    VERIFY(head);
    QCOMPARE(*head, f.head(u"invoice-pdf"_s));
    QVERIFY(contains(f, *head, wanted.version) && contains(f, *head, wanted.head));
    QCOMPARE(f.git({u"log"_s, u"-1"_s, u"--format=%s"_s, *head}), u"Bring staging into it"_s);
    QCOMPARE(f.effects(u"merge"_s).size(), 1);
    QCOMPARE(*f.wait(f.provider().updateBranch(wanted)), *head);
    QCOMPARE(f.effects().size(), 1);
}

void TestGitHubBranches::containedAlready()
{
    GitHubFixture f;
    const auto wanted = update(f, u"faster-checkout"_s, u"main"_s);
    QCOMPARE(*f.wait(f.provider().updateBranch(wanted)), wanted.head);
    QCOMPARE(f.effects().size(), 0);
}

void TestGitHubBranches::movedOn()
{
    GitHubFixture f;
    const auto wanted = update(f, u"invoice-pdf"_s, u"main"_s);
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"invoice-pdf"_s}});
    REFUSED(f.wait(f.provider().updateBranch(wanted)), Error::Kind::Conflict);
    QCOMPARE(f.effects().size(), 0);
}

void TestGitHubBranches::conflicting_data()
{
    QTest::addColumn<QString>("version");
    QTest::newRow("through the pull request") << u"main"_s;
    QTest::newRow("by merging") << u"staging"_s;
}

void TestGitHubBranches::conflicting()
{
    QFETCH(QString, version);
    GitHubFixture f;
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"staging"_s}});
    const auto wanted = update(f, u"saved-cards"_s, version);
    const auto refused = f.wait(f.provider().updateBranch(wanted));
    REFUSED(refused, Error::Kind::Conflict);
    QCOMPARE(refused.error().detail(), u"prices.txt"_s);
    QCOMPARE(f.effects().size(), 0);
    QCOMPARE(f.head(u"saved-cards"_s), wanted.head);
}

void TestGitHubBranches::lostAnswer_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("drop");
    QTest::newRow("pull request, after") << u"main"_s << u"after"_s;
    QTest::newRow("pull request, before") << u"main"_s << u"before"_s;
    QTest::newRow("merging, after") << u"staging"_s << u"after"_s;
    QTest::newRow("merging, before") << u"staging"_s << u"before"_s;
}

void TestGitHubBranches::lostAnswer()
{
    QFETCH(QString, version);
    QFETCH(QString, drop);
    GitHubFixture f;
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"staging"_s}});
    f.fault({{u"path"_s, u"/(merges|update-branch)$"_s}, {u"nth"_s, 1}, {u"drop"_s, drop}});
    const auto wanted = update(f, u"invoice-pdf"_s, version);
    const auto head = f.wait(f.provider().updateBranch(wanted));
    VERIFY(head);
    QVERIFY(contains(f, *head, wanted.version) && contains(f, *head, wanted.head));
    QCOMPARE(f.effects().size(), 1);
}

void TestGitHubBranches::noSuchBranch()
{
    GitHubFixture f;
    const BranchUpdate wanted{f.project(), u"nowhere"_s, f.head(u"main"_s), f.head(u"main"_s), {}};
    REFUSED(f.wait(f.provider().updateBranch(wanted)), Error::Kind::NotFound);
}

void TestGitHubBranches::deletes()
{
    GitHubFixture f;
    const QString head = f.head(u"invoice-pdf"_s);
    VERIFY(f.wait(f.provider().deleteBranch(f.project(), u"invoice-pdf"_s, head)));
    QCOMPARE(f.head(u"refs/heads/invoice-pdf"_s), QString());
    VERIFY(f.wait(f.provider().deleteBranch(f.project(), u"invoice-pdf"_s, head)));
    QCOMPARE(f.effects(u"ref.delete"_s).size(), 1);
    REFUSED(f.wait(f.provider().deleteBranch(u"acme/none"_s, u"invoice-pdf"_s, head)), Error::Kind::NotFound);
}

void TestGitHubBranches::deletesOnlyWhatWasSeen()
{
    GitHubFixture f;
    const QString head = f.head(u"invoice-pdf"_s);
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"invoice-pdf"_s}});
    REFUSED(f.wait(f.provider().deleteBranch(f.project(), u"invoice-pdf"_s, head)), Error::Kind::Conflict);
    QCOMPARE(f.effects().size(), 0);
}

void TestGitHubBranches::deletesOnceWhenTheAnswerIsLost()
{
    GitHubFixture f;
    f.fault({{u"method"_s, u"DELETE"_s}, {u"nth"_s, 1}, {u"drop"_s, u"after"_s}});
    VERIFY(f.wait(f.provider().deleteBranch(f.project(), u"invoice-pdf"_s, f.head(u"invoice-pdf"_s))));
    QCOMPARE(f.effects(u"ref.delete"_s).size(), 1);
}

void TestGitHubBranches::protectedBranch()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"protect"_s}, {u"branch"_s, u"invoice-pdf"_s}, {u"contexts"_s, QJsonArray{u"test"_s}}});
    const auto refused = f.wait(f.provider().deleteBranch(f.project(), u"invoice-pdf"_s, f.head(u"invoice-pdf"_s)));
    REFUSED(refused, Error::Kind::Invalid);
    QVERIFY2(refused.error().message().contains(u"protected"_s), qPrintable(refused.error().message()));
}

QTEST_GUILESS_MAIN(TestGitHubBranches)
#include "tst_githubbranches.moc"
