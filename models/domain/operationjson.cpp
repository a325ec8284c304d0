// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/json.h"
#include "models/domain/jsonlists.h"

#include <QJsonArray>

namespace Slipway {

using namespace Qt::StringLiterals;

QJsonObject toJson(const OperationStep &step)
{
    QJsonObject json{{u"name"_s, step.name}, {u"state"_s, toString(step.state)}};
    if (!step.text.isEmpty())
        json.insert(u"text"_s, step.text);
    if (!step.result.isEmpty())
        json.insert(u"result"_s, step.result);
    if (step.startedAt.isValid())
        json.insert(u"startedAt"_s, toIso(step.startedAt));
    if (step.endedAt.isValid())
        json.insert(u"endedAt"_s, toIso(step.endedAt));
    return json;
}

OperationStep operationStepFromJson(const QJsonObject &json)
{
    OperationStep step;
    step.name = json.value(u"name"_s).toString();
    step.state = stepStateFromString(json.value(u"state"_s).toString());
    step.text = json.value(u"text"_s).toString();
    step.result = json.value(u"result"_s).toObject();
    step.startedAt = fromIso(json.value(u"startedAt"_s).toString());
    step.endedAt = fromIso(json.value(u"endedAt"_s).toString());
    return step;
}

QJsonObject toJson(const Operation &operation)
{
    QJsonArray steps;
    for (const OperationStep &step : operation.steps)
        steps.append(toJson(step));
    QJsonObject json{{u"id"_s, operation.id},
                     {u"kind"_s, operation.kind},
                     {u"pipeline"_s, operation.pipeline},
                     {u"environment"_s, operation.environment},
                     {u"from"_s, operation.from},
                     {u"title"_s, operation.title},
                     {u"state"_s, toString(operation.state)},
                     {u"waitingFor"_s, operation.waitingFor},
                     {u"steps"_s, steps},
                     {u"step"_s, operation.step},
                     {u"intent"_s, operation.intent},
                     {u"by"_s, operation.by},
                     {u"requestedAt"_s, toIso(operation.requestedAt)},
                     {u"endedAt"_s, toIso(operation.endedAt)},
                     {u"undoable"_s, operation.undoable}};
    if (!operation.targets.isEmpty())
        json.insert(u"targets"_s, QJsonArray::fromStringList(operation.targets));
    if (!operation.reason.isEmpty())
        json.insert(u"reason"_s, operation.reason);
    if (!operation.overridden.isEmpty())
        json.insert(u"overridden"_s, QJsonArray::fromStringList(operation.overridden));
    if (!operation.wayBack.isEmpty()) {
        json.insert(u"wayBackText"_s, operation.wayBackText);
        json.insert(u"wayBack"_s, operation.wayBack);
    }
    if (operation.startsAt.isValid())
        json.insert(u"startsAt"_s, toIso(operation.startsAt));
    if (operation.error)
        json.insert(u"error"_s, operation.error->toJson());
    return json;
}

Operation operationFromJson(const QJsonObject &json)
{
    Operation operation;
    operation.id = json.value(u"id"_s).toString();
    operation.kind = json.value(u"kind"_s).toString();
    operation.pipeline = json.value(u"pipeline"_s).toString();
    operation.environment = json.value(u"environment"_s).toString();
    operation.from = json.value(u"from"_s).toString();
    operation.title = json.value(u"title"_s).toString();
    operation.state = operationStateFromString(json.value(u"state"_s).toString());
    operation.waitingFor = json.value(u"waitingFor"_s).toString();
    operation.startsAt = fromIso(json.value(u"startsAt"_s).toString());
    const QJsonArray steps = json.value(u"steps"_s).toArray();
    operation.steps.reserve(steps.size());
    for (const auto &step : steps)
        operation.steps.append(operationStepFromJson(step.toObject()));
    operation.step = json.value(u"step"_s).toInt();
    if (json.contains(u"error"_s))
        operation.error = Error::fromJson(json.value(u"error"_s).toObject());
    operation.intent = json.value(u"intent"_s).toObject();
    operation.by = json.value(u"by"_s).toString();
    operation.requestedAt = fromIso(json.value(u"requestedAt"_s).toString());
    operation.endedAt = fromIso(json.value(u"endedAt"_s).toString());
    operation.undoable = json.value(u"undoable"_s).toBool();
    operation.targets = stringsFromJson(json.value(u"targets"_s));
    operation.reason = json.value(u"reason"_s).toString();
    operation.overridden = stringsFromJson(json.value(u"overridden"_s));
    operation.wayBackText = json.value(u"wayBackText"_s).toString();
    operation.wayBack = json.value(u"wayBack"_s).toObject();
    return operation;
}

} // namespace Slipway
