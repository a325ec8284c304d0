// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "githubfixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

/// What the board shows of a repository at GitHub, and what it costs to look.
class TestGitHubReads final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whoseToken();
    void roots_data();
    void roots();
    void enterprisePath();
    void pullRequests();
    void nothingChanged();
    void hundredsAndOneChanged();
    void closedAndMerged();
    void branchesWithoutPull();
    void doneBranchIsNoChange();
    void thousandsOfBranches();
    void fewerAtATimeWhereComparingTakesLong();
    void forkAndGhost();
    void conflictIsLearntLater();
    void hostileTitle();
    void withoutGraph();
    void graphLimitOnly();
    void findsWhatWasCloned();
    void renamed();
};

namespace {

QStringList titles(const QList<Change> &changes)
{
    QStringList all;
    for (const Change &one : changes)
        all.append(one.title);
    return all;
}

const Change *branch(const QList<Change> &changes, const QString &name)
{
    for (const Change &one : changes) {
        if (!one.number && one.branch == name)
            return &one;
    }
    return nullptr;
}

} // namespace

void TestGitHubReads::whoseToken()
{
    GitHubFixture f;
    const auto facts = f.wait(f.provider().facts(true));
    VERIFY(facts);
    QCOMPARE(facts->who, u"ada"_s);
    QCOMPARE(facts->scopes, QStringList{u"repo"_s});
    QVERIFY(facts->budgetLeft > 0);
    QCOMPARE(facts->budgetTotal, 5000);
    QVERIFY(f.asked() <= 2);
    f.forgetRequests();
    const auto later = f.wait(f.provider().facts(false));
    VERIFY(later);
    QVERIFY(later->budgetLeft > 0);
    QCOMPARE(f.asked(), 0);
    f.newProvider(u"wrong"_s);
    REFUSED(f.wait(f.provider().facts(true)), Error::Kind::Unauthorized);
    f.forgetRequests();
    f.newProvider(QString());
    REFUSED(f.wait(f.provider().facts(true)), Error::Kind::Unauthorized);
    QCOMPARE(f.asked(), 0);
}

void TestGitHubReads::roots_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("graph");
    QTest::addColumn<QString>("web");
    const QString api = u"https://api.github.com"_s;
    const QString web = u"https://github.com"_s;
    QTest::newRow("default") << QString() << api << u"https://api.github.com/graphql"_s << web;
    QTest::newRow("the website") << web << api << u"https://api.github.com/graphql"_s << web;
    QTest::newRow("itself") << api + u'/' << api << u"https://api.github.com/graphql"_s << web;
    QTest::newRow("enterprise") << u"https://git.example.com"_s << u"https://git.example.com/api/v3"_s
                                << u"https://git.example.com/api/graphql"_s << u"https://git.example.com"_s;
    QTest::newRow("enterprise root") << u"https://git.example.com:8443/api/v3/"_s
                                     << u"https://git.example.com:8443/api/v3"_s
                                     << u"https://git.example.com:8443/api/graphql"_s
                                     << u"https://git.example.com:8443"_s;
    QTest::newRow("data residency") << u"https://api.acme.example.com"_s << u"https://api.acme.example.com"_s
                                    << u"https://api.acme.example.com/graphql"_s << u"https://acme.example.com"_s;
    QTest::newRow("loopback") << u"http://127.0.0.1:4567"_s << u"http://127.0.0.1:4567"_s
                              << u"http://127.0.0.1:4567/graphql"_s << u"http://127.0.0.1:4567"_s;
    QTest::newRow("loopback root") << u"http://127.0.0.1:4567/api/v3"_s << u"http://127.0.0.1:4567/api/v3"_s
                                   << u"http://127.0.0.1:4567/api/graphql"_s << u"http://127.0.0.1:4567"_s;
}

void TestGitHubReads::roots()
{
    QFETCH(QString, url);
    const GitHub::Roots roots = GitHub::rootsOf(url);
    QTEST(roots.rest.toString(), "rest");
    QTEST(roots.graph.toString(), "graph");
    QTEST(roots.web.toString(), "web");
}

void TestGitHubReads::enterprisePath()
{
    GitHubFixture f;
    f.newProviderAt(u"/api/v3"_s);
    const auto changes = f.changes();
    VERIFY(changes);
    QVERIFY(!changes->isEmpty());
    QCOMPARE(f.requests().at(0).toObject().value(u"path"_s).toString(), u"/api/graphql"_s);
    VERIFY(f.wait(f.provider().resolve(f.project(), u"main"_s)));
}

void TestGitHubReads::pullRequests()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"protect"_s}, {u"reviews"_s, 1}});
    f.state(
        {{u"action"_s, u"review"_s}, {u"number"_s, 1}, {u"by"_s, u"edsger"_s}, {u"state"_s, u"CHANGES_REQUESTED"_s}});
    VERIFY(f.changes()); // GitHub works out now what conflicts
    const auto changes = f.changes();
    VERIFY(changes);
    QCOMPARE(changes->size(), 4);
    const Change one = f.change(1);
    QCOMPARE(one.title, u"Make the checkout faster"_s);
    QCOMPARE(one.branch, u"faster-checkout"_s);
    QCOMPARE(one.author, u"grace"_s);
    QCOMPARE(one.head, f.head(u"faster-checkout"_s));
    QCOMPARE(one.labels, QStringList{u"ready"_s});
    QCOMPARE(one.commitsAhead.value_or(0), 1);
    QCOMPARE(one.base, QString());
    QCOMPARE(int(one.review), int(ReviewDecision::ChangesRequested));
    QCOMPARE(int(f.change(2).review), int(ReviewDecision::Required));
    QVERIFY(one.url.toString().endsWith(u"/acme/shop/pull/1"_s));
    QVERIFY(one.createdAt.isValid() && one.updatedAt.isValid() && !one.draft && !one.fork && !one.conflicts);
    QVERIFY(f.change(3).conflicts);
    QVERIFY(f.change(4).draft);
    for (qsizetype at = 1; at < changes->size(); ++at)
        QVERIFY(changes->at(at - 1).updatedAt >= changes->at(at).updatedAt);
}

void TestGitHubReads::nothingChanged()
{
    GitHubFixture f;
    const auto first = f.changes();
    VERIFY(first);
    QCOMPARE(f.asked(), 1);
    f.forgetRequests();
    const auto again = f.changes();
    VERIFY(again);
    QCOMPARE(f.asked(), 1);
    f.newProvider();
    f.forgetRequests();
    VERIFY(f.changes());
    QCOMPARE(f.asked(), 1);
}

void TestGitHubReads::hundredsAndOneChanged()
{
    GitHubFixture f;
    f.seed({{u"name"_s, u"acme/many"_s}, {u"pulls"_s, 400}});
    auto all = f.changes();
    VERIFY(all);
    QCOMPARE(all->size(), 404);
    qInfo("404 pull requests, nothing known: %d requests", f.asked());
    f.state({{u"action"_s, u"push"_s}, {u"repo"_s, f.project()}, {u"branch"_s, u"change-0400"_s}});
    f.newProvider(); // another process
    f.forgetRequests();
    all = f.changes();
    VERIFY(all);
    QVERIFY2(f.asked() <= 2, QByteArray::number(f.asked()));
    QCOMPARE(all->size(), 404);
    QCOMPARE(all->constFirst().branch, u"change-0400"_s);
    QCOMPARE(all->constFirst().head, f.head(u"change-0400"_s));
    f.forgetRequests();
    VERIFY(f.changes());
    QCOMPARE(f.asked(), 1);
}

void TestGitHubReads::closedAndMerged()
{
    GitHubFixture f;
    f.seed({{u"name"_s, u"acme/many"_s}, {u"pulls"_s, 40}});
    auto all = f.changes();
    VERIFY(all);
    QCOMPARE(all->size(), 44);
    f.state({{u"action"_s, u"close"_s}, {u"repo"_s, f.project()}, {u"number"_s, 2}});
    f.state({{u"action"_s, u"merge"_s}, {u"repo"_s, f.project()}, {u"number"_s, 1}});
    all = f.changes();
    VERIFY(all);
    QCOMPARE(all->size(), 42);
    QVERIFY(f.change(1).isEmpty() && f.change(2).isEmpty());
    f.newProvider();
    f.forgetRequests();
    QCOMPARE(f.changes()->size(), 42);
    QVERIFY(f.asked() <= 2);
}

void TestGitHubReads::branchesWithoutPull()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"feature/PAY-12_refunds"_s}, {u"message"_s, u"Pay back"_s}});
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"two-commits"_s}});
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"two-commits"_s}});
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"same-as-main"_s}, {u"sha"_s, f.head(u"main~1"_s)}});
    auto all = f.changes();
    VERIFY(all);
    QCOMPARE(f.asked(), 2);
    QCOMPARE(all->size(), 6);
    const Change *one = branch(*all, u"feature/PAY-12_refunds"_s);
    QVERIFY(one);
    QCOMPARE(one->title, u"Pay back"_s);
    QCOMPARE(one->author, u"grace"_s);
    QCOMPARE(one->commitsAhead.value_or(0), 1);
    QCOMPARE(one->commitsBehind.value_or(-1), 0);
    QCOMPARE(branch(*all, u"two-commits"_s)->title, u"Two commits"_s);
    QVERIFY(branch(*all, u"two-commits"_s)->url.toString().endsWith(u"/acme/shop/tree/two-commits"_s));
    f.forgetRequests();
    VERIFY(f.changes());
    QCOMPARE(f.asked(), 1); // they are measured already
    f.state({{u"action"_s, u"pull"_s}, {u"head"_s, u"two-commits"_s}, {u"title"_s, u"Now asked for"_s}});
    all = f.changes();
    QCOMPARE(all->size(), 6);
    QVERIFY(!branch(*all, u"two-commits"_s));
    QVERIFY(titles(*all).contains(u"Now asked for"_s));
}

void TestGitHubReads::doneBranchIsNoChange()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"merge"_s}, {u"number"_s, 1}, {u"method"_s, u"squash"_s}});
    f.state({{u"action"_s, u"close"_s}, {u"number"_s, 2}});
    auto all = f.changes();
    VERIFY(all);
    QVERIFY2(!branch(*all, u"faster-checkout"_s), "it was merged by squashing and goes beyond main for ever");
    QVERIFY2(!branch(*all, u"invoice-pdf"_s), "closing said that nobody wants it");
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"faster-checkout"_s}});
    all = f.changes();
    QVERIFY2(branch(*all, u"faster-checkout"_s), "somebody works on");
}

void TestGitHubReads::thousandsOfBranches()
{
    GitHubFixture f;
    f.seed({{u"name"_s, u"acme/forest"_s}, {u"branches"_s, 10000}});
    f.state({{u"action"_s, u"push"_s}, {u"repo"_s, f.project()}, {u"branch"_s, u"zz-newest"_s}});
    const auto all = f.changes();
    VERIFY(all);
    QVERIFY2(f.asked() <= 2, QByteArray::number(f.asked()));
    QCOMPARE(all->size(), 5);
    QVERIFY(branch(*all, u"zz-newest"_s));
}

void TestGitHubReads::fewerAtATimeWhereComparingTakesLong()
{
    GitHubFixture f;
    for (int at = 0; at < 8; ++at)
        f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"branch-%1"_s.arg(at)}});
    const QJsonObject timeout{{u"message"_s, u"Something went wrong while executing your query."_s}};
    f.fault({{u"path"_s, u"/graphql"_s},
             {u"query"_s, u"\\$b6:"_s},
             {u"answer"_s, QJsonObject{{u"errors"_s, QJsonArray{timeout}}}}});
    qsizetype seen = 0;
    for (int look = 0; look < 6; ++look) {
        const auto all = f.changes();
        VERIFY(all);
        seen = all->size();
    }
    QCOMPARE(seen, 4 + 8);
}

void TestGitHubReads::forkAndGhost()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"theirs"_s}, {u"fork"_s, u"mallory"_s}});
    f.state({{u"action"_s, u"pull"_s}, {u"head"_s, u"theirs"_s}, {u"fork"_s, u"mallory"_s}, {u"by"_s, u"ghost"_s}});
    f.state({{u"action"_s, u"gone-fork"_s}, {u"number"_s, 5}});
    for (const bool graph : {true, false}) {
        if (!graph)
            f.fault({{u"path"_s, u"/graphql"_s}, {u"status"_s, 403}});
        f.newProvider();
        VERIFY(f.changes());
        QVERIFY(f.change(5).fork);
        QCOMPARE(f.change(5).author, u"ghost"_s);
        QVERIFY(!f.change(1).fork);
    }
}

void TestGitHubReads::conflictIsLearntLater()
{
    GitHubFixture f;
    f.seed({{u"name"_s, u"acme/many"_s}, {u"pulls"_s, 60}});
    VERIFY(f.changes());
    VERIFY(f.changes());
    VERIFY(f.changes()); // they are asked for again fifty at a time
    QVERIFY(f.change(3).conflicts); // beyond the recent ones that are read anew each time
    f.state({{u"action"_s, u"push"_s},
             {u"repo"_s, f.project()},
             {u"branch"_s, u"main"_s},
             {u"files"_s, QJsonObject{{u"changes/0060.txt"_s, u"mine\n"_s}}}});
    VERIFY(f.changes());
    f.forgetRequests();
    VERIFY(f.changes());
    QCOMPARE(f.asked(), 1);
    QVERIFY2(f.change(64).conflicts, "main moved, and no update of it told");
}

void TestGitHubReads::hostileTitle()
{
    GitHubFixture f;
    const QString title = u"\x1b[31mRed\x07 <b>bold</b>\u202e reversed\nsecond\tline"_s;
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"evil"_s}});
    f.state({{u"action"_s, u"pull"_s}, {u"head"_s, u"evil"_s}, {u"title"_s, title}});
    for (const bool graph : {true, false}) {
        if (!graph)
            f.fault({{u"path"_s, u"/graphql"_s}, {u"status"_s, 403}});
        f.newProvider();
        VERIFY(f.changes());
        QCOMPARE(f.change(5).title, u"Red <b>bold</b> reversed second line"_s);
    }
}

void TestGitHubReads::withoutGraph()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"alone"_s}, {u"message"_s, u"Work alone"_s}});
    VERIFY(f.changes());
    const auto byGraph = f.changes();
    f.fault({{u"path"_s, u"/graphql"_s}, {u"status"_s, 403}, {u"message"_s, u"Resource not accessible"_s}});
    const auto byRest = f.changes();
    VERIFY(byRest);
    QCOMPARE(titles(*byRest), titles(*byGraph));
    QVERIFY(f.change(3).conflicts); // as it was known
    f.newProvider();
    f.forgetChanges();
    const auto alone = f.changes();
    VERIFY(alone);
    QCOMPARE(branch(*alone, u"alone"_s)->author, u"Grace"_s);
    f.forgetRequests();
    VERIFY(f.changes());
    QVERIFY2(f.spent() <= 1, "only the refused one counts");
}

void TestGitHubReads::graphLimitOnly()
{
    GitHubFixture f;
    f.setting(u"graphql_used"_s, 5000);
    const auto changes = f.changes();
    VERIFY(changes);
    QCOMPARE(changes->size(), 4);
    f.forgetRequests();
    VERIFY(f.changes());
    const QJsonArray requests = f.requests();
    for (const auto &request : requests)
        QVERIFY2(request.toObject().value(u"path"_s).toString() != u"/graphql"_s, "it was told to wait");
}

void TestGitHubReads::findsWhatWasCloned()
{
    GitHubFixture f;
    const QUrl at(f.address());
    const QString host = u"%1:%2"_s.arg(at.host()).arg(at.port());
    const auto find = [&f](const QString &origin) {
        return f.wait(f.provider().projectAt(origin)).value_or(u"an error"_s);
    };
    QCOMPARE(find(host + u"/acme/shop"_s), u"acme/shop"_s);
    QCOMPARE(find(host + u"/acme/SHOP"_s), u"acme/shop"_s); // as it is spelt there
    f.forgetRequests();
    QCOMPARE(find(u"github.com/acme/shop"_s), QString());
    QCOMPARE(find(host + u"/acme"_s), QString());
    QCOMPARE(find(host + u"/acme/shop/deeper"_s), QString());
    QCOMPARE(f.asked(), 0);
    QCOMPARE(find(host + u"/acme/none"_s), QString()); // or this token may not see it
}

void TestGitHubReads::renamed()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"rename"_s}, {u"to"_s, u"acme/store"_s}});
    const auto changes = f.changes();
    VERIFY(changes);
    QCOMPARE(changes->size(), 4);
    const auto main = f.wait(f.provider().resolve(f.project(), u"main"_s));
    VERIFY(main);
    QCOMPARE(*main, f.head(u"main"_s));
    const auto none = f.wait(f.provider().compare(f.project(), QString(40, u'd'), *main, {}));
    REFUSED(none, Error::Kind::NotFound);
    QVERIFY2(none.error().remedy().contains(u"acme/store"_s), qPrintable(none.error().remedy()));
    const auto report = f.wait(f.provider().report(f.project(), {f.head(u"invoice-pdf"_s), {}}));
    VERIFY(report);
    f.newProvider(); // which was told nothing yet
    VERIFY(f.wait(f.provider().resolve(f.project(), u"main"_s)));
    f.state({{u"action"_s, u"close"_s}, {u"number"_s, 2}});
    VERIFY(f.wait(f.provider().deleteBranch(f.project(), u"invoice-pdf"_s, f.head(u"invoice-pdf"_s))));
    QCOMPARE(f.head(u"invoice-pdf"_s), QString());
}

QTEST_GUILESS_MAIN(TestGitHubReads)
#include "tst_githubreads.moc"
