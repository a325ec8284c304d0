// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/environmentsteps.h"

#include "app/operations/gone.h"
#include "app/operations/observation.h"
#include "app/operations/team.h"

using namespace Qt::StringLiterals;

namespace Slipway {

Task<QJsonObject> cloneEnvironment(StepContext c, CloneIntent intent)
{
    showUnborn(c);
    const CloneSpec spec{c.pipeline.deploysId, intent.from, intent.name, intent.data, intent.stage, intent.plans};
    const std::function<Task<void>(DeployProvider &)> work = [spec, ticket = c.ticket,
                                                              progress = c.progress](DeployProvider &deploys) {
        return deploys.clone(ticket, spec, progress);
    };
    const auto cloned = co_await onDeploys<void>(c, work);
    if (!cloned)
        co_return Result<QJsonObject>(tl::unexpect, cloned.error());
    co_return Result<QJsonObject>(QJsonObject{{u"clone"_s, intent.name}});
}

Task<QJsonObject> changeLifecycle(StepContext c, LifecycleIntent intent)
{
    const std::function<Task<void>(DeployProvider &)> work = [id = c.pipeline.deploysId, ticket = c.ticket,
                                                              intent](DeployProvider &deploys) {
        const QString name = intent.environment;
        switch (intent.action) {
        case LifecycleAction::Suspend:
            return deploys.suspend(ticket, id, name, intent.maintenance && deploys.capabilities().maintenance);
        case LifecycleAction::Resume:
            return deploys.resume(ticket, id, name);
        case LifecycleAction::Restart:
            return deploys.restart(ticket, id, name);
        case LifecycleAction::ShutDown:
            break;
        }
        return deploys.shutDown(ticket, id, name);
    };
    const auto done = co_await onDeploys<void>(c, work);
    if (!done)
        co_return Result<QJsonObject>(tl::unexpect, done.error());
    co_return Result<QJsonObject>(QJsonObject());
}

Task<QJsonObject> shutDownEnvironment(StepContext c, QString name)
{
    const LifecycleIntent end{c.pipeline.name, name, LifecycleAction::ShutDown};
    Result<QJsonObject> done = co_await changeLifecycle(c, end);
    if (done) {
        forgetEnvironment(c, name);
    }
    co_return done;
}

Task<void> removeClone(StepContext c, QString name)
{
    const auto done = co_await shutDownEnvironment(c, name);
    if (!done)
        co_return Result<void>(tl::unexpect, done.error());
    co_return Result<void>();
}

Task<QJsonObject> replaceData(StepContext c, QString from, QString to, DataChoice data)
{
    const std::function<Task<void>(DeployProvider &)> work =
        [id = c.pipeline.deploysId, ticket = c.ticket, progress = c.progress, from, to, data](DeployProvider &deploys) {
            return deploys.replaceData(ticket, id, from, to, data, progress);
        };
    const auto done = co_await onDeploys<void>(c, work);
    if (!done)
        co_return Result<QJsonObject>(tl::unexpect, done.error());
    co_return Result<QJsonObject>(QJsonObject());
}

Task<QJsonObject> copyConfig(StepContext c, QString from, QString to)
{
    using Values = QMap<QString, QString>;
    const QString id = c.pipeline.deploysId;
    const std::function<Task<Values>(DeployProvider &)> readSource = [id, from](DeployProvider &deploys) {
        return deploys.config(id, from);
    };
    const auto wanted = co_await onDeploys<Values>(c, readSource);
    if (!wanted)
        co_return Result<QJsonObject>(tl::unexpect, wanted.error());
    const std::function<Task<Values>(DeployProvider &)> readTarget = [id, to](DeployProvider &deploys) {
        return deploys.config(id, to);
    };
    const auto found = co_await onDeploys<Values>(c, readTarget);
    if (!found)
        co_return Result<QJsonObject>(tl::unexpect, found.error());
    ConfigPatch patch;
    for (auto value = wanted->cbegin(); value != wanted->cend(); ++value) {
        if (!found->contains(value.key()) || found->value(value.key()) != value.value())
            patch.set.insert(value.key(), value.value());
    }
    for (auto value = found->cbegin(); value != found->cend(); ++value) {
        if (!wanted->contains(value.key()))
            patch.unset.append(value.key());
    }
    if (patch.set.isEmpty() && patch.unset.isEmpty())
        co_return Result<QJsonObject>(QJsonObject());
    const std::function<Task<void>(DeployProvider &)> write = [id, to, patch,
                                                               ticket = c.ticket](DeployProvider &deploys) {
        return deploys.patchConfig(ticket, id, to, patch);
    };
    const auto done = co_await onDeploys<void>(c, write);
    if (!done)
        co_return Result<QJsonObject>(tl::unexpect, done.error());
    co_return Result<QJsonObject>(QJsonObject());
}

Task<QJsonObject> holdStaging(StepContext c, QString reason)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Hold hold{c.ticket.by, reason, now, {}, true};
    const auto before = c.store->hold(c.pipeline.name);
    if (before && !before->isOver(now) && before->by != hold.by) { // who has it, has it still
        hold.by = before->by;
        hold.since = before->since;
    }
    if (c.pipeline.isShared()) {
        const auto taken = co_await takeSharedHold(c, hold, before);
        if (!taken)
            co_return Result<QJsonObject>(tl::unexpect, taken.error());
    }
    const auto saved = c.store->saveHold(c.pipeline.name, hold);
    if (!saved)
        co_return Result<QJsonObject>(tl::unexpect, saved.error());
    c.wrote(*saved);
    co_return Result<QJsonObject>(QJsonObject());
}

} // namespace Slipway
