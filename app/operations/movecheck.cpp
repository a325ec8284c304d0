// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/movecheck.h"

#include "app/operations/code.h"
#include "app/operations/observation.h"
#include "app/preflight/preflightcheck.h"

namespace Slipway {

Task<QJsonObject> checkMove(StepContext c, Intent intent, QString source)
{
    const auto snapshot = co_await observePipeline(c, false);
    if (!snapshot)
        co_return Result<QJsonObject>(tl::unexpect, snapshot.error());
    const BoardReader reader(*c.cache, *c.store);
    const auto permitted = permit(reader, intent, c.ticket.by);
    if (!permitted)
        co_return Result<QJsonObject>(tl::unexpect, permitted.error());
    const CodeChoice whatItRuns;
    Result<QJsonObject> code = co_await findCode(c, whatItRuns, source);
    co_return code;
}

} // namespace Slipway
