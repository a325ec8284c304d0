// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/records.h"

#include "providers/circleci/fields.h"
#include "providers/circleci/phrases.h"

namespace Slipway::CircleCi {

using namespace Qt::StringLiterals;

namespace {

/// Projects of the GitHub App and of GitLab keep their git data elsewhere (source: circleci.md, "Pipelines").
QString revisionOf(Fields &fields)
{
    for (const QString &place :
         {u"vcs.revision"_s, u"trigger_parameters.git.checkout_sha"_s, u"trigger_parameters.github_app.checkout_sha"_s,
          u"trigger_parameters.gitlab.checkout_sha"_s}) {
        const QString revision = fields.maybeText(place);
        if (!revision.isEmpty())
            return revision.toLower();
    }
    return {};
}

QStringList errorsOf(const QJsonObject &entry)
{
    constexpr int kMost = 5;
    QStringList all;
    const QJsonArray errors = entry.value(u"errors"_s).toArray();
    for (const auto &error : errors) {
        const QString words = oneLine(error.toObject().value(u"message"_s).toString());
        if (!words.isEmpty() && all.size() < kMost)
            all.append(words);
    }
    return all;
}

Result<PipelineRecord> pipelineFrom(const QJsonObject &entry)
{
    Fields fields(entry, Phrases::tr("a pipeline"));
    PipelineRecord record;
    record.id = fields.text(u"id"_s);
    record.slug = fields.maybeText(u"project_slug"_s);
    record.number = fields.maybeNumber(u"number"_s);
    record.state = fields.maybeText(u"state"_s);
    record.revision = revisionOf(fields);
    record.errors = errorsOf(entry);
    return fields.take(record);
}

Result<JobRecord> jobFrom(const QJsonObject &entry)
{
    Fields fields(entry, Phrases::tr("a job"));
    JobRecord record;
    record.id = fields.text(u"id"_s);
    record.name = fields.label(u"name"_s);
    record.status = fields.maybeText(u"status"_s);
    record.approval = fields.maybeText(u"type"_s) == u"approval";
    record.number = fields.maybeNumber(u"job_number"_s);
    record.approvalRequest = fields.maybeText(u"approval_request_id"_s);
    record.startedAt = fields.maybeTime(u"started_at"_s);
    record.stoppedAt = fields.maybeTime(u"stopped_at"_s);
    if (record.name.isEmpty())
        record.name = oneLine(record.id);
    return fields.take(record);
}

template<typename T> Result<QList<T>> eachOf(const QJsonArray &entries, Result<T> (*read)(const QJsonObject &))
{
    QList<T> all;
    for (const auto &entry : entries) {
        const Result<T> one = read(entry.toObject());
        if (!one)
            return tl::unexpected(one.error());
        all.append(*one);
    }
    return all;
}

} // namespace

Result<WorkflowRecord> workflowFrom(const QJsonObject &entry)
{
    Fields fields(entry, Phrases::tr("a workflow"));
    WorkflowRecord record;
    record.id = fields.text(u"id"_s);
    record.name = fields.label(u"name"_s);
    record.status = fields.maybeText(u"status"_s);
    record.slug = fields.maybeText(u"project_slug"_s);
    record.pipeline = fields.maybeText(u"pipeline_id"_s);
    record.pipelineNumber = fields.maybeNumber(u"pipeline_number"_s);
    record.setup = fields.maybeText(u"tag"_s) == u"setup";
    record.createdAt = fields.maybeTime(u"created_at"_s);
    if (record.name.isEmpty())
        record.name = oneLine(record.id);
    return fields.take(record);
}

Result<QList<PipelineRecord>> pipelinesFrom(const QJsonArray &entries)
{
    return eachOf<PipelineRecord>(entries, pipelineFrom);
}

Result<QList<WorkflowRecord>> workflowsFrom(const QJsonArray &entries)
{
    return eachOf<WorkflowRecord>(entries, workflowFrom);
}

Result<QList<JobRecord>> jobsFrom(const QJsonArray &entries)
{
    return eachOf<JobRecord>(entries, jobFrom);
}

QList<TestRecord> testsFrom(const QJsonArray &entries)
{
    QList<TestRecord> all;
    for (const auto &entry : entries) {
        const QJsonObject test = entry.toObject();
        const QString result = test.value(u"result"_s).toString();
        TestRecord record;
        record.name = oneLine(test.value(u"name"_s).toString());
        record.classname = oneLine(test.value(u"classname"_s).toString());
        record.failed = result == u"failure" || result == u"failed" || result == u"error";
        if (!record.name.isEmpty())
            all.append(record);
    }
    return all;
}

QList<TestRecord> flakyTestsFrom(const QJsonObject &answer)
{
    const auto either = [](const QJsonObject &object, const QString &name) {
        const QJsonValue value = object.value(name);
        return value.isUndefined() ? object.value(QString(name).replace(u'_', u'-')) : value;
    };
    QList<TestRecord> all;
    const QJsonArray entries = either(answer, u"flaky_tests"_s).toArray();
    for (const auto &entry : entries) {
        const QJsonObject test = entry.toObject();
        TestRecord record;
        record.name = oneLine(either(test, u"test_name"_s).toString());
        record.classname = oneLine(test.value(u"classname"_s).toString());
        if (!record.name.isEmpty())
            all.append(record);
    }
    return all;
}

} // namespace Slipway::CircleCi
