// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/intent.h"

#include "models/domain/enumnames.h"
#include "models/domain/jsonlists.h"
#include "models/domain/textfield.h"

#include <QJsonArray>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

QJsonObject toJson(const RemoteProject &project)
{
    return {{u"account"_s, project.account}, {u"id"_s, project.id}};
}

QJsonValue toJson(const PullRequestMerge &merge)
{
    return QJsonObject{{u"number"_s, merge.number},
                       {u"head"_s, merge.head},
                       {u"method"_s, toString(merge.method)},
                       {u"branch"_s, merge.branch}};
}

std::optional<PullRequestMerge> mergeFromJson(const QJsonValue &json)
{
    if (!json.isObject())
        return std::nullopt;
    return PullRequestMerge{json[u"number"_s].toInt(), json[u"head"_s].toString(),
                            mergeMethodFromString(json[u"method"_s].toString()).value_or(MergeMethod::Merge),
                            json[u"branch"_s].toString()};
}

RemoteProject projectFromJson(const QJsonValue &json)
{
    return {json[u"account"_s].toString(), json[u"id"_s].toString()};
}

constexpr EnumNames<DataChoice, 3> kDataChoices{{
    {DataChoice::None, "none"},
    {DataChoice::Seed, "seed"},
    {DataChoice::Copy, "copy"},
}};

constexpr EnumNames<LifecycleAction, 4> kActions{{
    {LifecycleAction::Suspend, "suspend"},
    {LifecycleAction::Resume, "resume"},
    {LifecycleAction::Restart, "restart"},
    {LifecycleAction::ShutDown, "shutdown"},
}};

QJsonObject codeToJson(const CodeChoice &code)
{
    return {{u"change"_s, code.change}, {u"version"_s, code.version}, {u"directory"_s, code.directory}};
}

CodeChoice codeFromJson(const QJsonObject &json)
{
    return {textField(json, u"change"_s), textField(json, u"version"_s), textField(json, u"directory"_s)};
}

template<typename T> QJsonObject mapToJson(const QMap<QString, T> &map)
{
    QJsonObject json;
    for (auto one = map.cbegin(); one != map.cend(); ++one)
        json.insert(one.key(), one.value());
    return json;
}

/// One function per alternative of Intent: a new one does not compile until it can be journaled.
struct IntentWriter
{
    QJsonObject operator()(const CloneIntent &i) const
    {
        return {{u"kind"_s, u"clone"_s},
                {u"pipeline"_s, i.pipeline},
                {u"name"_s, i.name},
                {u"from"_s, i.from},
                {u"code"_s, codeToJson(i.code)},
                {u"data"_s, toString(i.data)},
                {u"stage"_s, toString(i.stage)},
                {u"plans"_s, mapToJson(i.plans)}};
    }
    QJsonObject operator()(const DeployIntent &i) const
    {
        return {{u"kind"_s, u"deploy"_s},
                {u"pipeline"_s, i.pipeline},
                {u"environment"_s, i.environment},
                {u"code"_s, codeToJson(i.code)}};
    }
    QJsonObject operator()(const PromoteIntent &i) const
    {
        return {{u"kind"_s, u"promote"_s},
                {u"pipeline"_s, i.pipeline},
                {u"from"_s, i.from},
                {u"to"_s, i.to},
                {u"alsoTo"_s, QJsonArray::fromStringList(i.alsoTo)},
                {u"shutDownAfter"_s, i.shutDownAfter},
                {u"merge"_s, i.merge ? toJson(*i.merge) : QJsonValue()},
                {u"artifactOnly"_s, i.artifactOnly},
                {u"deleteBranch"_s, i.deleteBranch},
                {u"reason"_s, i.reason},
                {u"fingerprint"_s, i.fingerprint}};
    }
    QJsonObject operator()(const RollBackIntent &i) const
    {
        return {{u"kind"_s, u"rollback"_s}, {u"pipeline"_s, i.pipeline},      {u"environment"_s, i.environment},
                {u"release"_s, i.release},  {u"config"_s, i.config},          {u"holds"_s, i.holds},
                {u"reason"_s, i.reason},    {u"fingerprint"_s, i.fingerprint}};
    }
    QJsonObject operator()(const LifecycleIntent &i) const
    {
        return {{u"kind"_s, toString(i.action)},
                {u"pipeline"_s, i.pipeline},
                {u"environment"_s, i.environment},
                {u"reason"_s, i.reason},
                {u"maintenance"_s, i.maintenance}};
    }
    QJsonObject operator()(const ConfigIntent &i) const
    {
        return {{u"kind"_s, u"config"_s},
                {u"pipeline"_s, i.pipeline},
                {u"environment"_s, i.environment},
                {u"set"_s, QJsonArray::fromStringList(i.set.keys())},
                {u"unset"_s, QJsonArray::fromStringList(i.unset)}};
    }
    QJsonObject operator()(const ScaleIntent &i) const
    {
        return {{u"kind"_s, u"scale"_s},
                {u"pipeline"_s, i.pipeline},
                {u"environment"_s, i.environment},
                {u"quantities"_s, mapToJson(i.quantities)}};
    }
    QJsonObject operator()(const ReviewIntent &i) const
    {
        return {{u"kind"_s, u"review"_s}, {u"pipeline"_s, i.pipeline}, {u"change"_s, i.change}};
    }
    QJsonObject operator()(const SetUpIntent &i) const
    {
        return {{u"kind"_s, u"setup"_s},         {u"pipeline"_s, i.pipeline}, {u"account"_s, i.account},
                {u"repository"_s, i.repository}, {u"sample"_s, i.sample},     {u"adopt"_s, i.adopt},
                {u"source"_s, toJson(i.source)}, {u"ci"_s, toJson(i.ci)}};
    }
    QJsonObject operator()(const RemovePipelineIntent &i) const
    {
        return {{u"kind"_s, u"remove"_s}, {u"pipeline"_s, i.pipeline}, {u"forgetOnly"_s, i.forgetOnly}};
    }
    QJsonObject operator()(const UpdateIntent &i) const
    {
        return {{u"kind"_s, u"update"_s},
                {u"pipeline"_s, i.pipeline},
                {u"environment"_s, i.environment},
                {u"reason"_s, i.reason},
                {u"fingerprint"_s, i.fingerprint}};
    }
    QJsonObject operator()(const ResetIntent &i) const
    {
        return {{u"kind"_s, u"reset"_s}, {u"pipeline"_s, i.pipeline},      {u"environment"_s, i.environment},
                {u"from"_s, i.from},     {u"config"_s, i.config},          {u"data"_s, toString(i.data)},
                {u"reason"_s, i.reason}, {u"fingerprint"_s, i.fingerprint}};
    }
    QJsonObject operator()(const SendBackIntent &i) const
    {
        return {{u"kind"_s, u"sendback"_s}, {u"pipeline"_s, i.pipeline},      {u"from"_s, i.from},
                {u"name"_s, i.name},        {u"production"_s, i.production},  {u"data"_s, toString(i.data)},
                {u"reason"_s, i.reason},    {u"fingerprint"_s, i.fingerprint}};
    }
};

ConfigIntent configFromJson(const QJsonObject &json)
{
    ConfigIntent intent{
        textField(json, u"pipeline"_s), textField(json, u"environment"_s), {}, stringsFromJson(json.value(u"unset"_s))};
    const QStringList keys = stringsFromJson(json.value(u"set"_s));
    for (const QString &key : keys)
        intent.set.insert(key, {});
    return intent;
}

CloneIntent cloneFromJson(const QJsonObject &json)
{
    CloneIntent intent{textField(json, u"pipeline"_s),
                       textField(json, u"name"_s),
                       textField(json, u"from"_s),
                       codeFromJson(json.value(u"code"_s).toObject()),
                       dataChoiceFromString(textField(json, u"data"_s)).value_or(DataChoice::Copy),
                       stageFromString(textField(json, u"stage"_s)).value_or(Stage::Development)};
    const QJsonObject plans = json.value(u"plans"_s).toObject();
    for (auto plan = plans.begin(); plan != plans.end(); ++plan)
        intent.plans.insert(plan.key(), plan.value().toString());
    return intent;
}

ScaleIntent scaleFromJson(const QJsonObject &json)
{
    ScaleIntent intent{textField(json, u"pipeline"_s), textField(json, u"environment"_s), {}};
    const QJsonObject quantities = json.value(u"quantities"_s).toObject();
    for (auto one = quantities.begin(); one != quantities.end(); ++one)
        intent.quantities.insert(one.key(), one.value().toInt());
    return intent;
}

} // namespace

QString toString(DataChoice choice)
{
    return enumName(kDataChoices, choice);
}

std::optional<DataChoice> dataChoiceFromString(const QString &text)
{
    return enumValue(kDataChoices, text);
}

QString toString(LifecycleAction action)
{
    return enumName(kActions, action);
}

QJsonObject toJson(const Intent &intent)
{
    return std::visit(IntentWriter{}, intent);
}

std::optional<Intent> intentFromJson(const QJsonObject &json)
{
    const QString kind = textField(json, u"kind"_s);
    const QString pipeline = textField(json, u"pipeline"_s);
    const QString environment = textField(json, u"environment"_s);
    const QString reason = textField(json, u"reason"_s);
    const QString fingerprint = textField(json, u"fingerprint"_s);
    const auto data = [&json](DataChoice fallback) {
        return dataChoiceFromString(textField(json, u"data"_s)).value_or(fallback);
    };
    if (kind == u"clone")
        return cloneFromJson(json);
    if (kind == u"scale")
        return scaleFromJson(json);
    if (kind == u"review")
        return ReviewIntent{pipeline, textField(json, u"change"_s)};
    if (kind == u"deploy")
        return DeployIntent{pipeline, environment, codeFromJson(json.value(u"code"_s).toObject())};
    if (kind == u"promote")
        return PromoteIntent{pipeline,
                             textField(json, u"from"_s),
                             textField(json, u"to"_s),
                             json.value(u"shutDownAfter"_s).toBool(),
                             reason,
                             fingerprint,
                             stringsFromJson(json.value(u"alsoTo"_s)),
                             mergeFromJson(json.value(u"merge"_s)),
                             json.value(u"artifactOnly"_s).toBool(),
                             json.value(u"deleteBranch"_s).toBool()};
    if (kind == u"rollback")
        return RollBackIntent{pipeline,
                              environment,
                              json.value(u"release"_s).toInt(),
                              json.value(u"config"_s).toBool(true),
                              json.value(u"holds"_s).toBool(),
                              reason,
                              fingerprint};
    if (const auto action = enumValue(kActions, kind))
        return LifecycleIntent{pipeline, environment, *action, reason, json.value(u"maintenance"_s).toBool()};
    if (kind == u"config")
        return configFromJson(json);
    if (kind == u"setup") {
        return SetUpIntent{pipeline,
                           textField(json, u"account"_s),
                           textField(json, u"repository"_s),
                           json.value(u"sample"_s).toBool(),
                           textField(json, u"adopt"_s),
                           projectFromJson(json.value(u"source"_s)),
                           projectFromJson(json.value(u"ci"_s))};
    }
    if (kind == u"remove")
        return RemovePipelineIntent{pipeline, json.value(u"forgetOnly"_s).toBool()};
    if (kind == u"update")
        return UpdateIntent{pipeline, environment, reason, fingerprint};
    if (kind == u"reset")
        return ResetIntent{
            pipeline, environment, textField(json, u"from"_s), json.value(u"config"_s).toBool(), data(DataChoice::None),
            reason,   fingerprint};
    if (kind == u"sendback")
        return SendBackIntent{pipeline,
                              textField(json, u"from"_s),
                              textField(json, u"name"_s),
                              textField(json, u"production"_s),
                              data(DataChoice::Copy),
                              reason,
                              fingerprint};
    return std::nullopt;
}

} // namespace Slipway
