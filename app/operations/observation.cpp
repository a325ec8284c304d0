// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/observation.h"

#include "app/operations/cistates.h"
#include "app/operations/comparisons.h"
#include "app/operations/gone.h"
#include "app/operations/team.h"
#include "models/board/boardreader.h"

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

using TeamFile = std::optional<QByteArray>;

/// What is told anew; what is not stays.
void take(AccountFacts &known, const AccountFacts &told)
{
    if (!told.who.isEmpty()) {
        known.who = told.who;
        known.scopes = told.scopes;
    }
    if (told.budgetLeft >= 0) {
        known.budgetLeft = told.budgetLeft;
        known.budgetTotal = told.budgetTotal;
    }
}

AccountState stateFor(Error::Kind kind)
{
    if (kind == Error::Kind::Unauthorized)
        return AccountState::Unauthorised;
    return kind == Error::Kind::Network || kind == Error::Kind::Server ? AccountState::Offline : AccountState::Stale;
}

} // namespace

void tellAccount(const StepContext &c, const Account &account, const Error *error, const AccountFacts &facts)
{
    AccountStatus status{account, AccountState::Live, QDateTime::currentDateTimeUtc(), {}};
    const auto before = c.cache->accountStatus(status.account.name);
    if (error) {
        if (error->kind() == Error::Kind::Cancelled || error->kind() == Error::Kind::NotFound)
            return; // says nothing about the account
        status.asOf = before ? before->asOf : QDateTime();
        status.state = stateFor(error->kind());
        status.error = error->text();
    }
    if (before)
        status.facts = before->facts;
    take(status.facts, facts);
    if (const auto changed = c.cache->setAccountStatus(status); changed && !changed->isEmpty())
        c.wrote(*changed);
}

namespace {

/// The time in which staging was dirty outlives the cache.
void noteDirt(const StepContext &c)
{
    const QDateTime since = c.cache->dirtySince(c.pipeline.name);
    const int changes =
        since.isValid() ? BoardReader(*c.cache, *c.store).gauge(c.pipeline.name).changesAhead.value_or(0) : 0;
    std::ignore = c.store->saveDirty(c.pipeline.name, since, changes, QDateTime::currentDateTimeUtc());
}

/// What the cache holds, for providers whose questions cost something.
Snapshot known(const StepContext &c)
{
    Snapshot snapshot;
    if (!c.pipeline.runsHere())
        snapshot.environments = c.cache->environments(c.pipeline.name);
    return snapshot;
}

/// What is being made is there from the first moment on. One whose making has failed is not: no step runs any more.
void addUnborn(const StepContext &c, Snapshot &snapshot)
{
    const QList<Operation> active = c.store->activeOperations();
    for (const Operation &operation : active) {
        const bool running = std::any_of(operation.steps.cbegin(), operation.steps.cend(),
                                         [](const OperationStep &step) { return step.state == StepState::Running; });
        const auto intent = intentFromJson(operation.intent);
        const auto *clone = intent ? std::get_if<CloneIntent>(&*intent) : nullptr;
        if (!clone || operation.pipeline != c.pipeline.name || !running || snapshot.environment(clone->name))
            continue;
        Environment unborn;
        unborn.name = clone->name;
        unborn.stage = clone->stage;
        unborn.state = EnvironmentState::Deploying;
        unborn.stateText = QObject::tr("It is being cloned from %1").arg(clone->from);
        unborn.createdAt = operation.requestedAt;
        snapshot.environments.append(unborn);
    }
}

void own(Snapshot &snapshot, const StepContext &c)
{
    const Account account = c.host->account();
    snapshot.pipeline = c.pipeline.name;
    snapshot.account = account.name;
    snapshot.asOf = QDateTime::currentDateTimeUtc();
    for (Environment &environment : snapshot.environments) {
        environment.pipeline = c.pipeline.name;
        environment.provider = account.kind;
    }
}

} // namespace

void showUnborn(const StepContext &c)
{
    Snapshot snapshot;
    snapshot.environments = c.cache->environments(c.pipeline.name);
    addUnborn(c, snapshot);
    own(snapshot, c);
    const auto written = c.cache->apply(snapshot); // a card, nothing more: the next look brings it if this did not
    if (written && !written->isEmpty())
        c.wrote(*written);
}

Task<AccountFacts> accountFacts(StepContext c, bool ask)
{
    const std::function<Task<AccountFacts>(Provider &)> work = [ask](Provider &provider) {
        return provider.facts(ask);
    };
    Result<AccountFacts> facts = co_await onAccount<AccountFacts>(c.host, c.context, work);
    co_return facts;
}

Task<void> checkAccount(StepContext c)
{
    const auto facts = co_await accountFacts(c, true);
    if (!facts) {
        tellAccount(c, c.host->account(), &facts.error(), {});
        co_return Result<void>(tl::unexpect, facts.error());
    }
    if (facts->who.isEmpty()) { // it cannot tell: whether it answers at all
        const std::function<Task<QList<RemotePipeline>>(Provider &)> list = [](Provider &provider) {
            DeployProvider *deploys = provider.deploys();
            return deploys ? deploys->pipelines() : ended(Result<QList<RemotePipeline>>());
        };
        const auto listed = co_await onAccount<QList<RemotePipeline>>(c.host, c.context, list);
        if (!listed) {
            tellAccount(c, c.host->account(), &listed.error(), {});
            co_return Result<void>(tl::unexpect, listed.error());
        }
    }
    tellAccount(c, c.host->account(), nullptr, *facts);
    co_return Result<void>();
}

Task<Snapshot> observeEnvironments(StepContext c, QStringList names, bool withChanges)
{
    const QDateTime began = QDateTime::currentDateTimeUtc();
    const std::function<Task<Snapshot>(DeployProvider &)> look = [id = c.pipeline.deploysId, known = known(c),
                                                                  names](DeployProvider &deploys) {
        return deploys.observe(id, known, names);
    };
    Result<Snapshot> snapshot = co_await onDeploys<Snapshot>(c, look);
    if (!snapshot) {
        tellAccount(c, c.host->account(), &snapshot.error(), {});
        co_return snapshot;
    }
    addUnborn(c, *snapshot);
    own(*snapshot, c);
    if (withChanges) {
        const QString id = sourceOf(c.pipeline).id;
        const std::function<Task<QList<Change>>(SourceProvider &)> list =
            [id, known = c.cache->changes(c.pipeline.name)](SourceProvider &source) {
                return source.changes(id, known);
            };
        const auto changes = co_await onSource<QList<Change>>(c, list);
        if (changes)
            snapshot->changes = *changes;
        if (AccountHost *host = sourceHost(c); host != c.host)
            tellAccount(c, host->account(), changes ? nullptr : &changes.error(), {});
        const std::function<Task<TeamFile>(SourceProvider &)> read =
            [id, ref = c.pipeline.mainBranch](SourceProvider &source) {
                return source.file(id, ref, u"slipway.json"_s);
            };
        const auto file = co_await onSource<TeamFile>(c, read);
        if (file)
            snapshot->teamFile = file->value_or(QByteArray());
    }
    Snapshot *const whole = &*snapshot;
    co_await compareAll(c, whole);
    co_await learnCi(c, whole);
    const auto written = c.cache->apply(*snapshot);
    if (!written)
        co_return Result<Snapshot>(tl::unexpect, written.error());
    if (!written->isEmpty())
        c.wrote(*written);
    forgetGone(c, *snapshot, *written, began);
    if (names.isEmpty()) { // of a whole pipeline: what the team says of it too
        const auto told = co_await tellTeam(c);
        const auto heard = co_await hearTeam(c, *snapshot);
        std::ignore = told; // the account's state says what went wrong
        std::ignore = heard;
    }
    noteDirt(c);
    const auto facts = co_await accountFacts(c, false);
    tellAccount(c, c.host->account(), nullptr, facts.value_or(AccountFacts()));
    co_return snapshot;
}

Task<Snapshot> observePipeline(StepContext c, bool withChanges)
{
    const QStringList all;
    Result<Snapshot> snapshot = co_await observeEnvironments(c, all, withChanges);
    co_return snapshot;
}

Task<Environment> observeEnvironment(StepContext c, QString name)
{
    const QStringList one{name};
    const auto snapshot = co_await observeEnvironments(c, one, false);
    if (!snapshot)
        co_return Result<Environment>(tl::unexpect, snapshot.error());
    if (const Environment *environment = snapshot->environment(name))
        co_return Result<Environment>(*environment);
    const Error error(Error::Kind::NotFound, QObject::tr("There is no environment “%1/%2”.").arg(c.pipeline.name, name),
                      QObject::tr("It may have been shut down meanwhile."));
    co_return Result<Environment>(tl::unexpect, error);
}

} // namespace Slipway
