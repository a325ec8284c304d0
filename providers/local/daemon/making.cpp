// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/pipeline.h"
#include "providers/machine/filetree.h"
#include "providers/local/daemon/lifecycle.h"
#include "providers/local/daemon/ports.h"
#include "providers/local/daemon/statefile.h"
#include "providers/git/mirror.h"

#include <QUuid>

#include <utility>

// The part of Lifecycle that makes pipelines and environments.
namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestLabel = 63; ///< of one part of a host name

Result<void> checkName(const QString &name, const QString &what)
{
    const QString problem = nameProblem(name);
    if (!problem.isEmpty())
        return fail(Error::Kind::Invalid, problem, u"Choose another name for the %1."_s.arg(what));
    if (name.size() > kLongestLabel)
        return fail(Error::Kind::Invalid, u"“%1” is too long for an address."_s.arg(name), u"Choose a shorter name."_s);
    return {};
}

} // namespace

QString rewrittenValue(const QString &value, const EnvironmentRecord &from, const QString &fromData,
                       const EnvironmentRecord &to, const QString &toData)
{
    QString text = value;
    text.replace(fromData, toData);
    text.replace(QString::fromLatin1(hostOf(from)), QString::fromLatin1(hostOf(to)));
    for (const QString &host : {u"127.0.0.1:"_s, u"localhost:"_s, u"[::1]:"_s})
        text.replace(host + QString::number(from.port), host + QString::number(to.port));
    return text;
}

QString dataNote(DataChoice data, const QString &from)
{
    if (data == DataChoice::Copy)
        return u"copied from %1"_s.arg(from);
    return data == DataChoice::Seed ? u"seed data"_s : u"none"_s;
}

Result<EnvironmentRecord> Lifecycle::makeEnvironment(const QString &pipeline, const QString &name, Stage stage,
                                                     const JobContext &job, bool creating) const
{
    EnvironmentRecord record;
    record.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    record.pipeline = pipeline;
    record.name = name;
    record.stage = stage;
    record.createdAt = QDateTime::currentDateTimeUtc();
    record.stateSince = record.createdAt;
    record.ticket = job.ticket;
    record.creating = creating;
    record.dataNote = u"none"_s;
    const auto port = choosePort(m_state.home() + u'/' + record.key(), m_state.takenPorts());
    if (!port)
        return tl::unexpected(port.error());
    record.port = *port;
    if (const auto saved = m_state.saveEnvironment(record); !saved)
        return tl::unexpected(saved.error());
    return record;
}

Result<PipelineRecord> Lifecycle::setUpPipeline(const QString &name, const QString &repository,
                                                const JobContext &job) const
{
    if (const auto good = checkName(name, u"pipeline"_s); !good)
        return tl::unexpected(good.error());
    if (m_state.isKnown(name))
        return fail(Error::Kind::Conflict, u"There is a pipeline “%1” on this machine already."_s.arg(name),
                    u"Choose another name, or remove that pipeline first."_s);
    PipelineRecord record;
    record.name = name;
    record.repository = repository;
    record.createdAt = QDateTime::currentDateTimeUtc();
    record.ticket = job.ticket;
    record.creating = true;
    if (const auto saved = m_state.savePipeline(record); !saved)
        return tl::unexpected(saved.error());
    const auto made = [&]() -> Result<void> {
        job.progress(u"Copying the history of %1"_s.arg(repository));
        const auto mirror = Mirror::create(repository, m_state.pipelineFolder(name) + u"/mirror.git"_s, job.cancel);
        if (!mirror)
            return tl::unexpected(mirror.error());
        const auto main = mirror->mainBranch();
        if (!main)
            return tl::unexpected(main.error());
        record.mainBranch = *main;
        record.origin = mirror->origin();
        record.repository = mirror->source();
        for (const auto &[environment, stage] :
             {std::pair(u"production"_s, Stage::Production), std::pair(u"staging"_s, Stage::Staging)}) {
            const auto one = makeEnvironment(name, environment, stage, job, false);
            if (!one)
                return tl::unexpected(one.error());
            if (const auto folders = m_launcher.checkFolders(*one); !folders)
                return folders;
        }
        record.creating = false;
        return m_state.savePipeline(record);
    }();
    if (!made) {
        discardPipeline(name);
        return tl::unexpected(made.error());
    }
    return record;
}

Result<void> Lifecycle::clone(const QString &pipeline, const QString &from, const QString &name, DataChoice data,
                              Stage stage, const JobContext &job) const
{
    if (stage == Stage::Staging)
        return fail(Error::Kind::Invalid, u"A pipeline has one staging environment."_s,
                    u"Make “%1” a development or a production environment."_s.arg(name));
    const auto source = m_state.environment(pipeline, from);
    if (!source)
        return tl::unexpected(source.error());
    if (const auto good = checkName(name, u"environment"_s); !good)
        return good;
    if (m_state.environment(pipeline, name))
        return fail(Error::Kind::Conflict, u"“%1” has an environment “%2” already."_s.arg(pipeline, name),
                    u"Choose another name."_s);
    const auto record = makeEnvironment(pipeline, name, stage, job, true);
    if (!record)
        return tl::unexpected(record.error());
    auto made = copyConfig(*source, *record);
    if (made) {
        const auto plan = dataPlan(*source, m_launcher.dataFolder(*record), data);
        made = plan ? cloneData(*plan, job.cancel, job.progress) : tl::unexpected(plan.error());
    }
    if (made)
        made = m_launcher.checkFolders(*record);
    if (made) {
        const auto done = m_state.change(pipeline, name, [&](EnvironmentRecord &e) {
            e.creating = false;
            if (stage == Stage::Development)
                e.clonedFrom = source->current() ? u"%1 v%2"_s.arg(from).arg(source->current()->release.number) : from;
            e.dataNote = dataNote(data, from);
        });
        if (!done)
            made = tl::unexpected(done.error());
    }
    if (!made) {
        discard(*record);
        return made;
    }
    return {};
}

Result<void> Lifecycle::copyConfig(const EnvironmentRecord &from, const EnvironmentRecord &to) const
{
    const auto values = m_state.config(from.pipeline, from.name);
    if (!values)
        return tl::unexpected(values.error());
    ConfigValues copy;
    for (auto it = values->cbegin(); it != values->cend(); ++it)
        copy.insert(it.key(),
                    rewrittenValue(it.value(), from, m_launcher.dataFolder(from), to, m_launcher.dataFolder(to)));
    return m_state.saveConfig(to.pipeline, to.name, copy);
}

Result<DataPlan> Lifecycle::dataPlan(const EnvironmentRecord &from, const QString &folder, DataChoice data) const
{
    DataPlan plan;
    plan.choice = data;
    plan.from = m_launcher.dataFolder(from);
    plan.to = folder;
    if (const auto app = m_launcher.openCurrent(from)) {
        plan.release = app->directory;
        plan.recipes = app->manifest.data;
        plan.scrub = app->manifest.scrub;
        plan.variables = m_launcher.variables(*app, from.port);
    } else if (from.current()) {
        return tl::unexpected(app.error());
    }
    return plan;
}

} // namespace Slipway
