// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/documents/documents.h"

#include "models/domain/json.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonValue orNull(const QUrl &url)
{
    return orNull(url.toString(QUrl::FullyEncoded));
}

QJsonValue orNull(const QDateTime &at)
{
    return orNull(at.isValid() ? toIso(at) : QString());
}

QJsonValue orNull(const std::optional<int> &number)
{
    return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Null);
}

QString releaseName(int number)
{
    return u'v' + QString::number(number);
}

QJsonValue changeDocument(const Change &change)
{
    if (change.isEmpty())
        return QJsonValue::Null;
    return QJsonObject{{u"title"_s, change.title},
                       {u"branch"_s, orNull(change.branch)},
                       {u"number"_s, orNull(change.number)},
                       {u"author"_s, orNull(change.author)},
                       {u"url"_s, orNull(change.url)}};
}

QJsonObject commitDocument(const Commit &commit)
{
    return {{u"id"_s, commit.id},
            {u"subject"_s, commit.subject},
            {u"author"_s, orNull(commit.author)},
            {u"at"_s, orNull(commit.at)},
            {u"change"_s, orNull(commit.change)},
            {u"number"_s, commit.number > 0 ? QJsonValue(commit.number) : QJsonValue()},
            {u"url"_s, orNull(commit.url)}};
}

QJsonArray commitDocuments(const QList<Commit> &commits)
{
    QJsonArray array;
    for (const Commit &commit : commits)
        array.append(commitDocument(commit));
    return array;
}

QJsonObject verdictDocument(const Verdict &verdict, const Card &card)
{
    const auto &release = card.environment.release;
    const bool artifact = release && !release->artifact.isEmpty() && verdict.version == release->artifact;
    return {{u"state"_s, toString(verdict.state)},
            {u"by"_s, orNull(verdict.by)},
            {u"note"_s, orNull(verdict.note)},
            {u"version"_s, orNull(artifact ? release->version : verdict.version)},
            {u"artifact"_s, orNull(artifact ? verdict.version : QString())},
            {u"at"_s, orNull(verdict.at)}};
}

QJsonObject releaseDocument(const Release &release)
{
    return {{u"release"_s, releaseName(release.number)},
            {u"version"_s, orNull(release.version)},
            {u"artifact"_s, orNull(release.artifact)},
            {u"artifact_label"_s, orNull(release.artifactLabel)},
            {u"uncommitted"_s, release.uncommitted},
            {u"change"_s, changeDocument(release.change)},
            {u"released_at"_s, orNull(release.at)},
            {u"by"_s, orNull(release.by)},
            {u"note"_s, orNull(release.note)}};
}

namespace {

QString differenceName(ConfigDifference::Kind kind)
{
    switch (kind) {
    case ConfigDifference::Kind::Missing:
        return u"missing"_s;
    case ConfigDifference::Kind::Different:
        return u"different"_s;
    case ConfigDifference::Kind::Extra:
        break;
    }
    return u"extra"_s;
}

} // namespace

QJsonObject errorDocument(const Error &error)
{
    return {{u"kind"_s, Error::kindName(error.kind())},
            {u"message"_s, error.message()},
            {u"remedy"_s, error.remedy()},
            {u"detail"_s, error.detail()}};
}

QJsonObject policyDocument(const Policy &policy)
{
    QJsonObject document;
    for (const PolicyKey &key : Policy::keys()) {
        document.insert(
            key.name,
            QJsonObject{{u"value"_s, policy.value(key.name)}, {u"source"_s, toString(policy.source(key.name))}});
    }
    return document;
}

QJsonObject preflightDocument(const Preflight &preflight)
{
    QJsonArray checks;
    for (const Check &check : preflight.checks) {
        if (check.id == u"merge" && check.result == CheckResult::Off)
            continue; // only where a pull request is merged on the way: the ten others are always there
        checks.append(QJsonObject{{u"id"_s, check.id},
                                  {u"result"_s, toString(check.result)},
                                  {u"text"_s, check.text},
                                  {u"detail"_s, orNull(check.detail)},
                                  {u"link"_s, orNull(check.link)}});
    }
    QJsonArray config; // keys alone: values are nobody's business here
    for (const ConfigDifference &difference : preflight.config) {
        config.append(QJsonObject{{u"key"_s, difference.key}, {u"difference"_s, differenceName(difference.kind)}});
    }
    return {{u"allowed"_s, preflight.allowed()},
            {u"needs_reason"_s, preflight.needsReason()},
            {u"from"_s, preflight.from},
            {u"to"_s, preflight.targets.value(0)},
            {u"targets"_s, QJsonArray::fromStringList(preflight.targets)},
            {u"title"_s, preflight.title},
            {u"checks"_s, checks},
            {u"changes"_s, QJsonArray::fromStringList(preflight.changes)},
            {u"commits"_s, commitDocuments(preflight.commits)},
            {u"not_included"_s, QJsonArray::fromStringList(preflight.notIncluded)},
            {u"config"_s, config},
            {u"way_back"_s, orNull(preflight.wayBack)}};
}

QJsonObject operationDocument(const Operation &operation)
{
    QJsonArray steps;
    for (const OperationStep &step : operation.steps) {
        steps.append(
            QJsonObject{{u"name"_s, step.name}, {u"state"_s, toString(step.state)}, {u"text"_s, orNull(step.text)}});
    }
    QJsonObject document{{u"id"_s, operation.id},
                         {u"kind"_s, operation.kind},
                         {u"state"_s, toString(operation.state)},
                         {u"steps"_s, steps},
                         {u"error"_s, QJsonValue::Null},
                         {u"pipeline"_s, operation.pipeline},
                         {u"environment"_s, orNull(operation.environment)},
                         {u"from"_s, orNull(operation.from)},
                         {u"title"_s, operation.title},
                         {u"by"_s, orNull(operation.by)},
                         {u"waiting_for"_s, orNull(operation.waitingFor)},
                         {u"requested_at"_s, orNull(operation.requestedAt)},
                         {u"ended_at"_s, orNull(operation.endedAt)},
                         {u"undoable"_s, operation.undoable},
                         {u"reason"_s, orNull(operation.reason)},
                         {u"overridden"_s, QJsonArray::fromStringList(operation.overridden)},
                         {u"targets"_s, QJsonArray::fromStringList(operation.targets)},
                         {u"way_back"_s, orNull(operation.wayBackText)}};
    if (operation.error)
        document.insert(u"error"_s, errorDocument(*operation.error));
    return document;
}

} // namespace Slipway::Cli
