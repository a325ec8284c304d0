// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/cloneoffer.h"
#include "models/domain/environment.h"
#include "models/domain/intent.h"
#include "models/domain/logline.h"
#include "models/domain/pipeline.h"
#include "providers/task.h"

#include <optional>

namespace Slipway {

/// What the account can do; the UI hides the rest rather than failing late.
struct Capabilities
{
    bool clone = false;
    bool deployVersion = false;
    bool deployDirectory = false;
    bool promote = false;
    bool rollBack = false;
    bool suspend = false;
    bool restart = false;
    bool maintenance = false; ///< has a page that says so while an environment is suspended
    bool scale = false;
    bool config = false;
    bool runtimeLogs = false;
    bool buildLogs = false;
    bool run = false;
    bool shutDown = false;
    bool replaceData = false;
    bool moreProduction = false; ///< clone() with Stage::Production
    bool setUp = false; ///< can make a pipeline from a repository
    bool dataSeed = false;
    bool dataCopy = false;
    bool cheapObserve = false; ///< observe() costs no budget: ask whenever somebody looks
    bool review = false; ///< makes dev environments by a recipe of its own
    bool wantsArchive = false; ///< deploy() of a version or a directory takes it packed: DeploySpec::archive
};

struct CloneSpec
{
    QString pipeline; ///< the provider's id (Pipeline::deploysId)
    QString from;
    QString name;
    DataChoice data = DataChoice::Copy;
    Stage stage = Stage::Development; ///< Production: one more place that releases go to
    QMap<QString, QString> plans = {}; ///< instead of an add-on's own plan (CloneOffer::Addon::plan): another, or none
};

/// A dev environment that the provider makes for a branch by its own recipe (Heroku's review apps).
struct ReviewSpec
{
    QString pipeline;
    QString branch;
    std::optional<int> number; ///< of the pull request
    QString version; ///< full SHA
    QString archive; ///< as DeploySpec::archive
};

/// Exactly one of version, directory and artifactOf is set.
struct DeploySpec
{
    QString pipeline;
    QString environment;
    QString version; ///< full SHA: build it (or reuse what was built) and release it
    QString directory; ///< absolute path: snapshot it, build and release
    QString artifactOf; ///< name of an environment: release the identical artifact it runs now
    QString artifact; ///< with artifactOf: the identity expected; another one there is Error::Kind::Conflict
    Change change; ///< recorded with the release
    QString note;
    /// With Capabilities::wantsArchive, beside version or directory: a .tar.gz of it; also of a version whose source is
    /// another account. The caller's, who removes it.
    QString archive = {};
};

struct LogQuery
{
    QString pipeline;
    QString environment;
    LogKind kind = LogKind::Runtime;
    QString cursor; ///< empty: the last `limit` lines
    int limit = 1000;
    bool wait = false; ///< with a cursor: answer when there is something new, or after about 20 s with nothing
};

struct ConfigPatch
{
    QMap<QString, QString> set;
    QStringList unset;
};

/// A pipeline as the provider lists it.
struct RemotePipeline
{
    QString id;
    QString name;
    QString repository;
    QString mainBranch;
    QString origin = {}; ///< where its repository was cloned from: "github.com/acme/shop"; empty: not known
};

class DeployProvider
{
public:
    virtual ~DeployProvider() = default;
    virtual Capabilities capabilities() const = 0;

    virtual Task<QList<RemotePipeline>> pipelines() = 0;
    /// Environments and releases of one pipeline; Snapshot::changes stays unset. ahead/behind are the caller's to fill.
    /// `known` is what was observed last, perhaps by another process: a provider that pays for each question asks only
    /// about what differs from it. `only`: these environments alone are looked at, when all of them are known; the
    /// others are told as they are known. Empty, or where looking costs nothing: all.
    virtual Task<Snapshot> observe(QString pipeline, Snapshot known, QStringList only) = 0;

    /// Makes a pipeline from a repository with empty production and staging environments; no deploy yet.
    virtual Task<RemotePipeline> setUpPipeline(Ticket ticket, QString name, QString repository) = 0;
    /// Forgets a pipeline whose environments are all shut down; its releases and mirror go.
    virtual Task<void> removePipeline(Ticket ticket, QString pipeline) = 0;

    /// A new environment with config and data of another one; no release yet. Half-made ones are removed by the
    /// provider when the call fails.
    virtual Task<void> clone(Ticket ticket, CloneSpec spec, Progress progress) = 0;
    /// What clone() would make of `from`; nothing is made. Empty where cloning costs nothing.
    virtual Task<CloneOffer> cloneOffer(QString pipeline, QString from);
    /// Makes a dev environment for a branch and deploys it; answers its name, which the provider chooses.
    virtual Task<QString> makeReview(Ticket ticket, ReviewSpec spec, Progress progress);
    /// Ends when the new release is live (its health was seen) or the deploy has failed with the old one still serving.
    virtual Task<Release> deploy(Ticket ticket, DeploySpec spec, Progress progress) = 0;
    /// Releases an earlier release's artifact again, as a new release; `withConfig`: with the config it had then.
    virtual Task<Release> rollBack(Ticket ticket, QString pipeline, QString environment, int release, bool withConfig,
                                   Progress progress) = 0;
    /// Puts the data of `from` (Copy) or the seed (Seed) in place of the data of `to`, which stops meanwhile and comes
    /// back with its release. The old data stays until the new one is whole; a failure leaves it as it was.
    virtual Task<void> replaceData(Ticket ticket, QString pipeline, QString from, QString to, DataChoice data,
                                   Progress progress) = 0;
    /// `maintenance`: who comes meanwhile is told so (Capabilities::maintenance); resume() ends that too.
    virtual Task<void> suspend(Ticket ticket, QString pipeline, QString environment, bool maintenance) = 0;
    virtual Task<void> resume(Ticket ticket, QString pipeline, QString environment) = 0;
    virtual Task<void> restart(Ticket ticket, QString pipeline, QString environment) = 0;
    /// So many processes of each type, absolute; types that are not named stay as they are.
    virtual Task<void> scale(Ticket ticket, QString pipeline, QString environment, QMap<QString, int> quantities);
    /// Stops and removes it with its data and logs. Already gone is success.
    virtual Task<void> shutDown(Ticket ticket, QString pipeline, QString environment) = 0;

    virtual Task<QMap<QString, QString>> config(QString pipeline, QString environment) = 0;
    /// Values go to the provider only; the environment restarts with the new config as a new release.
    virtual Task<void> patchConfig(Ticket ticket, QString pipeline, QString environment, ConfigPatch patch) = 0;
    virtual Task<LogPage> logs(LogQuery query) = 0;
    /// One-off command with the environment's release, config and data. Answers the exit status; output as it comes.
    virtual Task<int> run(QString pipeline, QString environment, QStringList command,
                          std::function<void(const QByteArray &, bool isError)> output) = 0;
};

inline Task<CloneOffer> DeployProvider::cloneOffer(QString, QString)
{
    co_return CloneOffer();
}

inline Task<QString> DeployProvider::makeReview(Ticket, ReviewSpec, Progress)
{
    co_return fail(Error::Kind::Unsupported, QStringLiteral("This account has no review apps."),
                   QStringLiteral("Clone staging instead."));
}

inline Task<void> DeployProvider::scale(Ticket, QString, QString, QMap<QString, int>)
{
    co_return fail(Error::Kind::Unsupported, QStringLiteral("This account does not scale processes."));
}

} // namespace Slipway
