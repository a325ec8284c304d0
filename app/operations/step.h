// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/onaccount.h"
#include "models/store/stores.h"

#include <QHash>
#include <QJsonObject>

#include <memory>

namespace Slipway {

class Accounts;

/// What a step works with. A value: coroutines keep a copy. Engine thread.
struct StepContext
{
    CacheStore *cache = nullptr;
    SlipwayStore *store = nullptr;
    AccountHost *host = nullptr; ///< of the account that deploys the pipeline
    Accounts *accounts = nullptr; ///< where the account that its changes come from is found, see sourceHost()
    QObject *context =
        nullptr; ///< lives while the operation runs; processes that are its children end when Slipway closes
    QString home;
    Pipeline pipeline;
    Ticket ticket;
    Progress progress; ///< from any thread
    QJsonObject facts; ///< the results of all steps that are done, in one
    std::function<void(const ChangeSet &)> wrote;
    /// Accounts beside `host` that did not answer, by name, and why: they are not waited for again in the same look.
    std::shared_ptr<QHash<QString, Error>> silent = std::make_shared<QHash<QString, Error>>();
};

/// One journaled step. `run` is called again, with the same ticket, when its outcome is not known (a crash, a lost
/// answer): it asks the provider, which remembers tickets, or is harmless to repeat by itself.
struct Step
{
    QString name; ///< "Deploy to staging"
    std::function<Task<QJsonObject>(StepContext)> run; ///< answers facts for later steps
    std::function<Task<void>(StepContext)> undo; ///< takes its effect back; empty: nothing to take back
    QString done; ///< said of a failed operation in which this step is done: "dev1 is shut down."
    QString otherwise; ///< sentence that is true while it is not: "dev1 still runs."
    bool again = false; ///< a retry repeats it even when it was done: it only looks
};

/// What an intent comes to. Depends on the intent alone, so that a journaled operation gets the same steps again.
struct Plan
{
    QString account; ///< for operations on a pipeline that is not known yet; else empty
    QStringList leases; ///< environment ids
    QList<Step> steps;
    bool undoAtOnce = false; ///< what is half-made goes by itself when it fails
    bool looksLast = false; ///< its last step looks at everything that it changed: no other look is needed
    bool undoWindow = false; ///< waits before the first step, so that the user can think again
};

/// Calls the deploys role in the account's thread.
template<typename T> Task<T> onDeploys(StepContext c, std::function<Task<T>(DeployProvider &)> work)
{
    const std::function<Task<T>(Provider &)> whole = [work = std::move(work),
                                                      name = c.pipeline.name](Provider &provider) {
        if (DeployProvider *deploys = provider.deploys())
            return work(*deploys);
        const Error error(Error::Kind::Unsupported,
                          QObject::tr("The account of “%1” has no environments to work on.").arg(name));
        return ended<T>(tl::unexpected(error));
    };
    Result<T> result = co_await onAccount<T>(c.host, c.context, whole);
    co_return result;
}

/// An account by its name, started when first asked; nullptr: there is none.
AccountHost *hostOf(const StepContext &c, const QString &name);

/// Whom to ask about the changes of the pipeline, see sourceOf(); started when first asked. Who deploys it, when nobody
/// else can be asked.
AccountHost *sourceHost(const StepContext &c);

/// Who checks the commits of the pipeline, see ciOf(); nullptr: nobody.
AccountHost *ciHost(const StepContext &c);

/// onAccount() of an account beside `c.host`, which is asked no more once it was silent.
template<typename T> Task<T> onOther(StepContext c, AccountHost *host, std::function<Task<T>(Provider &)> work)
{
    const QString name = host->account().name;
    if (const auto silence = c.silent->constFind(name); silence != c.silent->cend())
        co_return Result<T>(tl::unexpect, *silence);
    Result<T> result = co_await onAccount<T>(host, c.context, std::move(work));
    if (!result && result.error().kind() == Error::Kind::Network && host != c.host)
        c.silent->insert(name, result.error());
    co_return result;
}

/// Calls the source role in its account's thread; sourceOf(c.pipeline).id is what that one calls the pipeline.
template<typename T> Task<T> onSource(StepContext c, std::function<Task<T>(SourceProvider &)> work)
{
    const std::function<Task<T>(Provider &)> whole = [work = std::move(work),
                                                      name = c.pipeline.name](Provider &provider) {
        if (SourceProvider *source = provider.source())
            return work(*source);
        const Error error(
            Error::Kind::Unsupported, QObject::tr("The source code of “%1” is not known.").arg(name),
            QObject::tr("Name its git repository: take it off the board and add it again with its folder."));
        return ended<T>(tl::unexpected(error));
    };
    AccountHost *const host = sourceHost(c);
    Result<T> result = co_await onOther<T>(c, host, whole);
    co_return result;
}

/// Calls the role that the team shares its verdicts, deployments and holds through: the source's account, when it has
/// one. Unsupported: the team has no such place.
template<typename T> Task<T> onTeam(StepContext c, std::function<Task<T>(TeamProvider &)> work)
{
    const std::function<Task<T>(Provider &)> whole = [work = std::move(work)](Provider &provider) {
        if (TeamProvider *team = provider.team())
            return work(*team);
        return ended<T>(fail(Error::Kind::Unsupported, QObject::tr("This team shares nothing.")));
    };
    AccountHost *const host = sourceHost(c);
    Result<T> result = co_await onOther<T>(c, host, whole);
    co_return result;
}

/// Calls the CI role. Unsupported: nobody checks the commits of this pipeline.
template<typename T> Task<T> onCi(StepContext c, std::function<Task<T>(CiProvider &)> work)
{
    AccountHost *const host = ciHost(c);
    const Error nobody(Error::Kind::Unsupported, QObject::tr("Nobody checks the commits of this pipeline."));
    if (!host)
        co_return Result<T>(tl::unexpect, nobody);
    const std::function<Task<T>(Provider &)> whole = [work = std::move(work), nobody](Provider &provider) {
        if (CiProvider *ci = provider.ci())
            return work(*ci);
        return ended<T>(tl::unexpected(nobody));
    };
    Result<T> result = co_await onOther<T>(c, host, whole);
    co_return result;
}

} // namespace Slipway
