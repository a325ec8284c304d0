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

} // namespace Slipway
