// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "githubfixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

/// Who has staging: one at a time, whatever happens at once and whichever answer is lost.
class TestGitHubHolds final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takenAndGivenBack();
    void oddWords();
    void renewed();
    void takenByAnother();
    void overIsNobodys();
    void takenOver();
    void takenOverMeanwhile();
    void ofTwoAtOnceOneGetsIt_data();
    void ofTwoAtOnceOneGetsIt();
    void releaseOfAnother();
    void lostAnswers_data();
    void lostAnswers();
    void noEmptyTree();
    void foreignRef();
    void cannotBeSeen();
};

namespace {

const QDateTime kSince = QDateTime::fromString(u"2026-02-03T10:11:12.345Z"_s, Qt::ISODateWithMs);

Hold holdOf(const QString &by, const QString &reason = u"Release day"_s)
{
    Hold hold;
    hold.by = by;
    hold.reason = reason;
    hold.since = kSince;
    return hold;
}

Result<void> take(GitHubFixture &f, const Hold &hold, const std::optional<Hold> &instead = {})
{
    return f.wait(f.provider().takeHold(f.project(), u"shop"_s, hold, instead));
}

std::optional<Hold> held(GitHubFixture &f)
{
    const auto hold = f.wait(f.provider().hold(f.project(), u"shop"_s));
    if (!hold)
        qWarning("%s", qPrintable(hold.error().text()));
    return hold.value_or(std::nullopt);
}

} // namespace

void TestGitHubHolds::takenAndGivenBack()
{
    GitHubFixture f;
    QVERIFY(!held(f));
    f.forgetRequests();
    QVERIFY(!held(f));
    QCOMPARE(f.spent(), 0);
    Hold hold = holdOf(u"Ines"_s);
    hold.until = QDateTime::currentDateTimeUtc().addDays(1);
    hold.until.setTime(QTime(1, 2, 3, 4));
    hold.afterRollBack = true;
    VERIFY(take(f, hold));
    QCOMPARE(held(f), std::optional(hold));
    QCOMPARE(f.git({u"for-each-ref"_s, u"--format=%(refname)"_s, u"refs/slipway/"_s}), u"refs/slipway/hold/shop"_s);
    QCOMPARE(f.git({u"log"_s, u"-1"_s, u"--format=%s"_s, u"refs/slipway/hold/shop"_s}), u"Ines has staging of shop"_s);
    QVERIFY(!*f.wait(f.provider().hold(f.project(), u"other"_s)));
    QVERIFY(!*f.wait(f.provider().hold(f.project(), u"sho"_s)));
    f.forgetRequests();
    QVERIFY(held(f));
    QCOMPARE(f.spent(), 0);
    VERIFY(take(f, hold)); // again is the same
    QCOMPARE(f.effects(u"ref.create"_s).size() + f.effects(u"ref.move"_s).size(), 1);
    VERIFY(f.wait(f.provider().releaseHold(f.project(), u"shop"_s, hold)));
    QVERIFY(!held(f));
    VERIFY(f.wait(f.provider().releaseHold(f.project(), u"shop"_s, hold)));
    QCOMPARE(f.effects(u"ref.delete"_s).size(), 1);
}

void TestGitHubHolds::oddWords()
{
    GitHubFixture f;
    const Hold hold = holdOf(u"Ines\n\n\x1b[31m{\"by\":\"Mallory\"}"_s, u"two\nlines"_s);
    VERIFY(take(f, hold));
    QCOMPARE(held(f)->reason, u"two lines"_s);
    QCOMPARE(held(f)->by, u"Ines {\"by\":\"Mallory\"}"_s);
    VERIFY(take(f, hold));
    VERIFY(f.wait(f.provider().releaseHold(f.project(), u"shop"_s, hold)));
    QVERIFY(!held(f));
}

void TestGitHubHolds::renewed()
{
    GitHubFixture f;
    VERIFY(take(f, holdOf(u"Ines"_s)));
    const Hold longer = holdOf(u"Ines"_s, u"Still busy"_s);
    VERIFY(take(f, longer));
    QCOMPARE(held(f), std::optional(longer));
}

void TestGitHubHolds::takenByAnother()
{
    GitHubFixture f;
    VERIFY(take(f, holdOf(u"Ines"_s)));
    const auto refused = take(f, holdOf(u"Otto"_s));
    REFUSED(refused, Error::Kind::Conflict);
    QVERIFY2(refused.error().message().contains(u"Ines"_s), qPrintable(refused.error().message()));
    QCOMPARE(held(f)->by, u"Ines"_s);
}

void TestGitHubHolds::overIsNobodys()
{
    GitHubFixture f;
    Hold over = holdOf(u"Ines"_s);
    over.until = kSince.addSecs(60);
    VERIFY(take(f, over));
    VERIFY(take(f, holdOf(u"Otto"_s)));
    QCOMPARE(held(f)->by, u"Otto"_s);
}

void TestGitHubHolds::takenOver()
{
    GitHubFixture f;
    VERIFY(take(f, holdOf(u"Ines"_s)));
    VERIFY(take(f, holdOf(u"Otto"_s), holdOf(u"Ines"_s)));
    QCOMPARE(held(f)->by, u"Otto"_s);
    QCOMPARE(f.git({u"rev-list"_s, u"--count"_s, u"refs/slipway/hold/shop"_s}), u"2"_s); // its history tells
}

void TestGitHubHolds::takenOverMeanwhile()
{
    GitHubFixture f;
    VERIFY(take(f, holdOf(u"Ines"_s)));
    const auto refused = take(f, holdOf(u"Otto"_s), holdOf(u"Somebody else"_s));
    REFUSED(refused, Error::Kind::Conflict);
    QVERIFY(refused.error().message().contains(u"Ines"_s));
    REFUSED(take(f, holdOf(u"Ines"_s, u"Mine again"_s), holdOf(u"Otto"_s)), Error::Kind::Conflict);
}

void TestGitHubHolds::ofTwoAtOnceOneGetsIt_data()
{
    QTest::addColumn<bool>("held");
    QTest::newRow("free") << false;
    QTest::newRow("taken over") << true;
}

void TestGitHubHolds::ofTwoAtOnceOneGetsIt()
{
    QFETCH(bool, held);
    GitHubFixture f;
    std::optional<Hold> instead;
    if (held) {
        instead = holdOf(u"Ines"_s);
        VERIFY(take(f, *instead));
    }
    QList<Result<void>> results;
    constexpr int kPeople = 4;
    std::vector<std::unique_ptr<GitHubProvider>> desktops;
    for (int at = 0; at < kPeople; ++at) {
        ProviderContext context;
        context.home = f.folder();
        context.account = Account{u"github"_s, u"github"_s, f.address()};
        context.token = u"stand-in-token"_s;
        desktops.push_back(std::make_unique<GitHubProvider>(context));
        desktops.back()
            ->takeHold(f.project(), u"shop"_s, holdOf(u"Person %1"_s.arg(at)), instead)
            .then([&results](const Result<void> &result) { results.append(result); });
    }
    QTRY_COMPARE(results.size(), kPeople);
    int got = 0;
    const QString by = ::held(f)->by;
    for (const Result<void> &result : results) {
        got += result ? 1 : 0;
        if (!result) {
            REFUSED(result, Error::Kind::Conflict);
            QVERIFY2(result.error().message().contains(by), qPrintable(result.error().message()));
        }
    }
    QCOMPARE(got, 1);
}

void TestGitHubHolds::releaseOfAnother()
{
    GitHubFixture f;
    VERIFY(take(f, holdOf(u"Ines"_s)));
    REFUSED(f.wait(f.provider().releaseHold(f.project(), u"shop"_s, holdOf(u"Otto"_s))), Error::Kind::Conflict);
    QVERIFY(held(f));
}

void TestGitHubHolds::lostAnswers_data()
{
    QTest::addColumn<QString>("drop");
    QTest::newRow("after") << u"after"_s;
    QTest::newRow("before") << u"before"_s;
}

void TestGitHubHolds::lostAnswers()
{
    QFETCH(QString, drop);
    GitHubFixture f;
    for (const QString &method : {u"POST"_s, u"PATCH"_s, u"DELETE"_s})
        f.fault({{u"method"_s, method}, {u"path"_s, u"/git/refs"_s}, {u"times"_s, 1}, {u"drop"_s, drop}});
    f.fault({{u"method"_s, u"POST"_s}, {u"path"_s, u"/git/commits$"_s}, {u"times"_s, 1}, {u"drop"_s, drop}});
    VERIFY(take(f, holdOf(u"Ines"_s)));
    QCOMPARE(held(f)->by, u"Ines"_s);
    VERIFY(take(f, holdOf(u"Otto"_s), holdOf(u"Ines"_s)));
    QCOMPARE(held(f)->by, u"Otto"_s);
    VERIFY(f.wait(f.provider().releaseHold(f.project(), u"shop"_s, holdOf(u"Otto"_s))));
    QVERIFY(!held(f));
    QCOMPARE(f.effects(u"ref.create"_s).size(), 1);
    QCOMPARE(f.effects(u"ref.move"_s).size(), 1);
    QCOMPARE(f.effects(u"ref.delete"_s).size(), 1);
}

void TestGitHubHolds::noEmptyTree()
{
    GitHubFixture f;
    f.fault({{u"method"_s, u"POST"_s},
             {u"path"_s, u"/git/commits$"_s},
             {u"times"_s, 1},
             {u"status"_s, 422},
             {u"message"_s, u"Tree SHA does not exist"_s}});
    VERIFY(take(f, holdOf(u"Ines"_s)));
    QCOMPARE(held(f)->by, u"Ines"_s);
}

void TestGitHubHolds::foreignRef()
{
    GitHubFixture f;
    f.git({u"update-ref"_s, u"refs/slipway/hold/shop"_s, u"main"_s});
    const auto hold = held(f);
    QVERIFY(hold);
    QCOMPARE(hold->by, u"Ada"_s);
    QVERIFY(hold->since.isValid());
    REFUSED(take(f, holdOf(u"Ines"_s)), Error::Kind::Conflict);
    VERIFY(take(f, holdOf(u"Ines"_s), hold));
}

void TestGitHubHolds::cannotBeSeen()
{
    GitHubFixture f;
    REFUSED(f.wait(f.provider().hold(u"acme/none"_s, u"shop"_s)), Error::Kind::NotFound); // which is not "nobody"
    f.control("POST", u"tokens"_s,
              {{u"fine"_s,
                QJsonObject{{u"login"_s, u"ada"_s},
                            {u"kind"_s, u"fine-grained"_s},
                            {u"permissions"_s, QJsonObject{{u"contents"_s, u"read"_s}}}}}});
    f.newProvider(u"fine"_s);
    QVERIFY(!held(f));
    const auto refused = take(f, holdOf(u"Ines"_s));
    REFUSED(refused, Error::Kind::Blocked);
    QVERIFY2(refused.error().remedy().contains(u"contents: write"_s), qPrintable(refused.error().remedy()));
}

QTEST_GUILESS_MAIN(TestGitHubHolds)
#include "tst_githubholds.moc"
