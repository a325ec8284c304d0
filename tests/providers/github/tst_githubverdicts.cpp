// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "githubfixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

/// A verdict as every desktop of a team reads it. Said once, however often it is asked.
class TestGitHubVerdicts final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void descriptions_data();
    void descriptions();
    void verdict_data();
    void verdict();
    void verdictOfACommitAlone();
    void verdictIsSaidOnce();
    void verdictTakenBack();
    void verdictOnOwnPull();
    void verdictWithoutTheRightToReview();
    void verdictsOfMany();
    void verdictOfAnotherTool();
    void floodOfContexts();
    void lostAnswers_data();
    void lostAnswers();
    void unknownCommit();
};

namespace {

const QDateTime kNow = QDateTime::currentDateTimeUtc();

VerdictNote note(GitHubFixture &f, VerdictState state, std::optional<int> number = 1)
{
    VerdictNote made;
    made.version = f.head(u"faster-checkout"_s);
    made.number = number;
    made.environment = u"shop/dev1"_s;
    made.address = QUrl(u"https://dev1.example.com"_s);
    made.verdict = {state, u"Ines"_s, u"Totals are right"_s, made.version, kNow};
    return made;
}

/// grace is the author of #1, ada's is the token.
void useTokenOf(GitHubFixture &f, const QString &login, const QJsonObject &permissions = {})
{
    QJsonObject token{{u"login"_s, login}, {u"scopes"_s, QJsonArray{u"repo"_s}}};
    if (!permissions.isEmpty()) {
        token.insert(u"kind"_s, u"fine-grained"_s);
        token.insert(u"permissions"_s, permissions);
    }
    f.control("POST", u"tokens"_s, {{u"theirs"_s, token}});
    f.newProvider(u"theirs"_s);
}

} // namespace

void TestGitHubVerdicts::descriptions_data()
{
    QTest::addColumn<QString>("by");
    QTest::addColumn<QString>("note");
    QTest::addColumn<QString>("description");
    QTest::addColumn<QString>("noteBack");
    QTest::newRow("both") << u"Ines"_s << u"Good: all of it"_s << u"Accepted by Ines: Good: all of it"_s
                          << u"Good: all of it"_s;
    QTest::newRow("no note") << u"Ines"_s << QString() << u"Accepted by Ines"_s << QString();
    QTest::newRow("lines") << u"Ines"_s << u"a\n\tb\x07"_s << u"Accepted by Ines: a b"_s << u"a b"_s;
    QTest::newRow("mail") << u"ines@example.com"_s << u"x"_s << u"Accepted by ines@example.com: x"_s << u"x"_s;
    const QString longNote(300, u'n');
    QTest::newRow("long") << u"Ines"_s << longNote << u"Accepted by Ines: "_s + QString(121, u'n') + u'…'
                          << QString(121, u'n') + u'…';
}

void TestGitHubVerdicts::descriptions()
{
    QFETCH(QString, by);
    QFETCH(QString, note);
    Verdict verdict;
    verdict.state = VerdictState::Accepted;
    verdict.by = by;
    verdict.note = note;
    const QString description = GitHub::describeVerdict(verdict);
    QTEST(description, "description");
    QVERIFY(description.size() <= 140);
    const Verdict back = GitHub::verdictFrom(u"success"_s, description);
    QCOMPARE(back.by, by);
    QTEST(back.note, "noteBack");
}

void TestGitHubVerdicts::verdict_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("review");
    QTest::newRow("accepted") << int(VerdictState::Accepted) << u"success"_s << u"APPROVED"_s;
    QTest::newRow("changes requested") << int(VerdictState::ChangesRequested) << u"failure"_s << u"CHANGES_REQUESTED"_s;
}

void TestGitHubVerdicts::verdict()
{
    QFETCH(int, state);
    QFETCH(QString, status);
    QFETCH(QString, review);
    GitHubFixture f;
    const VerdictNote said = note(f, VerdictState(state));
    VERIFY(f.wait(f.provider().publishVerdict(f.project(), said)));
    const auto all = f.wait(f.provider().verdicts(f.project(), {said.version}));
    VERIFY(all);
    const Verdict read = all->value(said.version);
    QCOMPARE(int(read.state), state);
    QCOMPARE(read.by, u"Ines"_s);
    QCOMPARE(read.note, u"Totals are right"_s);
    QCOMPARE(read.version, said.version);
    QVERIFY(qAbs(read.at.secsTo(kNow)) < 3600);
    const QJsonObject written = f.ask(u"/commits/faster-checkout/statuses"_s).at(0).toObject();
    QCOMPARE(written.value(u"state"_s).toString(), status);
    QCOMPARE(written.value(u"target_url"_s).toString(), u"https://dev1.example.com"_s);
    const QString comment = f.ask(u"/issues/1/comments"_s).last().toObject().value(u"body"_s).toString();
    QVERIFY2(comment.contains(u"Ines"_s) && comment.contains(u"> Totals are right"_s), qPrintable(comment));
    QVERIFY2(comment.startsWith(u"<!-- slipway:verdict/"_s), qPrintable(comment));
    const QJsonArray reviews = f.ask(u"/pulls/1/reviews"_s);
    QCOMPARE(reviews.size(), 1);
    QCOMPARE(reviews.at(0).toObject().value(u"state"_s).toString(), review);
    QCOMPARE(reviews.at(0).toObject().value(u"commit_id"_s).toString(), said.version);
}

void TestGitHubVerdicts::verdictOfACommitAlone()
{
    GitHubFixture f;
    VERIFY(f.wait(f.provider().publishVerdict(f.project(), note(f, VerdictState::Accepted, {}))));
    QCOMPARE(f.effects().size(), 1);
    QCOMPARE(f.effects(u"status"_s).size(), 1);
}

void TestGitHubVerdicts::verdictIsSaidOnce()
{
    GitHubFixture f;
    for (int time = 0; time < 2; ++time) {
        VERIFY(f.wait(f.provider().publishVerdict(f.project(), note(f, VerdictState::Accepted))));
        f.newProvider();
    }
    QCOMPARE(f.effects(u"status"_s).size(), 1);
    QCOMPARE(f.ask(u"/issues/1/comments"_s).size(), 2); // one was there before
    QCOMPARE(f.ask(u"/pulls/1/reviews"_s).size(), 1);
    VerdictNote other = note(f, VerdictState::ChangesRequested);
    other.verdict.note = u"Not any more"_s;
    VERIFY(f.wait(f.provider().publishVerdict(f.project(), other)));
    QCOMPARE(f.effects(u"status"_s).size(), 2);
    QCOMPARE(f.ask(u"/issues/1/comments"_s).size(), 3);
    QCOMPARE(toString(f.wait(f.provider().verdicts(f.project(), {other.version}))->value(other.version).state),
             u"changes_requested"_s);
}

void TestGitHubVerdicts::verdictTakenBack()
{
    GitHubFixture f;
    VERIFY(f.wait(f.provider().publishVerdict(f.project(), note(f, VerdictState::None, {}))));
    QCOMPARE(f.effects().size(), 0); // there was none
    VERIFY(f.wait(f.provider().publishVerdict(f.project(), note(f, VerdictState::Accepted))));
    const VerdictNote back = note(f, VerdictState::None);
    for (int time = 0; time < 2; ++time)
        VERIFY(f.wait(f.provider().publishVerdict(f.project(), back)));
    const auto all = f.wait(f.provider().verdicts(f.project(), {back.version}));
    VERIFY(all);
    QVERIFY(all->isEmpty());
    QCOMPARE(f.effects(u"status"_s).size(), 2);
    const QJsonArray reviews = f.ask(u"/pulls/1/reviews"_s);
    QCOMPARE(reviews.at(0).toObject().value(u"state"_s).toString(), u"DISMISSED"_s);
}

void TestGitHubVerdicts::verdictOnOwnPull()
{
    GitHubFixture f;
    useTokenOf(f, u"grace"_s);
    VERIFY(f.wait(f.provider().publishVerdict(f.project(), note(f, VerdictState::Accepted))));
    QCOMPARE(f.ask(u"/pulls/1/reviews"_s).size(), 0);
    QCOMPARE(f.ask(u"/issues/1/comments"_s).size(), 2);
}

void TestGitHubVerdicts::verdictWithoutTheRightToReview()
{
    GitHubFixture f;
    useTokenOf(f, u"ada"_s,
               {{u"statuses"_s, u"write"_s},
                {u"issues"_s, u"write"_s},
                {u"pull_requests"_s, u"read"_s},
                {u"contents"_s, u"read"_s}});
    VERIFY(f.wait(f.provider().publishVerdict(f.project(), note(f, VerdictState::Accepted))));
    QCOMPARE(f.ask(u"/issues/1/comments"_s).size(), 2);
    useTokenOf(f, u"ada"_s, {{u"contents"_s, u"read"_s}, {u"statuses"_s, u"read"_s}});
    const auto refused = f.wait(f.provider().publishVerdict(f.project(), note(f, VerdictState::ChangesRequested)));
    REFUSED(refused, Error::Kind::Blocked);
    QVERIFY2(refused.error().remedy().contains(u"statuses: write"_s), qPrintable(refused.error().remedy()));
}

void TestGitHubVerdicts::verdictsOfMany()
{
    GitHubFixture f;
    const VerdictNote said = note(f, VerdictState::Accepted, {});
    VERIFY(f.wait(f.provider().publishVerdict(f.project(), said)));
    f.forgetRequests();
    QStringList versions{said.version, f.head(u"main"_s), f.head(u"invoice-pdf"_s), QString(40, u'd'), u"nonsense"_s};
    const auto all = f.wait(f.provider().verdicts(f.project(), versions));
    VERIFY(all);
    QCOMPARE(f.asked(), 1);
    QCOMPARE(all->keys(), QStringList{said.version});
    f.fault({{u"path"_s, u"/graphql"_s}, {u"status"_s, 403}});
    const auto byRest = f.wait(f.provider().verdicts(f.project(), versions));
    VERIFY(byRest);
    QCOMPARE(*byRest, *all);
}

void TestGitHubVerdicts::verdictOfAnotherTool()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"status"_s},
             {u"ref"_s, u"main"_s},
             {u"by"_s, u"edsger"_s},
             {u"state"_s, u"failure"_s},
             {u"context"_s, u"slipway/acceptance"_s},
             {u"description"_s, u"\x1b[31mNo way"_s}});
    const QString main = f.head(u"main"_s);
    const auto all = f.wait(f.provider().verdicts(f.project(), {main}));
    VERIFY(all);
    QCOMPARE(all->value(main).by, u"edsger"_s);
    QCOMPARE(all->value(main).note, u"No way"_s);
}

/// Other tools write what they like, and as often: the verdict is found among it, and one that GitHub takes no more is
/// said so.
void TestGitHubVerdicts::floodOfContexts()
{
    GitHubFixture f;
    const VerdictNote said = note(f, VerdictState::Accepted, {});
    VERIFY(f.wait(f.provider().publishVerdict(f.project(), said)));
    const auto write = [&f, &said](const QString &context) {
        f.state({{u"action"_s, u"status"_s},
                 {u"ref"_s, said.version},
                 {u"by"_s, u"edsger"_s},
                 {u"state"_s, u"success"_s},
                 {u"context"_s, context}});
    };
    for (int i = 0; i < 450; ++i)
        write(u"bot/%1"_s.arg(i));
    f.forgetRequests();
    const auto all = f.wait(f.provider().verdicts(f.project(), {said.version}));
    VERIFY(all);
    QCOMPARE(all->value(said.version).by, u"Ines"_s);
    QCOMPARE(f.asked(), 1);
    f.fault({{u"path"_s, u"/graphql"_s}, {u"status"_s, 403}});
    const auto byRest = f.wait(f.provider().verdicts(f.project(), {said.version}));
    VERIFY(byRest);
    QCOMPARE(*byRest, *all);
    f.noFaults();
    for (int i = 0; i < 1000; ++i)
        write(u"slipway/acceptance"_s);
    const auto refused = f.wait(f.provider().publishVerdict(f.project(), note(f, VerdictState::ChangesRequested, {})));
    QVERIFY(!refused);
    QVERIFY2(refused.error().text().contains(u"maximum number of statuses"_s), qPrintable(refused.error().text()));
    QCOMPARE(f.effects(u"status"_s).size(), 1);
}

void TestGitHubVerdicts::lostAnswers_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("drop");
    for (const char *path : {"/statuses/", "/comments$", "/reviews$"}) {
        for (const char *drop : {"after", "before"})
            QTest::addRow("%s %s", path, drop) << QString::fromLatin1(path) << QString::fromLatin1(drop);
    }
}

void TestGitHubVerdicts::lostAnswers()
{
    QFETCH(QString, path);
    QFETCH(QString, drop);
    GitHubFixture f;
    f.fault({{u"method"_s, u"POST"_s}, {u"path"_s, path}, {u"times"_s, 1}, {u"drop"_s, drop}});
    VERIFY(f.wait(f.provider().publishVerdict(f.project(), note(f, VerdictState::Accepted))));
    QCOMPARE(f.effects(u"status"_s).size(), 1);
    QCOMPARE(f.ask(u"/issues/1/comments"_s).size(), 2);
    QCOMPARE(f.ask(u"/pulls/1/reviews"_s).size(), 1);
}

void TestGitHubVerdicts::unknownCommit()
{
    GitHubFixture f;
    VerdictNote said = note(f, VerdictState::Accepted, {});
    said.version = QString(40, u'd');
    REFUSED(f.wait(f.provider().publishVerdict(f.project(), said)), Error::Kind::Invalid);
}

QTEST_GUILESS_MAIN(TestGitHubVerdicts)
#include "tst_githubverdicts.moc"
