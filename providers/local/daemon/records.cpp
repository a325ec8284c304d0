// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/records.h"

#include "models/domain/json.h"

#include <QJsonArray>

#include <algorithm>

namespace Slipway {

using namespace Qt::StringLiterals;

QJsonObject PipelineRecord::toJson() const
{
    return {{u"name"_s, name},
            {u"repository"_s, repository},
            {u"mainBranch"_s, mainBranch},
            {u"origin"_s, origin},
            {u"createdAt"_s, toIso(createdAt)},
            {u"ticket"_s, ticket},
            {u"creating"_s, creating}};
}

PipelineRecord PipelineRecord::fromJson(const QJsonObject &json)
{
    PipelineRecord record;
    record.name = json.value(u"name"_s).toString();
    record.repository = json.value(u"repository"_s).toString();
    record.mainBranch = json.value(u"mainBranch"_s).toString();
    record.origin = json.value(u"origin"_s).toString();
    record.createdAt = fromIso(json.value(u"createdAt"_s).toString());
    record.ticket = json.value(u"ticket"_s).toString();
    record.creating = json.value(u"creating"_s).toBool();
    return record;
}

QJsonObject ReleaseRecord::toJson() const
{
    return {{u"release"_s, Slipway::toJson(release)}, {u"ticket"_s, ticket}};
}

ReleaseRecord ReleaseRecord::fromJson(const QJsonObject &json)
{
    return {releaseFromJson(json.value(u"release"_s).toObject()), json.value(u"ticket"_s).toString()};
}

const ReleaseRecord *EnvironmentRecord::releaseNumbered(int number) const
{
    const auto hit = std::find_if(releases.cbegin(), releases.cend(),
                                  [number](const ReleaseRecord &r) { return r.release.number == number; });
    return hit == releases.cend() ? nullptr : &*hit;
}

const ReleaseRecord *EnvironmentRecord::releaseOfTicket(const QString &id_) const
{
    const auto hit = std::find_if(releases.cbegin(), releases.cend(),
                                  [&id_](const ReleaseRecord &r) { return !id_.isEmpty() && r.ticket == id_; });
    return hit == releases.cend() ? nullptr : &*hit;
}

QJsonObject EnvironmentRecord::toJson() const
{
    QJsonArray all;
    for (const ReleaseRecord &release : releases)
        all.append(release.toJson());
    return {{u"id"_s, id},
            {u"pipeline"_s, pipeline},
            {u"name"_s, name},
            {u"stage"_s, toString(stage)},
            {u"createdAt"_s, toIso(createdAt)},
            {u"clonedFrom"_s, clonedFrom},
            {u"dataNote"_s, dataNote},
            {u"ticket"_s, ticket},
            {u"dataTicket"_s, dataTicket},
            {u"port"_s, port},
            {u"creating"_s, creating},
            {u"removing"_s, removing},
            {u"replacing"_s, replacing},
            {u"wanted"_s, wanted},
            {u"ipv6"_s, ipv6},
            {u"postdeployDone"_s, postdeployDone},
            {u"run"_s, run},
            {u"runBoot"_s, runBoot},
            {u"failure"_s, failure},
            {u"stateSince"_s, toIso(stateSince)},
            {u"releases"_s, all}};
}

EnvironmentRecord EnvironmentRecord::fromJson(const QJsonObject &json)
{
    EnvironmentRecord record;
    record.id = json.value(u"id"_s).toString();
    record.pipeline = json.value(u"pipeline"_s).toString();
    record.name = json.value(u"name"_s).toString();
    record.stage = stageFromString(json.value(u"stage"_s).toString()).value_or(Stage::Development);
    record.createdAt = fromIso(json.value(u"createdAt"_s).toString());
    record.clonedFrom = json.value(u"clonedFrom"_s).toString();
    record.dataNote = json.value(u"dataNote"_s).toString();
    record.ticket = json.value(u"ticket"_s).toString();
    record.dataTicket = json.value(u"dataTicket"_s).toString();
    record.port = json.value(u"port"_s).toInt();
    record.creating = json.value(u"creating"_s).toBool();
    record.removing = json.value(u"removing"_s).toBool();
    record.replacing = json.value(u"replacing"_s).toBool();
    record.wanted = json.value(u"wanted"_s).toBool();
    record.ipv6 = json.value(u"ipv6"_s).toBool();
    record.postdeployDone = json.value(u"postdeployDone"_s).toBool();
    record.run = json.value(u"run"_s).toInt();
    record.runBoot = json.value(u"runBoot"_s).toString();
    record.failure = json.value(u"failure"_s).toString();
    record.stateSince = fromIso(json.value(u"stateSince"_s).toString());
    const QJsonArray all = json.value(u"releases"_s).toArray();
    for (const auto &value : all)
        record.releases.append(ReleaseRecord::fromJson(value.toObject()));
    return record;
}

QJsonObject configToJson(const ConfigValues &values)
{
    QJsonObject object;
    for (auto it = values.cbegin(); it != values.cend(); ++it)
        object.insert(it.key(), it.value());
    return object;
}

ConfigValues configFromJson(const QJsonObject &json)
{
    ConfigValues values;
    for (auto it = json.begin(); it != json.end(); ++it)
        values.insert(it.key(), it.value().toString());
    return values;
}

} // namespace Slipway
