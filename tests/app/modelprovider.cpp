// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/modelprovider.h"

#include "models/domain/json.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Slipway {

int ModelProvider::killBefore = 0;
int ModelProvider::killAfter = 0;
QStringList ModelProvider::failing;
QStringList ModelProvider::losing;
QString ModelProvider::branchHead;
std::optional<int> ModelProvider::pullNumber;

namespace {

constexpr auto kMain = "a111111111111111111111111111111111111111";
constexpr auto kBranch = "b222222222222222222222222222222222222222";
constexpr auto kNewer = "b999999999999999999999999999999999999999"; // the branch, a commit later

Release releaseFor(const QString &version, const Change &change)
{
    Release release;
    release.version = version;
    release.artifact = u"artifact-of-"_s + version;
    release.change = change;
    release.at = QDateTime::currentDateTimeUtc();
    return release;
}

Change changeFor(const QString &version)
{
    Change change;
    change.head = version;
    change.branch = version == QLatin1StringView(kMain) ? u"main"_s : u"faster"_s;
    change.title = version == QLatin1StringView(kMain) ? u"Main"_s : u"Faster checkout"_s;
    return change;
}

} // namespace

QJsonObject ModelProvider::world(const QString &worldFile)
{
    QFile file(worldFile);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

QStringList ModelProvider::effects(const QString &worldFile)
{
    QStringList effects;
    const QJsonArray all = world(worldFile).value(u"effects"_s).toArray();
    for (const auto &one : all)
        effects.append(one.toString());
    return effects;
}

QStringList ModelProvider::ledger(const QString &worldFile)
{
    QStringList lines;
    const QJsonArray all = world(worldFile).value(u"ledger"_s).toArray();
    for (const auto &one : all)
        lines.append(one.toString());
    return lines;
}

ModelProvider::Environments ModelProvider::environments() const
{
    Environments environments;
    const QJsonObject all = world(m_file).value(u"environments"_s).toObject();
    for (auto one = all.begin(); one != all.end(); ++one)
        environments.insert(one.key(), environmentFromJson(one.value().toObject()));
    return environments;
}

Result<QJsonObject> ModelProvider::change(const Ticket &ticket, const QString &effect,
                                          const std::function<Result<QJsonObject>(Environments &)> &work)
{
    static int count = 0;
    QJsonObject world = ModelProvider::world(m_file);
    QJsonObject tickets = world.value(u"tickets"_s).toObject();
    if (tickets.contains(ticket.id)) {
        const QJsonObject answer = tickets.value(ticket.id).toObject();
        if (answer.contains(u"error"_s))
            return tl::unexpected(Error::fromJson(answer.value(u"error"_s).toObject()));
        return answer;
    }
    ++count;
    if (count == killBefore)
        ::_exit(9);
    const auto begins = [&effect](const QString &start) { return effect.startsWith(start); };
    Environments all = environments();
    Result<QJsonObject> answer = std::any_of(failing.cbegin(), failing.cend(), begins)
        ? Result<QJsonObject>(tl::unexpect, Error(Error::Kind::Failed, u"The model says no."_s))
        : work(all);
    if (answer) {
        QJsonArray effects = world.value(u"effects"_s).toArray();
        effects.append(effect);
        world.insert(u"effects"_s, effects);
        QJsonArray ledger = world.value(u"ledger"_s).toArray();
        ledger.append(ticket.id + u' ' + effect);
        world.insert(u"ledger"_s, ledger);
        QJsonObject kept;
        for (auto one = all.cbegin(); one != all.cend(); ++one)
            kept.insert(one.key(), toJson(one.value()));
        world.insert(u"environments"_s, kept);
    }
    tickets.insert(ticket.id, answer ? *answer : QJsonObject{{u"error"_s, answer.error().toJson()}});
    world.insert(u"tickets"_s, tickets);
    QSaveFile file(m_file);
    file.open(QIODevice::WriteOnly);
    file.write(QJsonDocument(world).toJson());
    file.commit();
    if (count == killAfter)
        ::_exit(9);
    if (answer && std::any_of(losing.cbegin(), losing.cend(), begins))
        return fail(Error::Kind::Network, u"The answer was lost."_s);
    return answer;
}

Task<QList<RemotePipeline>> ModelProvider::pipelines()
{
    co_return QList<RemotePipeline>();
}

Task<Snapshot> ModelProvider::observe(QString pipeline, Snapshot, QStringList)
{
    Snapshot snapshot;
    snapshot.pipeline = pipeline;
    snapshot.environments = environments().values();
    for (const Environment &environment : snapshot.environments) {
        if (environment.release) {
            Release first = *environment.release;
            first.number = 1;
            snapshot.releases[environment.name] = {*environment.release};
            if (environment.release->number > 1)
                snapshot.releases[environment.name].append(first);
        }
    }
    if (snapshot.environments.isEmpty())
        co_return Result<Snapshot>(tl::unexpect, Error(Error::Kind::NotFound, u"No such pipeline."_s));
    co_return Result<Snapshot>(snapshot);
}

Task<RemotePipeline> ModelProvider::setUpPipeline(Ticket ticket, QString name, QString repository)
{
    const auto done = change(ticket, u"setup "_s + name, [](Environments &all) -> Result<QJsonObject> {
        if (!all.isEmpty())
            return fail(Error::Kind::Conflict, u"There is one already."_s);
        for (const Stage stage : {Stage::Staging, Stage::Production}) {
            Environment environment;
            environment.name = toString(stage);
            environment.stage = stage;
            environment.state = EnvironmentState::Stopped;
            environment.createdAt = QDateTime::currentDateTimeUtc();
            all.insert(environment.name, environment);
        }
        return QJsonObject();
    });
    if (!done)
        co_return Result<RemotePipeline>(tl::unexpect, done.error());
    co_return Result<RemotePipeline>(RemotePipeline{name, name, repository, u"main"_s});
}

Task<void> ModelProvider::removePipeline(Ticket ticket, QString pipeline)
{
    const auto done = change(ticket, u"remove "_s + pipeline, [](Environments &all) -> Result<QJsonObject> {
        if (!all.isEmpty())
            return fail(Error::Kind::Conflict, u"There are environments left."_s);
        return QJsonObject();
    });
    co_return done ? Result<void>() : Result<void>(tl::unexpect, done.error());
}

Task<void> ModelProvider::clone(Ticket ticket, CloneSpec spec, Progress)
{
    const auto done = change(ticket, u"clone "_s + spec.name, [spec](Environments &all) -> Result<QJsonObject> {
        if (all.contains(spec.name))
            return fail(Error::Kind::Conflict, u"There is one already."_s);
        Environment environment = all.value(spec.from);
        environment.name = spec.name;
        environment.stage = spec.stage;
        environment.release.reset();
        environment.state = EnvironmentState::Stopped;
        all.insert(spec.name, environment);
        return QJsonObject();
    });
    co_return done ? Result<void>() : Result<void>(tl::unexpect, done.error());
}

Result<Release> ModelProvider::release(const Ticket &ticket, const QString &environment, const QString &effect,
                                       const std::function<Result<Release>(const Environments &)> &made)
{
    const auto done = change(ticket, effect, [&](Environments &all) -> Result<QJsonObject> {
        if (!all.contains(environment))
            return fail(Error::Kind::NotFound, u"There is no “%1”."_s.arg(environment));
        auto fresh = made(all);
        if (!fresh)
            return tl::unexpected(fresh.error());
        Environment &target = all[environment];
        fresh->number = (target.release ? target.release->number : 0) + 1;
        target.release = *fresh;
        target.state = EnvironmentState::Running;
        return QJsonObject{{u"release"_s, toJson(*fresh)}};
    });
    if (!done)
        return tl::unexpected(done.error());
    return releaseFromJson(done->value(u"release"_s).toObject());
}

Task<Release> ModelProvider::deploy(Ticket ticket, DeploySpec spec, Progress progress)
{
    progress(u"Building"_s);
    const auto made = [spec](const Environments &all) -> Result<Release> {
        if (spec.artifactOf.isEmpty())
            return releaseFor(spec.version, spec.change);
        const Release wanted = all.value(spec.artifactOf).release.value_or(Release());
        if (wanted.artifact != spec.artifact)
            return fail(Error::Kind::Conflict, u"It moved."_s);
        return wanted;
    };
    Result<Release> done = release(ticket, spec.environment, u"deploy "_s + spec.environment, made);
    co_return done;
}

Task<Release> ModelProvider::rollBack(Ticket ticket, QString, QString environment, int number, bool, Progress)
{
    const auto made = [environment, number](const Environments &all) -> Result<Release> {
        Release release = all.value(environment).release.value_or(Release());
        release.note = u"Rolled back to v%1"_s.arg(number);
        return release;
    };
    Result<Release> done = release(ticket, environment, u"rollback "_s + environment, made);
    co_return done;
}

Task<void> ModelProvider::replaceData(Ticket ticket, QString, QString from, QString to, DataChoice, Progress)
{
    const auto done = change(ticket, u"data "_s + to, [from, to](Environments &all) -> Result<QJsonObject> {
        all[to].dataNote = u"copied from "_s + from;
        return QJsonObject();
    });
    co_return done ? Result<void>() : Result<void>(tl::unexpect, done.error());
}

Result<void> ModelProvider::setState(const Ticket &ticket, const QString &environment, const QString &effect,
                                     EnvironmentState state)
{
    const auto done = change(ticket, effect + u' ' + environment, [&](Environments &all) -> Result<QJsonObject> {
        all[environment].state = state;
        return QJsonObject();
    });
    return done ? Result<void>() : Result<void>(tl::unexpect, done.error());
}

Task<void> ModelProvider::suspend(Ticket ticket, QString, QString environment, bool)
{
    co_return setState(ticket, environment, u"suspend"_s, EnvironmentState::Suspended);
}

Task<void> ModelProvider::resume(Ticket ticket, QString, QString environment)
{
    co_return setState(ticket, environment, u"resume"_s, EnvironmentState::Running);
}

Task<void> ModelProvider::restart(Ticket ticket, QString, QString environment)
{
    co_return setState(ticket, environment, u"restart"_s, EnvironmentState::Running);
}

Task<void> ModelProvider::shutDown(Ticket ticket, QString, QString environment)
{
    const auto done =
        change(ticket, u"shutdown "_s + environment, [environment](Environments &all) -> Result<QJsonObject> {
            all.remove(environment);
            return QJsonObject();
        });
    co_return done ? Result<void>() : Result<void>(tl::unexpect, done.error());
}

Task<QMap<QString, QString>> ModelProvider::config(QString, QString)
{
    co_return QMap<QString, QString>();
}

Task<void> ModelProvider::patchConfig(Ticket ticket, QString, QString environment, ConfigPatch patch)
{
    const QString effect = u"config %1 %2"_s.arg(environment, patch.set.value(u"KEY"_s));
    const auto done = change(ticket, effect, [](Environments &) -> Result<QJsonObject> { return QJsonObject(); });
    co_return done ? Result<void>() : Result<void>(tl::unexpect, done.error());
}

Task<LogPage> ModelProvider::logs(LogQuery)
{
    co_return LogPage();
}

Task<int> ModelProvider::run(QString, QString, QStringList, std::function<void(const QByteArray &, bool)>)
{
    co_return 0;
}

Task<QList<Change>> ModelProvider::changes(QString, QList<Change>)
{
    Change open = changeFor(branchHead.isEmpty() ? QString::fromLatin1(kBranch) : branchHead);
    open.number = pullNumber;
    co_return QList<Change>{open};
}

Task<Comparison> ModelProvider::compare(QString, QString base, QString head, CommitRange)
{
    Comparison comparison;
    comparison.base = base;
    comparison.head = head;
    comparison.ahead = base < head ? 1 : 0;
    comparison.behind = head < base ? 1 : 0;
    if (comparison.ahead > 0)
        comparison.commits = {Commit{head, u"Check out faster"_s, u"Ann"_s, {}, u"Faster checkout"_s}};
    co_return Result<Comparison>(comparison);
}

Task<QString> ModelProvider::resolve(QString, QString ref)
{
    if (ref == u"main")
        co_return Result<QString>(QString::fromLatin1(kMain));
    const bool pull = pullNumber && ref == u'#' + QString::number(*pullNumber);
    if (ref == u"faster" || pull)
        co_return Result<QString>(branchHead.isEmpty() ? QString::fromLatin1(kBranch) : branchHead);
    if (ref == u"newer")
        co_return Result<QString>(QString::fromLatin1(kNewer));
    co_return Result<QString>(tl::unexpect, Error(Error::Kind::NotFound, u"There is no “%1”."_s.arg(ref)));
}

Task<std::optional<QByteArray>> ModelProvider::file(QString, QString, QString path)
{
    const QJsonValue content = world(m_file).value(u"files"_s).toObject().value(path);
    std::optional<QByteArray> bytes;
    if (content.isString())
        bytes = content.toString().toUtf8();
    co_return Result<std::optional<QByteArray>>(bytes);
}

Task<QString> ModelProvider::updateBranch(BranchUpdate update)
{
    const QString merged = u"c"_s + update.head.mid(1);
    const Ticket once{u"merge-"_s + update.head + update.version, {}};
    const auto done =
        change(once, u"merge "_s + update.branch, [](Environments &) -> Result<QJsonObject> { return QJsonObject(); });
    co_return done ? Result<QString>(merged) : Result<QString>(tl::unexpect, done.error());
}

} // namespace Slipway
