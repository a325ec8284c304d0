// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/environmentsteps.h"

namespace Slipway {

Task<QJsonObject> cloneEnvironment(StepContext c, QString from, QString name, DataChoice data)
{
    const CloneSpec spec{c.pipeline.deploysId, from, name, data};
    const std::function<Task<void>(DeployProvider &)> work = [spec, ticket = c.ticket](DeployProvider &deploys) {
        return deploys.clone(ticket, spec);
    };
    const auto cloned = co_await onDeploys<void>(c, work);
    if (!cloned)
        co_return Result<QJsonObject>(tl::unexpect, cloned.error());
    co_return Result<QJsonObject>(QJsonObject());
}

Task<QJsonObject> changeLifecycle(StepContext c, QString name, LifecycleAction action)
{
    const std::function<Task<void>(DeployProvider &)> work = [id = c.pipeline.deploysId, ticket = c.ticket, name,
                                                              action](DeployProvider &deploys) {
        switch (action) {
        case LifecycleAction::Suspend:
            return deploys.suspend(ticket, id, name);
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
    Result<QJsonObject> done = co_await changeLifecycle(c, name, LifecycleAction::ShutDown);
    if (done) {
        // A new environment of the same name is another one.
        if (const auto changed = c.store->removeVerdicts(c.pipeline.name + u'/' + name); changed && !changed->isEmpty())
            c.wrote(*changed);
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

} // namespace Slipway
