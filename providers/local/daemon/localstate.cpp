// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/localstate.h"

#include "providers/local/daemon/statefile.h"

#include <QDir>
#include <QFile>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {


Error noPipeline(const QString &name)
{
    return Error(Error::Kind::NotFound, u"There is no pipeline “%1” on this machine."_s.arg(name),
                 u"Set it up from its repository first."_s);
}

} // namespace

LocalState::LocalState(const QString &home)
    : m_home(home)
{ }

QString LocalState::pipelineFolder(const QString &pipeline) const
{
    return root() + u"/pipelines/"_s + pipeline;
}

QString LocalState::environmentFolder(const QString &pipeline, const QString &name) const
{
    return pipelineFolder(pipeline) + u"/environments/"_s + name;
}

Result<void> LocalState::load()
{
    for (const QString &folder : {root() + u"/pipelines"_s, root() + u"/tickets"_s, m_home + u"/run"_s}) {
        if (const auto made = makeFolder(folder); !made)
            return made;
    }
    if (const auto key = loadKey(); !key)
        return key;
    const auto names = QDir(root() + u"/pipelines"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
    for (const QString &name : names) {
        if (const auto read = loadPipeline(name); !read && read.error().kind() != Error::Kind::NotFound) {
            m_pipelines.remove(name);
            m_environments.remove(name);
            m_problems.insert(name, read.error());
        }
    }
    return {};
}

Result<void> LocalState::loadKey()
{
    const auto hasher = ConfigHasher::open(root() + u"/config.key"_s);
    if (!hasher)
        return tl::unexpected(hasher.error());
    m_hasher = *hasher;
    return {};
}

Result<void> LocalState::loadPipeline(const QString &name)
{
    const auto json = readState(pipelineFolder(name) + u"/pipeline.json"_s);
    if (!json)
        return tl::unexpected(json.error());
    PipelineRecord record = PipelineRecord::fromJson(*json);
    record.name = name;
    const QDir folder(pipelineFolder(name) + u"/environments"_s);
    const auto names = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
    for (const QString &environment : names) {
        const auto state = readState(folder.filePath(environment + u"/environment.json"_s));
        if (!state && state.error().kind() == Error::Kind::NotFound)
            continue;
        if (!state)
            return tl::unexpected(state.error());
        if (const auto values = readState(folder.filePath(environment + u"/config.json"_s));
            !values && values.error().kind() != Error::Kind::NotFound)
            return tl::unexpected(values.error());
        EnvironmentRecord entry = EnvironmentRecord::fromJson(*state);
        entry.pipeline = name;
        entry.name = environment;
        m_environments[name].insert(environment, entry);
    }
    m_pipelines.insert(name, record);
    return {};
}

void LocalState::changed(const QString &pipeline) const
{
    if (onChanged)
        onChanged(pipeline);
}

QStringList LocalState::pipelines() const
{
    const QMutexLocker lock(&m_mutex);
    return m_pipelines.keys();
}

bool LocalState::isKnown(const QString &pipeline) const
{
    const QMutexLocker lock(&m_mutex);
    return m_pipelines.contains(pipeline) || m_problems.contains(pipeline);
}

Result<PipelineRecord> LocalState::pipeline(const QString &name) const
{
    const QMutexLocker lock(&m_mutex);
    if (m_problems.contains(name))
        return tl::unexpected(m_problems.value(name));
    const auto hit = m_pipelines.constFind(name);
    if (hit == m_pipelines.constEnd())
        return tl::unexpected(noPipeline(name));
    return *hit;
}

Result<void> LocalState::savePipeline(const PipelineRecord &record)
{
    {
        const QMutexLocker lock(&m_mutex);
        if (const auto made = makeFolder(pipelineFolder(record.name)); !made)
            return made;
        if (const auto written = writeState(pipelineFolder(record.name) + u"/pipeline.json"_s, record.toJson());
            !written)
            return written;
        m_pipelines.insert(record.name, record);
    }
    changed(record.name);
    return {};
}

void LocalState::forgetPipeline(const QString &name)
{
    {
        const QMutexLocker lock(&m_mutex);
        m_pipelines.remove(name);
        m_environments.remove(name);
        m_config.removeIf([&name](auto entry) { return entry.key().startsWith(name + u'/'); });
    }
    changed(name);
}

QList<EnvironmentRecord> LocalState::environments(const QString &pipeline) const
{
    const QMutexLocker lock(&m_mutex);
    return m_environments.value(pipeline).values();
}

Result<EnvironmentRecord> LocalState::environment(const QString &pipeline, const QString &name) const
{
    if (const auto known = this->pipeline(pipeline); !known)
        return tl::unexpected(known.error());
    const QMutexLocker lock(&m_mutex);
    const auto all = m_environments.value(pipeline);
    const auto hit = all.constFind(name);
    if (hit != all.constEnd())
        return *hit;
    return fail(Error::Kind::NotFound, u"There is no environment “%1” in “%2”."_s.arg(name, pipeline),
                all.isEmpty() ? u"This pipeline has no environments."_s
                              : u"There are: %1."_s.arg(QStringList(all.keys()).join(u", "_s)));
}

Result<void> LocalState::saveEnvironment(const EnvironmentRecord &record)
{
    {
        const QMutexLocker lock(&m_mutex);
        const QString folder = environmentFolder(record.pipeline, record.name);
        if (const auto made = makeFolder(folder); !made)
            return made;
        if (const auto written = writeState(folder + u"/environment.json"_s, record.toJson()); !written)
            return written;
        m_environments[record.pipeline].insert(record.name, record);
    }
    changed(record.pipeline);
    return {};
}

Result<EnvironmentRecord> LocalState::change(const QString &pipeline, const QString &name,
                                             const std::function<void(EnvironmentRecord &)> &edit)
{
    auto record = environment(pipeline, name);
    if (!record)
        return record;
    edit(*record);
    if (const auto saved = saveEnvironment(*record); !saved)
        return tl::unexpected(saved.error());
    return record;
}

void LocalState::forgetEnvironment(const QString &pipeline, const QString &name)
{
    {
        const QMutexLocker lock(&m_mutex);
        m_environments[pipeline].remove(name);
        m_config.remove(pipeline + u'/' + name);
    }
    changed(pipeline);
}

Result<ConfigValues> LocalState::config(const QString &pipeline, const QString &name) const
{
    const QString key = pipeline + u'/' + name;
    const QMutexLocker lock(&m_mutex);
    const auto hit = m_config.constFind(key);
    if (hit != m_config.constEnd())
        return *hit;
    const auto json = readState(environmentFolder(pipeline, name) + u"/config.json"_s);
    if (!json && json.error().kind() != Error::Kind::NotFound)
        return tl::unexpected(json.error());
    const ConfigValues values = json ? configFromJson(json->value(u"values"_s).toObject()) : ConfigValues();
    m_config.insert(key, values);
    return values;
}

Result<void> LocalState::saveConfig(const QString &pipeline, const QString &name, const ConfigValues &values)
{
    {
        const QMutexLocker lock(&m_mutex);
        const QJsonObject json{{u"values"_s, configToJson(values)}};
        if (const auto written = writeState(environmentFolder(pipeline, name) + u"/config.json"_s, json); !written)
            return written;
        m_config.insert(pipeline + u'/' + name, values);
    }
    changed(pipeline);
    return {};
}

QString LocalState::releaseConfigPath(const QString &pipeline, const QString &name, int number) const
{
    return u"%1/configs/v%2.json"_s.arg(environmentFolder(pipeline, name)).arg(number);
}

Result<ConfigValues> LocalState::releaseConfig(const QString &pipeline, const QString &name, int number) const
{
    const auto json = readState(releaseConfigPath(pipeline, name, number));
    if (!json)
        return tl::unexpected(json.error());
    return configFromJson(json->value(u"values"_s).toObject());
}

Result<void> LocalState::saveReleaseConfig(const QString &pipeline, const QString &name, int number,
                                           const ConfigValues &values) const
{
    if (const auto made = makeFolder(environmentFolder(pipeline, name) + u"/configs"_s); !made)
        return made;
    return writeState(releaseConfigPath(pipeline, name, number), {{u"values"_s, configToJson(values)}});
}

void LocalState::forgetReleaseConfig(const QString &pipeline, const QString &name, int number) const
{
    QFile::remove(releaseConfigPath(pipeline, name, number));
}

QHash<QString, QString> LocalState::configHashes(const QString &pipeline, const QString &name) const
{
    const auto values = config(pipeline, name);
    return values ? hashesOf(*values) : QHash<QString, QString>();
}

QHash<QString, QString> LocalState::hashesOf(const ConfigValues &values) const
{
    return m_hasher.hashes(values);
}

QSet<int> LocalState::takenPorts() const
{
    const QMutexLocker lock(&m_mutex);
    QSet<int> ports;
    for (const auto &environments : m_environments) {
        for (const EnvironmentRecord &record : environments)
            ports.insert(record.port);
    }
    return ports;
}

} // namespace Slipway
