// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/movecheck.h"

#include "app/operations/code.h"
#include "app/operations/observation.h"
#include "app/operations/team.h"
#include "app/preflight/preflightcheck.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

struct MoveCheckTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::MoveCheck)
};

/// Each target of a promotion gets what the first one got, however late it gets it.
Result<void> sameAsBefore(const Intent &intent, const QJsonObject &released, const QJsonObject &found)
{
    const auto *promote = std::get_if<PromoteIntent>(&intent);
    const QString before = released.value(u"artifact"_s).toString();
    const QString now = found.value(u"code"_s).toObject().value(u"artifact"_s).toString();
    if (!promote || before.isEmpty() || before == now)
        return {};
    return fail(
        Error::Kind::Conflict,
        MoveCheckTr::tr("“%1” runs something else than what was released before this failed.").arg(promote->from),
        MoveCheckTr::tr("Promote anew: then every target gets what it runs now."));
}

} // namespace

Task<QJsonObject> checkMove(StepContext c, Intent intent, QString source, QStringList targets)
{
    const QStringList concerned = QStringList{source} + targets;
    const auto snapshot = co_await observeEnvironments(c, concerned, false);
    if (!snapshot)
        co_return Result<QJsonObject>(tl::unexpect, snapshot.error());
    const auto heard = co_await hearTeam(c, *snapshot); // who holds staging, and the verdict of somebody else
    if (!heard && heard.error().kind() != Error::Kind::Unsupported)
        co_return Result<QJsonObject>(tl::unexpect, heard.error());
    const BoardReader reader(*c.cache, *c.store);
    const QJsonObject released = c.facts.value(u"release"_s).toObject();
    // A retry goes on with what was permitted when it began: what moved since, it moved itself.
    const bool begun = !released.isEmpty() || c.facts.contains(u"clone"_s) || c.facts.contains(u"merged"_s);
    const auto permitted = begun ? Result<QStringList>(QStringList()) : permit(reader, intent, c.ticket.by);
    if (!permitted)
        co_return Result<QJsonObject>(tl::unexpect, permitted.error());
    Result<QJsonObject> code = whatRuns(*snapshot, c.pipeline.name, source);
    if (!code)
        co_return code;
    const auto same = sameAsBefore(intent, released, *code);
    if (!same)
        co_return Result<QJsonObject>(tl::unexpect, same.error());
    co_return code;
}

} // namespace Slipway
