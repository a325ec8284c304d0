// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/heroku/builder.h"
#include "providers/heroku/cloner.h"
#include "providers/heroku/datareplacement.h"
#include "providers/heroku/lifecycle.h"
#include "providers/heroku/logs/logreader.h"
#include "providers/heroku/observer.h"
#include "providers/heroku/promoter.h"
#include "providers/heroku/reviewapps.h"
#include "providers/registry.h"

#include <memory>

namespace Slipway {

/// Pipelines at Heroku. An environment is an app; its name is the app's. A dev environment is an app in the pipeline's
/// development stage, or a review app. An artifact is a slug. Lives in the account's thread.
class HerokuProvider final : public Provider, public DeployProvider
{
public:
    explicit HerokuProvider(const ProviderContext &context);
    ~HerokuProvider() override;

    DeployProvider *deploys() override { return this; }
    Task<AccountFacts> facts(bool ask) override;
    void setSecondFactor(QString code) override;
    void stop(std::function<void()> drained) override;

    Capabilities capabilities() const override;
    Task<QList<RemotePipeline>> pipelines() override;
    Task<Snapshot> observe(QString pipeline, Snapshot known, QStringList only) override;
    Task<RemotePipeline> setUpPipeline(Ticket ticket, QString name, QString repository) override;
    Task<void> removePipeline(Ticket ticket, QString pipeline) override;
    Task<void> clone(Ticket ticket, CloneSpec spec, Progress progress) override;
    Task<CloneOffer> cloneOffer(QString pipeline, QString from) override;
    Task<QString> makeReview(Ticket ticket, ReviewSpec spec, Progress progress) override;
    Task<Release> deploy(Ticket ticket, DeploySpec spec, Progress progress) override;
    Task<Release> rollBack(Ticket ticket, QString pipeline, QString environment, int release, bool withConfig,
                           Progress progress) override;
    Task<void> replaceData(Ticket ticket, QString pipeline, QString from, QString to, DataChoice data,
                           Progress progress) override;
    Task<void> suspend(Ticket ticket, QString pipeline, QString environment, bool maintenance) override;
    Task<void> resume(Ticket ticket, QString pipeline, QString environment) override;
    Task<void> restart(Ticket ticket, QString pipeline, QString environment) override;
    Task<void> shutDown(Ticket ticket, QString pipeline, QString environment) override;
    Task<void> scale(Ticket ticket, QString pipeline, QString environment, QMap<QString, int> quantities) override;
    Task<QMap<QString, QString>> config(QString pipeline, QString environment) override;
    Task<void> patchConfig(Ticket ticket, QString pipeline, QString environment, ConfigPatch patch) override;
    Task<LogPage> logs(LogQuery query) override;
    Task<int> run(QString pipeline, QString environment, QStringList command,
                  std::function<void(const QByteArray &, bool isError)> output) override;

private:
    /// What `work` did to the app may not show in its releases: the next look asks for everything.
    Task<void> thenLookAgain(QString app, Task<void> work);
    Task<Release> live(Ticket ticket, Heroku::App app, QString releaseId, DeploySpec spec, Progress progress);

    std::unique_ptr<HttpClient> m_http;
    Heroku::HerokuApi m_api;
    Heroku::Lookup m_lookup;
    Heroku::Observer m_observer;
    Heroku::Cloner m_cloner;
    Heroku::Builder m_builder;
    Heroku::Promoter m_promoter;
    Heroku::ReleaseWatch m_watch;
    Heroku::Lifecycle m_lifecycle;
    Heroku::DataReplacement m_data;
    Heroku::ReviewApps m_reviews;
    Heroku::LogReader m_logs;
};

} // namespace Slipway
