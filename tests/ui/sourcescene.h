// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/scene.h"

/// A pipeline whose changes come from GitHub and whose commits are checked by CircleCI.
namespace Slipway {

inline Change pullRequest(int number, const QString &title, const QString &author, double age)
{
    Change change;
    change.title = title;
    change.number = number;
    change.branch = u"work-%1"_s.arg(number);
    change.author = author;
    change.url = QUrl(u"https://github.example/acme/web/pull/%1"_s.arg(number));
    change.head = sha(QString::number(number, 16));
    change.updatedAt = hoursAgo(age);
    change.commitsAhead = 1 + number % 4;
    change.commitsBehind = number % 3;
    change.base = u"main"_s;
    return change;
}

/// Every way in which a change can stand.
inline QList<Change> standingChanges()
{
    QList<Change> all{pullRequest(488, u"Gift cards can be paid in two parts"_s, u"Lena"_s, 5),
                      pullRequest(490, u"Search as you type"_s, u"Omar Haddad-Lindqvist"_s, 1),
                      pullRequest(491, u"Retry webhooks"_s, u"Noor"_s, 30),
                      pullRequest(493, u"Move carts to the new table"_s, u"Ivo"_s, 0.4),
                      pullRequest(482, u"Faster checkout totals"_s, u"Ada"_s, 50)};
    all[0].review = ReviewDecision::Approved;
    all[0].ci = {CiState::Passed, {}, 12, 0};
    all[1].draft = true;
    all[1].conflicts = true;
    all[1].review = ReviewDecision::Required;
    all[1].ci = {CiState::Failed, {}, 12, 2};
    all[2].review = ReviewDecision::ChangesRequested;
    all[2].ci = {CiState::Passed, {}, 12, 0};
    all[3].review = ReviewDecision::Required;
    all[3].ci = {CiState::Running, {}, {}, {}};
    all[4].review = ReviewDecision::Approved;
    all[4].ci = {CiState::Passed, {}, 312, 0};
    return all;
}

/// The scene's pipeline gets a source and CI, and these open changes.
inline void fillSource(Scene &scene, const QList<Change> &changes = standingChanges())
{
    Pipeline pipeline = *scene.store->pipeline(u"acme-web"_s);
    pipeline.source = {u"hub"_s, u"acme/web"_s};
    pipeline.ci = {u"circle"_s, u"gh/acme/web"_s};
    ChangeSet set = scene.store->savePipeline(pipeline).value();
    for (const Account &account : {Account{u"hub"_s, u"github"_s, {}}, Account{u"circle"_s, u"circleci"_s, {}}}) {
        set.unite(scene.store->saveAccount(account).value());
        set.unite(*scene.cache->setAccountStatus({account, AccountState::Live, QDateTime::currentDateTimeUtc(), {}}));
    }
    Snapshot snapshot = scene.snapshot(boardEnvironments());
    snapshot.changes = changes;
    for (Environment &environment : snapshot.environments) {
        if (environment.release->change.number) {
            environment.release->change.url =
                QUrl(u"https://github.example/acme/web/pull/%1"_s.arg(*environment.release->change.number));
        }
    }
    set.unite(*scene.cache->apply(snapshot));
    scene.window->apply(set);
}

/// What CI says of dev2: a failed run with failing tests, one that waits for approval, one that is going on.
inline CiReport busyReport(const QString &version)
{
    const auto job = [](const QString &id, const QString &name, CiState state, int minutes) {
        CiJob made;
        made.id = id;
        made.name = name;
        made.state = state;
        made.hasLog = state != CiState::None;
        made.url = QUrl(u"https://ci.example/jobs/"_s + id);
        if (state != CiState::None)
            made.startedAt = hoursAgo(1);
        if (state == CiState::Passed || state == CiState::Failed)
            made.endedAt = made.startedAt.addSecs(minutes * 60 + 12);
        return made;
    };
    CiRun tests{u"w1"_s, u"build-and-test"_s, CiState::Failed, true, false, {}};
    tests.jobs = {job(u"1"_s, u"build"_s, CiState::Passed, 3), job(u"2"_s, u"lint"_s, CiState::Passed, 0),
                  job(u"3"_s, u"test-unit"_s, CiState::Failed, 4), job(u"4"_s, u"test-browser"_s, CiState::Failed, 20)};
    tests.jobs[2].failing = {u"checkout.totals.rounds_once_at_the_end"_s, u"invoice.pdf.keeps_the_logo_of_a_shop"_s};
    tests.jobs[2].flaky = {u"invoice.pdf.keeps_the_logo_of_a_shop"_s};
    tests.jobs[3].stateText = u"timed out"_s;
    CiRun deploy{u"w2"_s, u"release"_s, CiState::Running, false, true, {}};
    deploy.jobs = {job(u"5"_s, u"package"_s, CiState::Running, 0), job(u"6"_s, u"hold-for-release"_s, CiState::None, 0),
                   job(u"7"_s, u"publish"_s, CiState::None, 0)};
    deploy.jobs[0].startedAt = hoursAgo(0.05);
    deploy.jobs[1].waits = true;
    deploy.jobs[1].stateText = u"waits for approval"_s;
    deploy.jobs[2].stateText = u"waits for others"_s;
    return {version,
            {CiState::Failed, QUrl(u"https://ci.example/acme/web"_s), 2, 2},
            {tests, deploy},
            u"This token may not read the test results of “nightly”."_s};
}

inline LogPage jobLog()
{
    LogPage page;
    const auto say = [&page](const QString &step, const QString &text, bool error = false) {
        page.lines.append({hoursAgo(1), step, error, text});
    };
    say(u"Check out code"_s, u"HEAD is now at c03be55 Draw the logo whole"_s);
    say(u"Install"_s, u"added 412 packages in 18s"_s);
    say(u"Run tests"_s, u"PASS checkout.totals (312 tests)"_s);
    say(u"Run tests"_s, u"FAIL invoice.pdf.keeps_the_logo_of_a_shop"_s, true);
    say(u"Run tests"_s, u"  expected 120 px, got 118 px"_s, true);
    say(u"Run tests"_s, u"2 failed, 310 passed"_s);
    return page;
}

} // namespace Slipway
