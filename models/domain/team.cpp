// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/team.h"

#include "models/domain/enumnames.h"
#include "models/domain/json.h"
#include "models/domain/textfield.h"

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr EnumNames<DeploymentState, 4> kDeploymentStates{{
    {DeploymentState::Running, "running"},
    {DeploymentState::Live, "live"},
    {DeploymentState::Failed, "failed"},
    {DeploymentState::Gone, "gone"},
}};

struct NoteWriter
{
    QJsonObject operator()(const VerdictNote &note) const
    {
        return {{u"kind"_s, u"verdict"_s},
                {u"version"_s, note.version},
                {u"number"_s, note.number ? QJsonValue(*note.number) : QJsonValue()},
                {u"environment"_s, note.environment},
                {u"address"_s, note.address.toString(QUrl::FullyEncoded)},
                {u"state"_s, toString(note.verdict.state)},
                {u"by"_s, note.verdict.by},
                {u"note"_s, note.verdict.note},
                {u"at"_s, toIso(note.verdict.at)}};
    }
    QJsonObject operator()(const DeploymentNote &note) const
    {
        return {{u"kind"_s, u"deployment"_s},
                {u"id"_s, note.id},
                {u"environment"_s, note.environment},
                {u"stage"_s, toString(note.stage)},
                {u"version"_s, note.version},
                {u"state"_s, enumName(kDeploymentStates, note.state)},
                {u"address"_s, note.address.toString(QUrl::FullyEncoded)},
                {u"text"_s, note.text}};
    }
};

VerdictNote verdictFrom(const QJsonObject &json)
{
    VerdictNote note;
    note.version = textField(json, u"version"_s);
    if (json.value(u"number"_s).isDouble())
        note.number = json.value(u"number"_s).toInt();
    note.environment = textField(json, u"environment"_s);
    note.address = QUrl(textField(json, u"address"_s), QUrl::StrictMode);
    note.verdict = Verdict{verdictStateFromString(textField(json, u"state"_s)), textField(json, u"by"_s),
                           textField(json, u"note"_s), note.version, fromIso(textField(json, u"at"_s))};
    return note;
}

DeploymentNote deploymentFrom(const QJsonObject &json)
{
    DeploymentNote note;
    note.id = textField(json, u"id"_s);
    note.environment = textField(json, u"environment"_s);
    note.stage = stageFromString(textField(json, u"stage"_s)).value_or(Stage::Development);
    note.version = textField(json, u"version"_s);
    note.state = enumValue(kDeploymentStates, textField(json, u"state"_s)).value_or(DeploymentState::Live);
    note.address = QUrl(textField(json, u"address"_s), QUrl::StrictMode);
    note.text = textField(json, u"text"_s);
    return note;
}

} // namespace

QJsonObject toJson(const TeamNote &note)
{
    return std::visit(NoteWriter(), note.what);
}

std::optional<TeamNote> teamNoteFromJson(const QJsonObject &json)
{
    const QString kind = textField(json, u"kind"_s);
    if (kind == u"verdict")
        return TeamNote{0, {}, verdictFrom(json)};
    if (kind == u"deployment")
        return TeamNote{0, {}, deploymentFrom(json)};
    return std::nullopt;
}

} // namespace Slipway
