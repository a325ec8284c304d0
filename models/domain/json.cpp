// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/json.h"
#include "models/domain/textfield.h"

#include <QJsonArray>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

/// Empty values are left out: they are the defaults, and most members of most values are empty.
void put(QJsonObject &json, const QString &key, const QString &value)
{
    if (!value.isEmpty())
        json.insert(key, value);
}

void put(QJsonObject &json, const QString &key, const QDateTime &value)
{
    if (value.isValid())
        json.insert(key, toIso(value));
}

void put(QJsonObject &json, const QString &key, const QUrl &value)
{
    if (!value.isEmpty())
        json.insert(key, value.toString(QUrl::FullyEncoded));
}

void put(QJsonObject &json, const QString &key, const std::optional<int> &value)
{
    if (value)
        json.insert(key, *value);
}

void put(QJsonObject &json, const QString &key, bool value)
{
    if (value)
        json.insert(key, true);
}

void put(QJsonObject &json, const QString &key, const QJsonObject &value)
{
    if (!value.isEmpty())
        json.insert(key, value);
}

template<typename T> void put(QJsonObject &json, const QString &key, const QList<T> &values)
{
    if (values.isEmpty())
        return;
    QJsonArray array;
    for (const T &value : values)
        array.append(toJson(value));
    json.insert(key, array);
}

QDateTime time(const QJsonObject &json, const QString &key)
{
    return fromIso(json.value(key).toString());
}

QUrl url(const QJsonObject &json, const QString &key)
{
    return QUrl(json.value(key).toString(), QUrl::StrictMode);
}

std::optional<int> number(const QJsonObject &json, const QString &key)
{
    const QJsonValue value = json.value(key);
    return value.isDouble() ? std::optional<int>(value.toInt()) : std::nullopt;
}

void put(QJsonObject &json, const QString &key, const QHash<QString, QString> &texts)
{
    QJsonObject object;
    for (auto it = texts.cbegin(); it != texts.cend(); ++it)
        object.insert(it.key(), it.value());
    put(json, key, object);
}

QHash<QString, QString> texts(const QJsonValue &value)
{
    QHash<QString, QString> texts;
    const QJsonObject object = value.toObject();
    texts.reserve(object.size());
    for (auto it = object.begin(); it != object.end(); ++it)
        texts.insert(it.key(), it.value().toString());
    return texts;
}

template<typename Read> auto list(const QJsonValue &value, Read read) -> QList<decltype(read(QJsonObject()))>
{
    QList<decltype(read(QJsonObject()))> values;
    const QJsonArray array = value.toArray();
    values.reserve(array.size());
    for (const auto &one : array)
        values.append(read(one.toObject()));
    return values;
}

} // namespace

QString toIso(const QDateTime &at)
{
    return at.isValid() ? at.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QDateTime fromIso(const QString &text)
{
    return text.isEmpty() ? QDateTime() : QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
}

QJsonObject toJson(const Change &change)
{
    QJsonObject json;
    put(json, u"title"_s, change.title);
    put(json, u"branch"_s, change.branch);
    put(json, u"number"_s, change.number);
    put(json, u"author"_s, change.author);
    put(json, u"url"_s, change.url);
    put(json, u"head"_s, change.head);
    put(json, u"updatedAt"_s, change.updatedAt);
    put(json, u"commitsAhead"_s, change.commitsAhead);
    put(json, u"commitsBehind"_s, change.commitsBehind);
    put(json, u"createdAt"_s, change.createdAt);
    put(json, u"base"_s, change.base);
    put(json, u"draft"_s, change.draft);
    put(json, u"conflicts"_s, change.conflicts);
    put(json, u"fork"_s, change.fork);
    if (change.review != ReviewDecision::None)
        put(json, u"review"_s, toString(change.review));
    if (!change.labels.isEmpty())
        json.insert(u"labels"_s, QJsonArray::fromStringList(change.labels));
    if (change.ci.state != CiState::Unknown)
        put(json, u"ci"_s, toJson(change.ci));
    return json;
}

Change changeFromJson(const QJsonObject &json)
{
    Change change;
    change.title = textField(json, u"title"_s);
    change.branch = textField(json, u"branch"_s);
    change.number = number(json, u"number"_s);
    change.author = textField(json, u"author"_s);
    change.url = url(json, u"url"_s);
    change.head = textField(json, u"head"_s);
    change.updatedAt = time(json, u"updatedAt"_s);
    change.commitsAhead = number(json, u"commitsAhead"_s);
    change.commitsBehind = number(json, u"commitsBehind"_s);
    change.createdAt = time(json, u"createdAt"_s);
    change.base = textField(json, u"base"_s);
    change.draft = json.value(u"draft"_s).toBool();
    change.conflicts = json.value(u"conflicts"_s).toBool();
    change.fork = json.value(u"fork"_s).toBool();
    change.review = reviewDecisionFromString(textField(json, u"review"_s));
    const QJsonArray labels = json.value(u"labels"_s).toArray();
    for (const auto &label : labels)
        change.labels.append(label.toString());
    if (json.contains(u"ci"_s))
        change.ci = ciFromJson(json.value(u"ci"_s).toObject());
    return change;
}

QJsonObject toJson(const Commit &commit)
{
    QJsonObject json;
    put(json, u"id"_s, commit.id);
    put(json, u"subject"_s, commit.subject);
    put(json, u"author"_s, commit.author);
    put(json, u"at"_s, commit.at);
    put(json, u"change"_s, commit.change);
    if (commit.number > 0)
        json.insert(u"number"_s, commit.number);
    put(json, u"url"_s, commit.url);
    return json;
}

Commit commitFromJson(const QJsonObject &json)
{
    return {textField(json, u"id"_s), textField(json, u"subject"_s), textField(json, u"author"_s),
            time(json, u"at"_s),      textField(json, u"change"_s),  json.value(u"number"_s).toInt(),
            url(json, u"url"_s)};
}

QJsonObject toJson(const Comparison &comparison)
{
    QJsonObject json{{u"base"_s, comparison.base},
                     {u"head"_s, comparison.head},
                     {u"ahead"_s, comparison.ahead},
                     {u"behind"_s, comparison.behind}};
    put(json, u"commits"_s, comparison.commits);
    put(json, u"missing"_s, comparison.missing);
    if (comparison.read != CommitRange().most)
        json.insert(u"read"_s, comparison.read);
    return json;
}

Comparison comparisonFromJson(const QJsonObject &json)
{
    return {textField(json, u"base"_s),
            textField(json, u"head"_s),
            json.value(u"ahead"_s).toInt(),
            json.value(u"behind"_s).toInt(),
            list(json.value(u"commits"_s), commitFromJson),
            list(json.value(u"missing"_s), commitFromJson),
            json.value(u"read"_s).toInt(CommitRange().most)};
}

QJsonObject toJson(const Release &release)
{
    QJsonObject json{{u"number"_s, release.number}};
    put(json, u"version"_s, release.version);
    put(json, u"artifact"_s, release.artifact);
    put(json, u"artifactLabel"_s, release.artifactLabel);
    put(json, u"uncommitted"_s, release.uncommitted);
    put(json, u"change"_s, toJson(release.change));
    put(json, u"at"_s, release.at);
    put(json, u"deployedAt"_s, release.deployedAt);
    put(json, u"by"_s, release.by);
    put(json, u"note"_s, release.note);
    put(json, u"config"_s, release.config);
    return json;
}

Release releaseFromJson(const QJsonObject &json)
{
    Release release;
    release.number = json.value(u"number"_s).toInt();
    release.version = textField(json, u"version"_s);
    release.artifact = textField(json, u"artifact"_s);
    release.artifactLabel = textField(json, u"artifactLabel"_s);
    release.uncommitted = json.value(u"uncommitted"_s).toBool();
    release.change = changeFromJson(json.value(u"change"_s).toObject());
    release.at = time(json, u"at"_s);
    release.deployedAt = time(json, u"deployedAt"_s);
    release.by = textField(json, u"by"_s);
    release.note = textField(json, u"note"_s);
    release.config = texts(json.value(u"config"_s));
    return release;
}

QJsonObject toJson(const Process &process)
{
    QJsonObject json{{u"type"_s, process.type}, {u"count"_s, process.count}, {u"state"_s, process.state}};
    if (process.restarts != 0)
        json.insert(u"restarts"_s, process.restarts);
    return json;
}

Process processFromJson(const QJsonObject &json)
{
    return {textField(json, u"type"_s), json.value(u"count"_s).toInt(1), textField(json, u"state"_s),
            json.value(u"restarts"_s).toInt()};
}

QJsonObject toJson(const CiStatus &ci)
{
    QJsonObject json;
    if (ci.state != CiState::None)
        json.insert(u"state"_s, toString(ci.state));
    put(json, u"url"_s, ci.url);
    put(json, u"passed"_s, ci.passed);
    put(json, u"failed"_s, ci.failed);
    return json;
}

CiStatus ciFromJson(const QJsonObject &json)
{
    CiStatus ci;
    if (json.contains(u"state"_s))
        ci.state = ciStateFromString(textField(json, u"state"_s));
    ci.url = url(json, u"url"_s);
    ci.passed = number(json, u"passed"_s);
    ci.failed = number(json, u"failed"_s);
    return ci;
}

QJsonObject toJson(const Environment &environment)
{
    QJsonObject json{{u"pipeline"_s, environment.pipeline},
                     {u"name"_s, environment.name},
                     {u"stage"_s, toString(environment.stage)},
                     {u"state"_s, toString(environment.state)}};
    put(json, u"provider"_s, environment.provider);
    put(json, u"stateText"_s, environment.stateText);
    put(json, u"stateSince"_s, environment.stateSince);
    put(json, u"address"_s, environment.address);
    put(json, u"directAddress"_s, environment.directAddress);
    if (environment.release)
        json.insert(u"release"_s, toJson(*environment.release));
    put(json, u"processes"_s, environment.processes);
    put(json, u"clonedFrom"_s, environment.clonedFrom);
    put(json, u"dataNote"_s, environment.dataNote);
    put(json, u"ci"_s, toJson(environment.ci));
    put(json, u"ahead"_s, environment.ahead);
    put(json, u"behind"_s, environment.behind);
    put(json, u"live"_s, environment.live);
    put(json, u"config"_s, environment.config);
    put(json, u"createdAt"_s, environment.createdAt);
    put(json, u"platform"_s, environment.platform);
    put(json, u"notPromotable"_s, environment.notPromotable);
    put(json, u"lastActiveAt"_s, environment.lastActiveAt);
    return json;
}

Environment environmentFromJson(const QJsonObject &json)
{
    Environment environment;
    environment.pipeline = textField(json, u"pipeline"_s);
    environment.name = textField(json, u"name"_s);
    environment.stage = stageFromString(textField(json, u"stage"_s)).value_or(Stage::Development);
    environment.provider = textField(json, u"provider"_s);
    environment.state = environmentStateFromString(textField(json, u"state"_s));
    environment.stateText = textField(json, u"stateText"_s);
    environment.stateSince = time(json, u"stateSince"_s);
    environment.address = url(json, u"address"_s);
    environment.directAddress = url(json, u"directAddress"_s);
    if (json.contains(u"release"_s))
        environment.release = releaseFromJson(json.value(u"release"_s).toObject());
    environment.processes = list(json.value(u"processes"_s), processFromJson);
    environment.clonedFrom = textField(json, u"clonedFrom"_s);
    environment.dataNote = textField(json, u"dataNote"_s);
    environment.platform = textField(json, u"platform"_s);
    environment.notPromotable = textField(json, u"notPromotable"_s);
    environment.ci = ciFromJson(json.value(u"ci"_s).toObject());
    environment.ahead = number(json, u"ahead"_s);
    environment.behind = number(json, u"behind"_s);
    environment.live = json.value(u"live"_s).toBool();
    environment.config = texts(json.value(u"config"_s));
    environment.createdAt = time(json, u"createdAt"_s);
    environment.lastActiveAt = time(json, u"lastActiveAt"_s);
    return environment;
}

QJsonObject toJson(const Snapshot &snapshot)
{
    QJsonObject json;
    put(json, u"pipeline"_s, snapshot.pipeline);
    put(json, u"account"_s, snapshot.account);
    put(json, u"asOf"_s, snapshot.asOf);
    put(json, u"environments"_s, snapshot.environments);
    QJsonObject releases;
    for (auto it = snapshot.releases.cbegin(); it != snapshot.releases.cend(); ++it) {
        QJsonArray array;
        for (const Release &release : it.value())
            array.append(toJson(release));
        releases.insert(it.key(), array); // also when empty: "no releases" is a fact, absence is not
    }
    put(json, u"releases"_s, releases);
    if (snapshot.changes) {
        QJsonArray array;
        for (const Change &change : *snapshot.changes)
            array.append(toJson(change));
        json.insert(u"changes"_s, array);
    }
    return json;
}

Snapshot snapshotFromJson(const QJsonObject &json)
{
    Snapshot snapshot;
    snapshot.pipeline = textField(json, u"pipeline"_s);
    snapshot.account = textField(json, u"account"_s);
    snapshot.asOf = time(json, u"asOf"_s);
    snapshot.environments = list(json.value(u"environments"_s), environmentFromJson);
    const QJsonObject releases = json.value(u"releases"_s).toObject();
    for (auto it = releases.begin(); it != releases.end(); ++it)
        snapshot.releases.insert(it.key(), list(it.value(), releaseFromJson));
    if (json.contains(u"changes"_s))
        snapshot.changes = list(json.value(u"changes"_s), changeFromJson);
    return snapshot;
}

QJsonObject toJson(const LogLine &line)
{
    QJsonObject json{{u"text"_s, line.text}};
    put(json, u"at"_s, line.at);
    put(json, u"process"_s, line.process);
    put(json, u"isError"_s, line.isError);
    return json;
}

LogLine logLineFromJson(const QJsonObject &json)
{
    return {time(json, u"at"_s), textField(json, u"process"_s), json.value(u"isError"_s).toBool(),
            textField(json, u"text"_s)};
}

} // namespace Slipway
