// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/client/localprovider.h"

#include "models/domain/json.h"

#include <QDir>
#include <QJsonArray>

#include <utility>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

QJsonObject ticketed(const QString &call, const Ticket &ticket)
{
    return {{u"call"_s, call}, {u"ticket"_s, ticket.id}, {u"by"_s, ticket.by}};
}

QJsonObject about(const QString &call, const QString &pipeline, const QString &environment = {})
{
    QJsonObject request{{u"call"_s, call}, {u"pipeline"_s, pipeline}};
    if (!environment.isEmpty())
        request.insert(u"environment"_s, environment);
    return request;
}

RemotePipeline remotePipeline(const QJsonObject &json)
{
    RemotePipeline pipeline;
    pipeline.id = json.value(u"id"_s).toString();
    pipeline.name = json.value(u"name"_s).toString();
    pipeline.repository = json.value(u"repository"_s).toString();
    pipeline.mainBranch = json.value(u"mainBranch"_s).toString();
    pipeline.origin = json.value(u"origin"_s).toString();
    return pipeline;
}

} // namespace

LocalProvider::LocalProvider(const QString &home)
    : m_client(QDir(home).absolutePath())
{
    m_client.onChanged = [this](const QString &pipeline) {
        if (onChanged)
            onChanged(pipeline);
    };
}

LocalProvider::~LocalProvider()
{
    m_client.stop(); // resumes whoever still waits while this object is whole
}

void LocalProvider::stop(std::function<void()> drained)
{
    m_drained = std::move(drained);
    m_client.stop();
    if (m_running == 0 && m_drained)
        std::exchange(m_drained, nullptr)();
}

Capabilities LocalProvider::capabilities() const
{
    Capabilities can;
    can.clone = can.deployVersion = can.deployDirectory = can.promote = can.rollBack = true;
    can.suspend = can.restart = can.config = can.runtimeLogs = can.buildLogs = can.run = can.shutDown = true;
    can.setUp = can.dataSeed = can.dataCopy = can.cheapObserve = can.moreProduction = can.replaceData = true;
    return can;
}

Task<QJsonObject> LocalProvider::ask(QJsonObject request, DaemonClient::Options options)
{
    ++m_running;
    DaemonClient::Reply reply = m_client.send(std::move(request), std::move(options));
    const Result<QJsonObject> outcome = co_await reply;
    --m_running;
    if (m_running == 0 && m_drained) // after the callers that wait for this one were resumed
        QMetaObject::invokeMethod(&m_client, std::exchange(m_drained, nullptr), Qt::QueuedConnection);
    co_return outcome;
}

Task<void> LocalProvider::perform(QString call, Ticket ticket, QString pipeline, QString environment)
{
    QJsonObject request = ticketed(call, ticket);
    request.insert(u"pipeline"_s, pipeline);
    request.insert(u"environment"_s, environment);
    const DaemonClient::Options options;
    const auto answer = co_await ask(request, options);
    if (!answer)
        co_return tl::unexpected(answer.error());
    co_return Result<void>();
}

Task<Release> LocalProvider::release(QJsonObject request, Progress progress)
{
    DaemonClient::Options options;
    options.progress = std::move(progress);
    const auto answer = co_await ask(request, options);
    if (!answer)
        co_return tl::unexpected(answer.error());
    co_return releaseFromJson(answer->value(u"release"_s).toObject());
}

Task<QList<RemotePipeline>> LocalProvider::pipelines()
{
    const QJsonObject request{{u"call"_s, u"pipelines"_s}};
    const DaemonClient::Options options;
    const auto answer = co_await ask(request, options);
    if (!answer)
        co_return tl::unexpected(answer.error());
    QList<RemotePipeline> all;
    const QJsonArray list = answer->value(u"pipelines"_s).toArray();
    for (const auto &value : list)
        all.append(remotePipeline(value.toObject()));
    co_return all;
}

Task<Snapshot> LocalProvider::observe(QString pipeline, Snapshot, QStringList)
{
    const QJsonObject request = about(u"observe"_s, pipeline);
    const DaemonClient::Options options;
    const auto answer = co_await ask(request, options);
    if (!answer)
        co_return tl::unexpected(answer.error());
    co_return snapshotFromJson(answer->value(u"snapshot"_s).toObject());
}

Task<RemotePipeline> LocalProvider::setUpPipeline(Ticket ticket, QString name, QString repository)
{
    QJsonObject request = ticketed(u"setUp"_s, ticket);
    request.insert(u"name"_s, name);
    request.insert(u"repository"_s, repository);
    const DaemonClient::Options options;
    const auto answer = co_await ask(request, options);
    if (!answer)
        co_return tl::unexpected(answer.error());
    co_return remotePipeline(*answer);
}

Task<void> LocalProvider::removePipeline(Ticket ticket, QString pipeline)
{
    return perform(u"removePipeline"_s, ticket, pipeline, QString());
}

Task<void> LocalProvider::clone(Ticket ticket, CloneSpec spec, Progress)
{
    QJsonObject request = ticketed(u"clone"_s, ticket);
    request.insert(u"pipeline"_s, spec.pipeline);
    request.insert(u"from"_s, spec.from);
    request.insert(u"name"_s, spec.name);
    request.insert(u"data"_s, toString(spec.data));
    request.insert(u"stage"_s, toString(spec.stage));
    const DaemonClient::Options options;
    const auto answer = co_await ask(request, options);
    if (!answer)
        co_return tl::unexpected(answer.error());
    co_return Result<void>();
}

Task<Release> LocalProvider::deploy(Ticket ticket, DeploySpec spec, Progress progress)
{
    QJsonObject request = ticketed(u"deploy"_s, ticket);
    request.insert(u"pipeline"_s, spec.pipeline);
    request.insert(u"environment"_s, spec.environment);
    request.insert(u"version"_s, spec.version);
    request.insert(u"directory"_s, spec.directory);
    request.insert(u"archive"_s, spec.archive);
    request.insert(u"artifactOf"_s, spec.artifactOf);
    request.insert(u"artifact"_s, spec.artifact);
    request.insert(u"change"_s, toJson(spec.change));
    request.insert(u"note"_s, spec.note);
    return release(request, std::move(progress));
}

Task<Release> LocalProvider::rollBack(Ticket ticket, QString pipeline, QString environment, int number, bool withConfig,
                                      Progress progress)
{
    QJsonObject request = ticketed(u"rollBack"_s, ticket);
    request.insert(u"pipeline"_s, pipeline);
    request.insert(u"environment"_s, environment);
    request.insert(u"release"_s, number);
    request.insert(u"withConfig"_s, withConfig);
    return release(request, std::move(progress));
}

Task<void> LocalProvider::replaceData(Ticket ticket, QString pipeline, QString from, QString to, DataChoice data,
                                      Progress progress)
{
    QJsonObject request = ticketed(u"replaceData"_s, ticket);
    request.insert(u"pipeline"_s, pipeline);
    request.insert(u"environment"_s, to);
    request.insert(u"from"_s, from);
    request.insert(u"data"_s, toString(data));
    DaemonClient::Options options;
    options.progress = std::move(progress);
    const auto answer = co_await ask(request, options);
    if (!answer)
        co_return tl::unexpected(answer.error());
    co_return Result<void>();
}

Task<void> LocalProvider::suspend(Ticket ticket, QString pipeline, QString environment, bool)
{
    return perform(u"suspend"_s, ticket, pipeline, environment);
}

Task<void> LocalProvider::resume(Ticket ticket, QString pipeline, QString environment)
{
    return perform(u"resume"_s, ticket, pipeline, environment);
}

Task<void> LocalProvider::restart(Ticket ticket, QString pipeline, QString environment)
{
    return perform(u"restart"_s, ticket, pipeline, environment);
}

Task<void> LocalProvider::shutDown(Ticket ticket, QString pipeline, QString environment)
{
    return perform(u"shutDown"_s, ticket, pipeline, environment);
}

Task<QMap<QString, QString>> LocalProvider::config(QString pipeline, QString environment)
{
    const QJsonObject request = about(u"config"_s, pipeline, environment);
    const DaemonClient::Options options;
    const auto answer = co_await ask(request, options);
    if (!answer)
        co_return tl::unexpected(answer.error());
    QMap<QString, QString> values;
    const QJsonObject json = answer->value(u"values"_s).toObject();
    for (auto it = json.begin(); it != json.end(); ++it)
        values.insert(it.key(), it.value().toString());
    co_return values;
}

Task<void> LocalProvider::patchConfig(Ticket ticket, QString pipeline, QString environment, ConfigPatch patch)
{
    QJsonObject request = ticketed(u"patchConfig"_s, ticket);
    request.insert(u"pipeline"_s, pipeline);
    request.insert(u"environment"_s, environment);
    QJsonObject set;
    for (auto it = patch.set.cbegin(); it != patch.set.cend(); ++it)
        set.insert(it.key(), it.value());
    request.insert(u"set"_s, set);
    request.insert(u"unset"_s, QJsonArray::fromStringList(patch.unset));
    const DaemonClient::Options options;
    const auto answer = co_await ask(request, options);
    if (!answer)
        co_return tl::unexpected(answer.error());
    co_return Result<void>();
}

Task<LogPage> LocalProvider::logs(LogQuery query)
{
    QJsonObject request = about(u"logs"_s, query.pipeline, query.environment);
    request.insert(u"kind"_s, toString(query.kind));
    request.insert(u"cursor"_s, query.cursor);
    request.insert(u"limit"_s, query.limit);
    request.insert(u"wait"_s, query.wait);
    const DaemonClient::Options options;
    const auto answer = co_await ask(request, options);
    if (!answer)
        co_return tl::unexpected(answer.error());
    LogPage page;
    page.cursor = answer->value(u"cursor"_s).toString();
    const QJsonArray lines = answer->value(u"lines"_s).toArray();
    for (const auto &line : lines)
        page.lines.append(logLineFromJson(line.toObject()));
    co_return page;
}

Task<int> LocalProvider::run(QString pipeline, QString environment, QStringList command,
                             std::function<void(const QByteArray &, bool isError)> output)
{
    QJsonObject request = about(u"run"_s, pipeline, environment);
    request.insert(u"command"_s, QJsonArray::fromStringList(command));
    DaemonClient::Options options;
    options.output = std::move(output);
    options.repeat = false;
    const auto answer = co_await ask(request, options);
    if (!answer)
        co_return tl::unexpected(answer.error());
    co_return answer->value(u"status"_s).toInt();
}

Task<QList<Change>> LocalProvider::changes(QString pipeline, QList<Change>)
{
    const QJsonObject request = about(u"changes"_s, pipeline);
    const DaemonClient::Options options;
    const auto answer = co_await ask(request, options);
    if (!answer)
        co_return tl::unexpected(answer.error());
    QList<Change> all;
    const QJsonArray list = answer->value(u"changes"_s).toArray();
    for (const auto &value : list)
        all.append(changeFromJson(value.toObject()));
    co_return all;
}

Task<Comparison> LocalProvider::compare(QString pipeline, QString base, QString head, CommitRange range)
{
    QJsonObject request = about(u"compare"_s, pipeline);
    request.insert(u"base"_s, base);
    request.insert(u"head"_s, head);
    request.insert(u"skip"_s, range.skip);
    request.insert(u"most"_s, range.most);
    const DaemonClient::Options options;
    const auto answer = co_await ask(request, options);
    if (!answer)
        co_return tl::unexpected(answer.error());
    co_return comparisonFromJson(answer->value(u"comparison"_s).toObject());
}

Task<QString> LocalProvider::resolve(QString pipeline, QString ref)
{
    QJsonObject request = about(u"resolve"_s, pipeline);
    request.insert(u"ref"_s, ref);
    const DaemonClient::Options options;
    const auto answer = co_await ask(request, options);
    if (!answer)
        co_return tl::unexpected(answer.error());
    co_return answer->value(u"version"_s).toString();
}

Task<std::optional<QByteArray>> LocalProvider::file(QString pipeline, QString ref, QString path)
{
    QJsonObject request = about(u"file"_s, pipeline);
    request.insert(u"ref"_s, ref);
    request.insert(u"path"_s, path);
    const DaemonClient::Options options;
    const auto answer = co_await ask(request, options);
    if (!answer)
        co_return tl::unexpected(answer.error());
    std::optional<QByteArray> content;
    if (const QJsonValue text = answer->value(u"content"_s); text.isString())
        content = QByteArray::fromBase64(text.toString().toLatin1());
    co_return content;
}

Task<QString> LocalProvider::updateBranch(BranchUpdate update)
{
    QJsonObject request = about(u"updateBranch"_s, update.pipeline);
    request.insert(u"branch"_s, update.branch);
    request.insert(u"head"_s, update.head);
    request.insert(u"version"_s, update.version);
    request.insert(u"message"_s, update.message);
    const DaemonClient::Options options;
    const auto answer = co_await ask(request, options);
    if (!answer)
        co_return tl::unexpected(answer.error());
    co_return answer->value(u"version"_s).toString();
}

} // namespace Slipway
