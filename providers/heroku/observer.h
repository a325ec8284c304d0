// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/heroku/herokuapi.h"
#include "providers/heroku/lookup.h"
#include "providers/heroku/resources.h"
#include "providers/heroku/reviewapps.h"
#include "providers/machine/confighasher.h"

#include <QHash>
#include <QSet>

namespace Slipway::Heroku {

/// Looks at a whole pipeline with few requests: five for the pipeline and one for the processes of one app in turn;
/// more only for apps whose release is not the one that is known, and one for all of those whose code came before the
/// releases that were read. Account's thread.
class Observer
{
public:
    Observer(HerokuApi &api, ConfigHasher hasher);

    /// `only`: these apps alone, two questions each, when all of them are known.
    Task<Snapshot> observe(QString pipeline, Snapshot known, QStringList only);
    /// Something was done to this app that its releases do not show: the next look asks for everything.
    void suspect(const QString &app) { m_suspects.insert(app); }

private:
    /// What the whole-pipeline questions answered, by id of the app.
    struct Overview
    {
        QList<Coupling> couplings;
        QHash<QString, App> apps;
        QHash<QString, AppRelease> releases; ///< the newest of each
        QHash<QString, Build> builds; ///< likewise
        QHash<QString, ReviewApp> reviews;
        QList<ReviewApp> unborn; ///< review apps without an app yet
    };
    /// One app on its way to being an Environment.
    struct Subject
    {
        App app;
        std::optional<AppRelease> latest;
        std::optional<Build> build;
        std::optional<ReviewApp> review;
        Environment environment;
        QList<Release> history;
        bool detailed = false; ///< everything was asked
        bool codeIsOlder = false; ///< than all releases that were read: none of them tells when it came
        bool suspended = false;
    };

    Task<Snapshot> lookAtAll(QString pipeline, Snapshot known);
    Task<Snapshot> lookAtSome(Snapshot known, QStringList names);
    Task<void> lookAtOne(Subject *subject, const Environment *known);
    static void describe(Subject &subject);
    Task<Overview> overview(QString pipeline);
    Task<QJsonArray> appsOf(QList<Coupling> couplings);
    Subject subject(const Overview &seen, const Coupling &coupling, const Environment *known) const;
    static bool isNews(const Subject &subject, const Environment *known);
    Task<void> detail(Subject *subject);
    Task<void> lookAtDynos(Subject *subject);
    Task<void> learnSlug(QString app, QString slug);
    Task<void> lookCloser(QList<Subject> *subjects, QList<qsizetype> news);
    Task<void> lookInTurn(QList<Subject> *subjects);
    Task<void> learnDeployments(QString pipeline, QList<Subject> *subjects);
    Release asRelease(const AppRelease &release) const;
    void credit(Release &release, const AppRelease &deployment, const std::optional<Build> &build) const;
    void takeReleases(Subject &subject, const QList<AppRelease> &releases, bool whole) const;
    void recall(const Snapshot &known);
    Task<void> learnFailures(QList<ReviewApp> reviews);
    void describeReview(Environment &environment, const ReviewApp &review) const;
    Environment unborn(const ReviewApp &review) const;

    HerokuApi &m_api;
    Lookup m_lookup;
    ConfigHasher m_hasher;
    /// What a slug holds never changes.
    struct Code
    {
        QString version;
        Change change;
    };
    QHash<QString, Code> m_code; ///< by slug id
    ReviewApps m_reviews;
    QHash<QString, QString> m_failures; ///< of review apps, by their id
    QString m_reviewsEnd; ///< when Heroku deletes them, a sentence; empty: it does not
    QSet<QString> m_suspects; ///< names of apps
    qsizetype m_turn = 0;
};

} // namespace Slipway::Heroku
