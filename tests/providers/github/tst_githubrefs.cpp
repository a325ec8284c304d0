// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "githubfixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

/// What lies between two commits, what names mean, what files hold.
class TestGitHubRefs final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aheadAndBehind();
    void titlesOfPulls_data();
    void titlesOfPulls();
    void aRebasedPullIsOneChange();
    void thousands();
    void inParts();
    void pages();
    void unknownCommit();
    void resolves();
    void nearMatchesAreNamed();
    void files();
    void emptyRepository();
};

namespace {

Result<Comparison> compare(GitHubFixture &f, const QString &base, const QString &head, const CommitRange &range = {})
{
    return f.wait(f.provider().compare(f.project(), f.head(base), f.head(head), range));
}

} // namespace

void TestGitHubRefs::aheadAndBehind()
{
    GitHubFixture f;
    const auto same = compare(f, u"main"_s, u"main"_s);
    VERIFY(same);
    QCOMPARE(same->ahead + same->behind, 0);
    QCOMPARE(f.asked(), 0);
    const auto compared = compare(f, u"main"_s, u"invoice-pdf"_s);
    VERIFY(compared);
    QCOMPARE(compared->ahead, 1);
    QCOMPARE(compared->behind, 2);
    QCOMPARE(compared->commits.size(), 1);
    QCOMPARE(compared->commits.at(0).id, f.head(u"invoice-pdf"_s));
    QCOMPARE(compared->commits.at(0).author, u"Grace"_s);
    QVERIFY(compared->commits.at(0).at.isValid());
    QCOMPARE(compared->changes(), QStringList{u"Write invoices as PDF"_s});
    QCOMPARE(compared->missing.size(), 2);
    QCOMPARE(compared->missing.at(0).id, f.head(u"main"_s));
    QCOMPARE(compared->missing.at(0).subject, u"Raise the price of books"_s);
    QCOMPARE(f.asked(), 4); // two comparisons, and for each the pull requests of its commits
}

void TestGitHubRefs::titlesOfPulls_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<bool>("graph");
    QTest::newRow("merge") << u"merge"_s << true;
    QTest::newRow("squash") << u"squash"_s << true;
    QTest::newRow("rebase") << u"rebase"_s << true;
    QTest::newRow("merge, by its message") << u"merge"_s << false;
    QTest::newRow("squash, by its message") << u"squash"_s << false;
}

void TestGitHubRefs::titlesOfPulls()
{
    QFETCH(QString, method);
    QFETCH(bool, graph);
    GitHubFixture f;
    const QString before = f.head(u"main"_s);
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"faster-checkout"_s}, {u"message"_s, u"Oops"_s}});
    f.state({{u"action"_s, u"merge"_s}, {u"number"_s, 1}, {u"method"_s, method}});
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"main"_s}, {u"message"_s, u"Hotfix on main"_s}});
    if (!graph)
        f.fault({{u"path"_s, u"/graphql"_s}, {u"status"_s, 403}});
    const auto compared = f.wait(f.provider().compare(f.project(), before, f.head(u"main"_s), {}));
    VERIFY(compared);
    QCOMPARE(compared->changes(), (QStringList{u"Hotfix on main"_s, u"Make the checkout faster"_s}));
    QCOMPARE(compared->commits.size(), method == u"merge" ? 4 : method == u"rebase" ? 3 : 2);
    QCOMPARE(compared->ahead, int(compared->commits.size()));
}

void TestGitHubRefs::aRebasedPullIsOneChange()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"saved-cards"_s}, {u"message"_s, u"More of it"_s}});
    const auto compared = compare(f, u"main"_s, u"saved-cards"_s);
    VERIFY(compared);
    QCOMPARE(compared->commits.size(), 2);
    QCOMPARE(compared->changes(), QStringList{u"Sell books cheaper"_s}); // the title of the open pull request
}

void TestGitHubRefs::thousands()
{
    GitHubFixture f;
    f.seed({{u"name"_s, u"acme/long"_s}, {u"commits"_s, 1234}});
    const auto compared = compare(f, u"v1"_s, u"main"_s);
    VERIFY(compared);
    QCOMPARE(compared->ahead, 1235);
    QCOMPARE(compared->commits.size(), 1000);
    QCOMPARE(compared->commits.constFirst().id, f.head(u"main"_s));
    QCOMPARE(compared->commits.constLast().id, f.head(u"main~999"_s));
    QVERIFY2(f.asked() <= 22, QByteArray::number(f.asked()));
    f.seed({{u"name"_s, u"acme/shorter"_s}, {u"commits"_s, 150}});
    const auto some = compare(f, u"v1"_s, u"main"_s);
    VERIFY(some);
    QCOMPARE(some->commits.size(), 151);
    for (int at = 0; at < 151; ++at)
        QCOMPARE(some->commits.at(at).id, f.head(u"main~%1"_s.arg(at)));
}

/// Who reads 5,000 commits in the window does not wait for all of them.
void TestGitHubRefs::inParts()
{
    GitHubFixture f;
    f.seed({{u"name"_s, u"acme/long"_s}, {u"commits"_s, 5000}});
    for (const int skip : {0, 100, 2500, 4900, 5000}) {
        const int before = f.asked();
        const auto part = compare(f, u"v1"_s, u"main"_s, {skip, 100});
        VERIFY(part);
        QCOMPARE(part->ahead, 5001);
        QCOMPARE(part->commits.size(), qMin<qsizetype>(100, 5001 - skip));
        QVERIFY2(f.asked() - before <= 4, "three pages at most, and the pull requests of their commits");
        for (const qsizetype at : {qsizetype(0), part->commits.size() - 1})
            QCOMPARE(part->commits.at(at).id, f.head(u"main~%1"_s.arg(skip + at)));
    }
    const auto past = compare(f, u"v1"_s, u"main"_s, {6000, 100});
    VERIFY(past);
    QVERIFY(past->commits.isEmpty());
}

/// A pull request, else the commit, has a page.
void TestGitHubRefs::pages()
{
    GitHubFixture f;
    const auto compared = compare(f, u"main"_s, u"saved-cards"_s);
    VERIFY(compared);
    const Commit commit = compared->commits.constFirst();
    QCOMPARE(commit.number, 3);
    QVERIFY2(commit.url.path().endsWith(u"/acme/shop/pull/3"_s), qPrintable(commit.url.toString()));
    const Commit alone = compared->missing.constFirst();
    QCOMPARE(alone.number, 0);
    QVERIFY2(alone.url.path().endsWith(u"/acme/shop/commit/"_s + alone.id), qPrintable(alone.url.toString()));
}

void TestGitHubRefs::unknownCommit()
{
    GitHubFixture f;
    const QString nowhere(40, u'd');
    const auto compared = f.wait(f.provider().compare(f.project(), nowhere, f.head(u"main"_s), {}));
    REFUSED(compared, Error::Kind::NotFound);
    REFUSED(f.wait(f.provider().compare(u"acme/none"_s, nowhere, f.head(u"main"_s), {})), Error::Kind::NotFound);
    REFUSED(f.wait(f.provider().compare(u"../../etc"_s, nowhere, nowhere.chopped(1), {})), Error::Kind::Invalid);
}

void TestGitHubRefs::resolves()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"push"_s}, {u"branch"_s, u"feature/näive&co%20#1"_s}});
    const QString main = f.head(u"main"_s);
    for (const QString &name : {u"main"_s, u"v1"_s, u"faster-checkout"_s, u"feature/näive&co%20#1"_s}) {
        const auto sha = f.wait(f.provider().resolve(f.project(), name));
        VERIFY(sha);
        QCOMPARE(*sha, f.head(name));
    }
    QCOMPARE(*f.wait(f.provider().resolve(f.project(), main)), main);
    QCOMPARE(*f.wait(f.provider().resolve(f.project(), main.left(8))), main);
    QCOMPARE(*f.wait(f.provider().resolve(f.project(), u"#2"_s)), f.head(u"invoice-pdf"_s));
    REFUSED(f.wait(f.provider().resolve(f.project(), u"#77"_s)), Error::Kind::NotFound);
    REFUSED(f.wait(f.provider().resolve(f.project(), u"#"_s)), Error::Kind::NotFound);
    REFUSED(f.wait(f.provider().resolve(f.project(), QString(40, u'd'))), Error::Kind::NotFound);
    REFUSED(f.wait(f.provider().resolve(f.project(), QString())), Error::Kind::Invalid);
    REFUSED(f.wait(f.provider().resolve(u"acme/none"_s, u"main"_s)), Error::Kind::NotFound);
}

void TestGitHubRefs::nearMatchesAreNamed()
{
    GitHubFixture f;
    const auto none = f.wait(f.provider().resolve(f.project(), u"faster-chekout"_s));
    REFUSED(none, Error::Kind::NotFound);
    QVERIFY(none.error().message().contains(u"faster-chekout"_s));
    QVERIFY2(none.error().remedy().contains(u"faster-checkout"_s), qPrintable(none.error().remedy()));
    f.fault({{u"path"_s, u"/graphql"_s}, {u"status"_s, 502}});
    REFUSED(f.wait(f.provider().resolve(f.project(), u"faster-chekout"_s)), Error::Kind::NotFound);
}

void TestGitHubRefs::files()
{
    GitHubFixture f;
    const QString large(300 * 1024, u'x');
    f.state({{u"action"_s, u"push"_s},
             {u"branch"_s, u"faster-checkout"_s},
             {u"files"_s,
              QJsonObject{{u"slipway.json"_s, u"{}\n"_s}, {u"deep/er file.txt"_s, u"ä\n"_s}, {u"large"_s, large}}}});
    const auto read = [&f](const QString &ref, const QString &path) {
        return f.wait(f.provider().file(f.project(), ref, path));
    };
    QCOMPARE(**read({}, u"Procfile"_s), QByteArray("web: python3 app.py\n"));
    QVERIFY(!read({}, u"slipway.json"_s)->has_value());
    QCOMPARE(**read(u"faster-checkout"_s, u"slipway.json"_s), QByteArray("{}\n"));
    QCOMPARE(**read(f.head(u"faster-checkout"_s), u"deep/er file.txt"_s), QByteArray("ä\n"));
    QVERIFY(!read(u"faster-checkout"_s, u"deep"_s)->has_value());
    REFUSED(read(u"faster-checkout"_s, u"large"_s), Error::Kind::Invalid);
    REFUSED(read({}, u"../Procfile"_s), Error::Kind::Invalid);
    REFUSED(read(u"nowhere"_s, u"Procfile"_s), Error::Kind::NotFound);
    REFUSED(f.wait(f.provider().file(u"acme/none"_s, {}, u"Procfile"_s)), Error::Kind::NotFound);
    f.forgetRequests();
    VERIFY(read({}, u"Procfile"_s));
    VERIFY(read({}, u"slipway.json"_s));
    QCOMPARE(f.spent(), 1); // a 404 cannot be kept; the rest was not modified
}

void TestGitHubRefs::emptyRepository()
{
    GitHubFixture f;
    f.fault({{u"path"_s, u"/commits/main"_s}, {u"status"_s, 409}, {u"message"_s, u"Git Repository is empty."_s}});
    REFUSED(f.wait(f.provider().resolve(f.project(), u"main"_s)), Error::Kind::NotFound);
}

QTEST_GUILESS_MAIN(TestGitHubRefs)
#include "tst_githubrefs.moc"
