// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/code.h"

#include "app/operations/observation.h"
#include "models/domain/json.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

constexpr int kShortVersion = 7;

/// Under one key, so that the next choice of code replaces all of this one.
QJsonObject asFacts(const QJsonObject &code)
{
    return QJsonObject{{u"code"_s, code}};
}

Result<QJsonObject> directoryFacts(const QString &directory)
{
    const QFileInfo info(directory);
    if (!info.isAbsolute() || !info.isDir()) {
        return fail(Error::Kind::Invalid, QObject::tr("“%1” is not a folder on this machine.").arg(directory),
                    QObject::tr("Name the folder that holds the application."));
    }
    Change change;
    change.title = QObject::tr("Working copy %1").arg(info.fileName());
    return asFacts(QJsonObject{{u"directory"_s, directory}, {u"change"_s, toJson(change)}});
}

/// What the environment runs now.
Task<QJsonObject> runningFacts(StepContext c, QString source)
{
    const QStringList one{source};
    const auto snapshot = co_await observeEnvironments(c, one, false);
    if (!snapshot)
        co_return Result<QJsonObject>(tl::unexpect, snapshot.error());
    Result<QJsonObject> facts = whatRuns(*snapshot, c.pipeline.name, source);
    co_return facts;
}

/// What a commit is called when no open change says it.
Task<QString> titleOf(StepContext c, QString version)
{
    const std::function<Task<QString>(SourceProvider &)> work =
        [id = sourceOf(c.pipeline).id, version](SourceProvider &source) { return source.title(id, version); };
    const auto title = co_await onSource<QString>(c, work);
    co_return Result<QString>(title && !title->isEmpty() ? *title : version.left(kShortVersion));
}

/// Whether the environment runs exactly that artifact, and does run. No facts.
Result<QJsonObject> runs(const Environment &target, const QString &artifact)
{
    const QString found = target.release ? target.release->artifact : QString();
    if (found != artifact) {
        return fail(Error::Kind::Conflict,
                    QObject::tr("“%1” runs another artifact than the one that was released.").arg(target.id()),
                    QObject::tr("Somebody deployed to it meanwhile: look at its releases before you go on."),
                    QObject::tr("released: %1\nfound: %2").arg(artifact, found));
    }
    if (target.state != EnvironmentState::Running) {
        return fail(Error::Kind::Failed, QObject::tr("“%1” has the new release but does not run.").arg(target.id()),
                    QObject::tr("Look at its log."), target.stateText);
    }
    return QJsonObject();
}

/// What is to be built as one file, for providers that want it so; empty: nothing is to be packed.
Task<QString> packCode(StepContext c, DeploySpec spec)
{
    if (!spec.artifactOf.isEmpty())
        co_return Result<QString>(QString());
    const std::function<Task<Capabilities>(DeployProvider &)> ask = [](DeployProvider &deploys) {
        return ended(Result<Capabilities>(deploys.capabilities()));
    };
    const auto can = co_await onDeploys<Capabilities>(c, ask);
    if (!can)
        co_return Result<QString>(tl::unexpect, can.error());
    const bool elsewhere = spec.directory.isEmpty() && sourceOf(c.pipeline).account != c.pipeline.deploysAccount;
    if (!can->wantsArchive && !elsewhere)
        co_return Result<QString>(QString());
    const QString folder = c.home + u"/packed"_s;
    const QString file = folder + u'/' + c.ticket.id + u".tar.gz"_s;
    QDir().mkpath(folder);
    QFile::remove(file); // of a process that was killed meanwhile
    if (c.progress)
        c.progress(QObject::tr("Packing the source"));
    if (!spec.directory.isEmpty())
        c.pipeline.source = RemoteProject{QString(kGitAccount), spec.directory}; // a working copy here, as it is
    const QString id = sourceOf(c.pipeline).id;
    const std::function<Task<void>(SourceProvider &)> pack =
        [id, version = spec.version, file](SourceProvider &source) { return source.archive(id, version, file); };
    const auto done = co_await onSource<void>(c, pack);
    if (!done)
        co_return Result<QString>(tl::unexpect, done.error());
    co_return Result<QString>(file);
}

bool means(const Change &change, const QString &ref)
{
    return !ref.isEmpty() && (change.branch == ref || change.ref() == ref || change.head == ref);
}

} // namespace

Result<QJsonObject> whatRuns(const Snapshot &snapshot, const QString &pipeline, const QString &source)
{
    const QString id = pipeline + u'/' + source;
    const Environment *environment = snapshot.environment(source);
    if (!environment) {
        return fail(Error::Kind::NotFound, QObject::tr("There is no environment “%1”.").arg(id),
                    QObject::tr("It may have been shut down meanwhile."));
    }
    if (!environment->release) {
        return fail(Error::Kind::Conflict, QObject::tr("“%1” has no release yet.").arg(id),
                    QObject::tr("Deploy something to it first, or choose the code to deploy."));
    }
    const Release &release = *environment->release;
    return asFacts(QJsonObject{{u"from"_s, source},
                               {u"artifact"_s, release.artifact},
                               {u"version"_s, release.version},
                               {u"change"_s, toJson(release.change)}});
}

Task<QJsonObject> findCode(StepContext c, CodeChoice code, QString source)
{
    if (!code.directory.isEmpty())
        co_return directoryFacts(code.directory);
    if (code.isEmpty()) {
        Result<QJsonObject> running = co_await runningFacts(c, source);
        co_return running;
    }
    const QString ref = code.change.isEmpty() ? code.version : code.change;
    const QString id = sourceOf(c.pipeline).id;
    const std::function<Task<QString>(SourceProvider &)> resolve = [id, ref](SourceProvider &provider) {
        return provider.resolve(id, ref);
    };
    const auto version = co_await onSource<QString>(c, resolve);
    if (!version)
        co_return Result<QJsonObject>(tl::unexpect, version.error());
    const std::function<Task<QList<Change>>(SourceProvider &)> list =
        [id, known = c.cache->changes(c.pipeline.name)](SourceProvider &provider) {
            return provider.changes(id, known);
        };
    const auto changes = co_await onSource<QList<Change>>(c, list);
    Change change;
    for (const Change &open : changes.value_or(QList<Change>())) {
        if (open.head == *version && (change.isEmpty() || means(open, ref)))
            change = open;
    }
    if (change.title.isEmpty()) {
        const auto title = co_await titleOf(c, *version);
        change.title = title.value_or(ref);
        change.head = *version;
    }
    const QJsonObject found{{u"version"_s, *version}, {u"change"_s, toJson(change)}};
    co_return Result<QJsonObject>(asFacts(found));
}

Task<QJsonObject> deployFound(StepContext c, QString environment, QString note)
{
    const QJsonObject code = c.facts.value(u"code"_s).toObject();
    DeploySpec spec;
    spec.pipeline = c.pipeline.deploysId;
    spec.environment = environment;
    spec.directory = code.value(u"directory"_s).toString();
    spec.artifactOf = code.value(u"from"_s).toString();
    if (!spec.artifactOf.isEmpty())
        spec.artifact = code.value(u"artifact"_s).toString();
    else if (spec.directory.isEmpty())
        spec.version = code.value(u"version"_s).toString();
    spec.change = changeFromJson(code.value(u"change"_s).toObject());
    spec.note = note;
    const auto packed = co_await packCode(c, spec);
    if (!packed)
        co_return Result<QJsonObject>(tl::unexpect, packed.error());
    spec.archive = *packed;
    const std::function<Task<Release>(DeployProvider &)> work = [spec, ticket = c.ticket,
                                                                 progress = c.progress](DeployProvider &deploys) {
        return deploys.deploy(ticket, spec, progress);
    };
    const auto release = co_await onDeploys<Release>(c, work);
    if (!spec.archive.isEmpty())
        QFile::remove(spec.archive);
    if (!release)
        co_return Result<QJsonObject>(tl::unexpect, release.error());
    co_return Result<QJsonObject>(QJsonObject{{u"release"_s, toJson(*release)}});
}

Task<QJsonObject> makeReview(StepContext c)
{
    const QJsonObject code = c.facts.value(u"code"_s).toObject();
    const Change change = changeFromJson(code.value(u"change"_s).toObject());
    DeploySpec source;
    source.version = code.value(u"version"_s).toString();
    const auto packed = co_await packCode(c, source);
    if (!packed)
        co_return Result<QJsonObject>(tl::unexpect, packed.error());
    ReviewSpec spec{c.pipeline.deploysId, change.branch, change.number, source.version, *packed};
    if (spec.branch.isEmpty())
        spec.branch = change.title;
    const std::function<Task<QString>(DeployProvider &)> work = [spec, ticket = c.ticket,
                                                                 progress = c.progress](DeployProvider &deploys) {
        return deploys.makeReview(ticket, spec, progress);
    };
    const auto name = co_await onDeploys<QString>(c, work);
    if (!packed->isEmpty())
        QFile::remove(*packed);
    if (!name)
        co_return Result<QJsonObject>(tl::unexpect, name.error());
    const auto seen = co_await observePipeline(c, false);
    if (!seen)
        co_return Result<QJsonObject>(tl::unexpect, seen.error());
    co_return Result<QJsonObject>(QJsonObject{{u"review"_s, *name}});
}

Task<QJsonObject> assertIdentical(StepContext c, QString environment)
{
    const QString wanted = c.facts.value(u"code"_s).toObject().value(u"artifact"_s).toString();
    const auto target = co_await observeEnvironment(c, environment);
    if (!target)
        co_return Result<QJsonObject>(tl::unexpect, target.error());
    co_return runs(*target, wanted);
}

Task<QJsonObject> assertSameAs(StepContext c, QString source, QString environment)
{
    const auto model = co_await observeEnvironment(c, source);
    if (!model)
        co_return Result<QJsonObject>(tl::unexpect, model.error());
    const auto target = co_await observeEnvironment(c, environment);
    if (!target)
        co_return Result<QJsonObject>(tl::unexpect, target.error());
    co_return runs(*target, model->release ? model->release->artifact : QString());
}

Task<QJsonObject> releaseArtifactOf(StepContext c, QString source, QString environment, QString note)
{
    const auto code = co_await findCode(c, CodeChoice(), source);
    if (!code)
        co_return Result<QJsonObject>(tl::unexpect, code.error());
    c.facts = *code;
    Result<QJsonObject> released = co_await deployFound(c, environment, note);
    co_return released;
}

} // namespace Slipway
