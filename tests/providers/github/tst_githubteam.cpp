// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "githubfixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

/// What else a team shares at GitHub: deployments, comments, who may write.
class TestGitHubTeam final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void deployment();
    void deploymentStates();
    void deploymentsOfStages();
    void goneEnvironment();
    void deploymentOfAnUnknownCommit();
    void commentsSince();
    void answers();
    void mayWrite();
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

DeploymentNote noteOf(GitHubFixture &f, DeploymentState state)
{
    return {u"0b5c4f1e-operation"_s,      u"shop/dev1"_s, Stage::Development,
            f.head(u"faster-checkout"_s), state,          QUrl(u"https://dev1.example.com"_s),
            u"Deployed by Ines"_s};
}

} // namespace

void TestGitHubTeam::deployment()
{
    GitHubFixture f;
    const qsizetype before = f.ask(u"/deployments"_s).size();
    for (int time = 0; time < 2; ++time) {
        VERIFY(f.wait(f.provider().publishDeployment(f.project(), noteOf(f, DeploymentState::Running))));
        f.newProvider();
    }
    for (int time = 0; time < 2; ++time)
        VERIFY(f.wait(f.provider().publishDeployment(f.project(), noteOf(f, DeploymentState::Live))));
    const QJsonArray all = f.ask(u"/deployments"_s);
    QCOMPARE(all.size(), before + 1);
    const QJsonObject made = all.at(0).toObject();
    QCOMPARE(made.value(u"environment"_s).toString(), u"shop/dev1"_s);
    QCOMPARE(made.value(u"sha"_s).toString(), f.head(u"faster-checkout"_s));
    QVERIFY(made.value(u"transient_environment"_s).toBool() && !made.value(u"production_environment"_s).toBool());
    const QJsonArray states = f.ask(u"/deployments/%1/statuses"_s.arg(made.value(u"id"_s).toInt()));
    QCOMPARE(states.size(), 2);
    QCOMPARE(states.at(0).toObject().value(u"state"_s).toString(), u"success"_s);
    QCOMPARE(states.at(0).toObject().value(u"environment_url"_s).toString(), u"https://dev1.example.com"_s);
    QCOMPARE(states.at(1).toObject().value(u"state"_s).toString(), u"in_progress"_s);
}

void TestGitHubTeam::deploymentStates()
{
    GitHubFixture f;
    f.fault({{u"method"_s, u"POST"_s}, {u"path"_s, u"/deployments$"_s}, {u"times"_s, 1}, {u"drop"_s, u"after"_s}});
    f.fault({{u"method"_s, u"POST"_s},
             {u"path"_s, u"/deployments/\\d+/statuses$"_s},
             {u"times"_s, 1},
             {u"drop"_s, u"after"_s}});
    VERIFY(f.wait(f.provider().publishDeployment(f.project(), noteOf(f, DeploymentState::Failed))));
    QCOMPARE(f.effects(u"deployment"_s).size(), 1);
    const QJsonObject made = f.ask(u"/deployments"_s).at(0).toObject();
    const QJsonArray states = f.ask(u"/deployments/%1/statuses"_s.arg(made.value(u"id"_s).toInt()));
    QCOMPARE(states.size(), 1);
    QCOMPARE(states.at(0).toObject().value(u"state"_s).toString(), u"failure"_s);
}

void TestGitHubTeam::deploymentsOfStages()
{
    GitHubFixture f;
    DeploymentNote production = noteOf(f, DeploymentState::Live);
    production.environment = u"shop/production"_s;
    production.stage = Stage::Production;
    VERIFY(f.wait(f.provider().publishDeployment(f.project(), production)));
    const QJsonObject made = f.ask(u"/deployments"_s).at(0).toObject();
    QVERIFY(made.value(u"production_environment"_s).toBool() && !made.value(u"transient_environment"_s).toBool());
}

void TestGitHubTeam::goneEnvironment()
{
    GitHubFixture f;
    VERIFY(f.wait(f.provider().publishDeployment(f.project(), noteOf(f, DeploymentState::Live))));
    DeploymentNote gone = noteOf(f, DeploymentState::Gone);
    gone.id = u"another-operation"_s;
    const qsizetype before = f.ask(u"/deployments"_s).size();
    for (int time = 0; time < 2; ++time)
        VERIFY(f.wait(f.provider().publishDeployment(f.project(), gone)));
    QCOMPARE(f.ask(u"/deployments"_s).size(), before);
    const QJsonObject made = f.ask(u"/deployments"_s).at(0).toObject();
    const QJsonArray states = f.ask(u"/deployments/%1/statuses"_s.arg(made.value(u"id"_s).toInt()));
    QCOMPARE(states.size(), 2);
    QCOMPARE(states.at(0).toObject().value(u"state"_s).toString(), u"inactive"_s);
    gone.environment = u"shop/never"_s;
    VERIFY(f.wait(f.provider().publishDeployment(f.project(), gone)));
}

void TestGitHubTeam::deploymentOfAnUnknownCommit()
{
    GitHubFixture f;
    DeploymentNote deployed = noteOf(f, DeploymentState::Live);
    deployed.version = QString(40, u'd');
    REFUSED(f.wait(f.provider().publishDeployment(f.project(), deployed)), Error::Kind::Invalid);
}

void TestGitHubTeam::commentsSince()
{
    GitHubFixture f;
    VERIFY(f.wait(f.provider().publishVerdict(f.project(), note(f, VerdictState::Accepted))));
    f.state({{u"action"_s, u"comment"_s},
             {u"number"_s, 2},
             {u"by"_s, u"edsger"_s},
             {u"body"_s, u"/accept\n\x1b[31mplease\x07"_s}});
    const QDateTime since = kNow.addSecs(-3600);
    const auto said = f.wait(f.provider().comments(f.project(), since));
    VERIFY(said);
    QCOMPARE(said->size(), 2); // one of the sample, one now; ours is none
    const Comment last = said->constLast();
    QCOMPARE(last.number, 2);
    QCOMPARE(last.by, u"edsger"_s);
    QCOMPARE(last.text, u"/accept\nplease"_s);
    QVERIFY(last.at.isValid() && last.id.toLongLong() > said->constFirst().id.toLongLong());
    f.forgetRequests();
    VERIFY(f.wait(f.provider().comments(f.project(), since)));
    QCOMPARE(f.spent(), 0);
    QCOMPARE(f.wait(f.provider().comments(f.project(), kNow.addSecs(3600)))->size(), 0);
    f.fault({{u"path"_s, u"/issues/comments"_s}, {u"set"_s, QJsonObject{{u"user"_s, QJsonValue()}}}});
    QCOMPARE(f.wait(f.provider().comments(f.project(), {}))->constLast().by, u"ghost"_s);
}

void TestGitHubTeam::answers()
{
    GitHubFixture f;
    for (int time = 0; time < 2; ++time) {
        VERIFY(f.wait(f.provider().answer(f.project(), 1, u"comment 7 --> x"_s, u"Done."_s)));
        f.newProvider();
    }
    QCOMPARE(f.effects(u"comment"_s).size(), 1);
    const QString body = f.ask(u"/issues/1/comments"_s).last().toObject().value(u"body"_s).toString();
    QVERIFY2(body.endsWith(u"-->\nDone."_s) && body.count(u"-->"_s) == 1, qPrintable(body));
    VERIFY(f.wait(f.provider().answer(f.project(), 1, u"comment 7 --> x"_s, u"It is live."_s))); // in its place
    QCOMPARE(f.effects(u"comment"_s).size(), 1);
    QCOMPARE(f.effects(u"comment.change"_s).size(), 1);
    QVERIFY(
        f.ask(u"/issues/1/comments"_s).last().toObject().value(u"body"_s).toString().endsWith(u"-->\nIt is live."_s));
    QVERIFY(f.wait(f.provider().wasAnswered(f.project(), 1, u"comment 7 --> x"_s)).value_or(false));
    QVERIFY(!f.wait(f.provider().wasAnswered(f.project(), 1, u"comment 8"_s)).value_or(true));
    f.fault({{u"method"_s, u"POST"_s}, {u"path"_s, u"/comments$"_s}, {u"times"_s, 1}, {u"drop"_s, u"after"_s}});
    VERIFY(f.wait(f.provider().answer(f.project(), 1, u"comment 8"_s, u"Done."_s)));
    QCOMPARE(f.effects(u"comment"_s).size(), 2);
    REFUSED(f.wait(f.provider().answer(f.project(), 99, u"comment 8"_s, u"Done."_s)), Error::Kind::NotFound);
}

void TestGitHubTeam::mayWrite()
{
    GitHubFixture f;
    const auto may = [&f](const QString &login) {
        return f.wait(f.provider().mayWrite(f.project(), login)).value_or(false);
    };
    QVERIFY(may(u"ada"_s) && may(u"grace"_s));
    QVERIFY(!may(u"linus"_s) && !may(u"nobody"_s) && !may(QString()) && !may(u"../x"_s));
    f.state({{u"action"_s, u"collaborator"_s}, {u"login"_s, u"linus"_s}, {u"level"_s, u"maintain"_s}});
    QVERIFY(may(u"linus"_s));
}

QTEST_GUILESS_MAIN(TestGitHubTeam)
#include "tst_githubteam.moc"
