// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/wayback.h"

#include "models/domain/intent.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

struct WayBackTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::WayBack)
};

struct WayBack
{
    std::optional<Intent> intent;
    QString text;
};

/// To the release that was there before the newest one.
WayBack toFormerRelease(const BoardReader &reader, const QString &pipeline, const QString &environment)
{
    const QList<Release> releases = reader.cache().releases(pipeline + u'/' + environment, 2);
    if (releases.size() < 2)
        return {};
    RollBackIntent back;
    back.pipeline = pipeline;
    back.environment = environment;
    back.release = releases.at(1).number;
    return {back, WayBackTr::tr("Roll %1 back to v%2").arg(environment).arg(back.release)};
}

WayBack lifecycle(const QString &pipeline, const QString &environment, LifecycleAction action, const QString &text)
{
    LifecycleIntent back;
    back.pipeline = pipeline;
    back.environment = environment;
    back.action = action;
    return {back, text.arg(environment)};
}

struct Finder
{
    const BoardReader &reader;

    WayBack operator()(const CloneIntent &i) const
    {
        return lifecycle(i.pipeline, i.name, LifecycleAction::ShutDown, WayBackTr::tr("Shut %1 down"));
    }
    WayBack operator()(const DeployIntent &i) const { return toFormerRelease(reader, i.pipeline, i.environment); }
    WayBack operator()(const PromoteIntent &i) const
    {
        // Several targets have a way back each: their cards' Releases.
        return i.alsoTo.isEmpty() ? toFormerRelease(reader, i.pipeline, i.to) : WayBack();
    }
    WayBack operator()(const RollBackIntent &i) const { return toFormerRelease(reader, i.pipeline, i.environment); }
    WayBack operator()(const LifecycleIntent &i) const
    {
        if (i.action == LifecycleAction::Suspend)
            return lifecycle(i.pipeline, i.environment, LifecycleAction::Resume, WayBackTr::tr("Wake %1"));
        if (i.action == LifecycleAction::Resume)
            return lifecycle(i.pipeline, i.environment, LifecycleAction::Suspend, WayBackTr::tr("Suspend %1"));
        return {};
    }
    WayBack operator()(const UpdateIntent &i) const { return toFormerRelease(reader, i.pipeline, i.environment); }
    WayBack operator()(const ResetIntent &i) const
    {
        // Data that was replaced does not come back: no exact way.
        return i.data == DataChoice::None && !i.config ? toFormerRelease(reader, i.pipeline, i.environment) : WayBack();
    }
    WayBack operator()(const SendBackIntent &i) const
    {
        PromoteIntent again;
        again.pipeline = i.pipeline;
        again.from = i.name;
        again.to = i.from;
        again.shutDownAfter = true;
        return {again, WayBackTr::tr("Deploy it to %1 again").arg(i.from)};
    }
    WayBack operator()(const ConfigIntent &) const { return {}; }
    WayBack operator()(const ScaleIntent &) const { return {}; }
    WayBack operator()(const ReviewIntent &) const { return {}; }
    WayBack operator()(const SetUpIntent &) const { return {}; }
    WayBack operator()(const RemovePipelineIntent &) const { return {}; }
};

} // namespace

void setWayBack(Operation &operation, const BoardReader &reader)
{
    const auto intent = intentFromJson(operation.intent);
    const WayBack back = intent ? std::visit(Finder{reader}, *intent) : WayBack();
    operation.wayBack = back.intent ? toJson(*back.intent) : QJsonObject();
    operation.wayBackText = back.text;
}

} // namespace Slipway
