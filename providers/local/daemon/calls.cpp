// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/daemon.h"

#include "models/domain/json.h"
#include "models/domain/pipeline.h"

#include <QJsonArray>

// The part of Daemon that turns requests into jobs.
namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

/// What the one who comes second is told.
QString wordsOf(const QString &call)
{
    static const QHash<QString, QString> words{
        {u"setUp"_s, u"being set up"_s},
        {u"removePipeline"_s, u"being removed"_s},
        {u"clone"_s, u"being made"_s},
        {u"deploy"_s, u"a deploy"_s},
        {u"rollBack"_s, u"a roll back"_s},
        {u"suspend"_s, u"being suspended"_s},
        {u"resume"_s, u"being resumed"_s},
        {u"restart"_s, u"a restart"_s},
        {u"shutDown"_s, u"being shut down"_s},
        {u"patchConfig"_s, u"a config change"_s},
        {u"replaceData"_s, u"getting other data"_s},
    };
    return words.value(call, call);
}

QString text(const QJsonObject &request, const char *key)
{
    return request.value(QLatin1String(key)).toString();
}

template<typename T, typename F> Result<QJsonObject> answerOf(const Result<T> &result, F json)
{
    return result ? Result<QJsonObject>(json(*result)) : tl::unexpected(result.error());
}

Result<QJsonObject> emptyAnswer(const Result<void> &result)
{
    return result ? Result<QJsonObject>(QJsonObject()) : tl::unexpected(result.error());
}

Deployer::Request deployRequest(const QJsonObject &json)
{
    Deployer::Request request;
    request.pipeline = text(json, "pipeline");
    request.environment = text(json, "environment");
    request.version = text(json, "version");
    request.directory = text(json, "directory");
    request.archive = text(json, "archive");
    request.artifactOf = text(json, "artifactOf");
    request.artifact = text(json, "artifact");
    request.change = changeFromJson(json.value(u"change"_s).toObject());
    request.note = text(json, "note");
    return request;
}

DataChoice dataChoice(const QString &word)
{
    return word == u"none" ? DataChoice::None : word == u"seed" ? DataChoice::Seed : DataChoice::Copy;
}

} // namespace

void Daemon::change(Connection &connection, int id, const QJsonObject &request)
{
    const auto job = jobOf(request);
    if (!job) {
        connection.answer(id, tl::unexpected(job.error()));
        return;
    }
    m_jobs->start(*job, {&connection, id});
}

Result<Jobs::Request> Daemon::jobOf(const QJsonObject &request)
{
    Jobs::Request job;
    job.call = text(request, "call");
    job.ticket = text(request, "ticket");
    job.by = text(request, "by");
    job.pipeline = text(request, job.call == u"setUp" ? "name" : "pipeline");
    job.environment = text(request, job.call == u"clone" ? "name" : "environment");
    job.words = wordsOf(job.call);
    // Names become folders: none that is not a name gets further than this.
    for (const QString &name : {job.pipeline, job.environment}) {
        const QString problem = name.isEmpty() ? QString() : nameProblem(name);
        if (!problem.isEmpty())
            return fail(Error::Kind::Invalid, problem, u"Choose another name."_s);
    }
    if (job.pipeline.isEmpty())
        return fail(Error::Kind::Invalid, u"The request names no pipeline."_s, u"Name one."_s);
    if (job.call != u"setUp" && job.call != u"removePipeline" && job.environment.isEmpty())
        return fail(Error::Kind::Invalid, u"The request names no environment."_s, u"Name one."_s);
    job.work = workOf(job.call, request);
    return job;
}

Daemon::Work Daemon::workOf(const QString &call, const QJsonObject &request)
{
    const QString pipeline = text(request, "pipeline");
    const QString environment = text(request, "environment");
    if (call == u"deploy")
        return [this, request](const JobContext &job) {
            return answerOf(m_deployer.deploy(deployRequest(request), job), releaseAnswer);
        };
    if (call == u"rollBack")
        return [this, pipeline, environment, number = request.value(u"release"_s).toInt(),
                withConfig = request.value(u"withConfig"_s).toBool()](const JobContext &job) {
            return answerOf(m_deployer.rollBack(pipeline, environment, number, withConfig, job), releaseAnswer);
        };
    if (call == u"patchConfig") {
        QStringList unset;
        const QJsonArray keys = request.value(u"unset"_s).toArray();
        for (const auto &key : keys)
            unset.append(key.toString());
        return [this, pipeline, environment, unset,
                set = configFromJson(request.value(u"set"_s).toObject())](const JobContext &job) {
            return answerOf(m_deployer.patchConfig(pipeline, environment, set, unset, job), releaseAnswer);
        };
    }
    if (call == u"setUp")
        return [this, name = text(request, "name"), repository = text(request, "repository")](const JobContext &job) {
            return answerOf(m_lifecycle.setUpPipeline(name, repository, job), pipelineAnswer);
        };
    if (call == u"clone")
        return [this, pipeline, from = text(request, "from"), name = text(request, "name"),
                data = dataChoice(text(request, "data")),
                stage = stageFromString(text(request, "stage")).value_or(Stage::Development)](const JobContext &job) {
            return emptyAnswer(m_lifecycle.clone(pipeline, from, name, data, stage, job));
        };
    if (call == u"replaceData")
        return [this, pipeline, environment, from = text(request, "from"),
                data = dataChoice(text(request, "data"))](const JobContext &job) {
            return emptyAnswer(m_lifecycle.replaceData(pipeline, from, environment, data, job));
        };
    return lifecycleWork(call, pipeline, environment);
}

Daemon::Work Daemon::lifecycleWork(const QString &call, const QString &pipeline, const QString &environment)
{
    return [this, call, pipeline, environment](const JobContext &job) {
        if (call == u"removePipeline")
            return emptyAnswer(m_lifecycle.removePipeline(pipeline));
        if (call == u"suspend")
            return emptyAnswer(m_lifecycle.suspend(pipeline, environment));
        if (call == u"resume")
            return emptyAnswer(m_lifecycle.resume(pipeline, environment, job));
        if (call == u"restart")
            return emptyAnswer(m_lifecycle.restart(pipeline, environment, job));
        return emptyAnswer(m_lifecycle.shutDown(pipeline, environment, job));
    };
}

} // namespace Slipway
