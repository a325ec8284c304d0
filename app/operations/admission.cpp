// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/admission.h"

#include "app/preflight/moves.h"
#include "app/preflight/preflightcheck.h"

#include <QCoreApplication>
#include <QDir>

#include <array>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

struct AdmissionTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Admission)
};

QString namesOf(const BoardReader &reader, const QString &pipeline)
{
    QStringList names;
    const QList<Environment> environments = reader.cache().environments(pipeline);
    for (const Environment &environment : environments)
        names.append(environment.name);
    return names.join(u", "_s);
}

Result<Pipeline> writable(const BoardReader &reader, const QString &name)
{
    const auto pipeline = reader.store().pipeline(name);
    if (!pipeline) {
        return fail(Error::Kind::NotFound, AdmissionTr::tr("There is no pipeline “%1”.").arg(name),
                    AdmissionTr::tr("`slipwayctl pipeline list` shows the ones there are."));
    }
    if (pipeline->readOnly)
        return fail(Error::Kind::Blocked, AdmissionTr::tr("“%1” is open read-only.").arg(name));
    return *pipeline;
}

Result<Environment> existing(const BoardReader &reader, const QString &pipeline, const QString &name)
{
    if (const auto known = writable(reader, pipeline); !known)
        return tl::unexpected(known.error());
    if (const auto environment = reader.cache().environment(pipeline + u'/' + name))
        return *environment;
    return fail(Error::Kind::NotFound, AdmissionTr::tr("There is no environment “%1/%2”.").arg(pipeline, name),
                AdmissionTr::tr("There are: %1.").arg(namesOf(reader, pipeline)));
}

Result<QString> nameAt(const BoardReader &reader, const QString &pipeline, Stage stage)
{
    if (const auto environment = reader.environmentAt(pipeline, stage))
        return environment->name;
    return fail(Error::Kind::NotFound,
                stage == Stage::Staging ? AdmissionTr::tr("“%1” has no staging environment.").arg(pipeline)
                                        : AdmissionTr::tr("“%1” has no production environment.").arg(pipeline),
                AdmissionTr::tr("Refresh the board and look again."));
}

constexpr int kMostProcesses = 100; ///< of one type (source: Heroku Dev Center, "Scaling")

Result<void> goodCode(const CodeChoice &code, bool mayBeEmpty)
{
    const int given = int(!code.change.isEmpty()) + int(!code.version.isEmpty()) + int(!code.directory.isEmpty());
    if (given > 1 || (given == 0 && !mayBeEmpty)) {
        return fail(Error::Kind::Invalid, AdmissionTr::tr("It is not clear which code to deploy."),
                    AdmissionTr::tr("Name a change, a version or a folder: one of them."));
    }
    if (!code.directory.isEmpty() && !QDir(code.directory).exists()) {
        return fail(Error::Kind::Invalid, AdmissionTr::tr("“%1” is not a folder on this machine.").arg(code.directory),
                    AdmissionTr::tr("Name the folder that holds the application."));
    }
    return {};
}

Result<void> freeName(const BoardReader &reader, const QString &pipeline, const QString &name)
{
    if (const QString problem = nameProblem(name); !problem.isEmpty())
        return fail(Error::Kind::Invalid, problem);
    if (!reader.cache().environment(pipeline + u'/' + name))
        return {};
    return fail(Error::Kind::Conflict, AdmissionTr::tr("“%1” has an environment “%2” already.").arg(pipeline, name),
                AdmissionTr::tr("Choose another name: “%1” is free.").arg(reader.nextFreeName(pipeline)));
}

class Admission
{
public:
    explicit Admission(const BoardReader &reader)
        : m_reader(reader)
    { }

    Result<Intent> operator()(CloneIntent i) const
    {
        if (const auto known = writable(m_reader, i.pipeline); !known)
            return tl::unexpected(known.error());
        if (i.from.isEmpty()) {
            const Stage stage = i.stage == Stage::Production ? Stage::Production : Stage::Staging;
            const auto source = nameAt(m_reader, i.pipeline, stage);
            if (!source)
                return tl::unexpected(source.error());
            i.from = *source;
        }
        const auto source = existing(m_reader, i.pipeline, i.from);
        if (!source)
            return tl::unexpected(source.error());
        if (i.stage == Stage::Production && (source->stage != Stage::Production || !i.code.isEmpty())) {
            return fail(Error::Kind::Blocked,
                        AdmissionTr::tr("“%1” would run in production what was not on staging.").arg(i.name),
                        AdmissionTr::tr("Clone production as it is; then promote staging to both."));
        }
        if (i.name.isEmpty())
            i.name = m_reader.nextFreeName(i.pipeline);
        if (const auto free = freeName(m_reader, i.pipeline, i.name); !free)
            return tl::unexpected(free.error());
        if (const auto good = goodCode(i.code, true); !good)
            return tl::unexpected(good.error());
        return i;
    }
    Result<Intent> operator()(const DeployIntent &i) const
    {
        if (const auto good = goodCode(i.code, false); !good)
            return tl::unexpected(good.error());
        return ifThere(i.pipeline, i.environment, i);
    }
    Result<Intent> operator()(PromoteIntent i) const
    {
        const auto source = existing(m_reader, i.pipeline, i.from);
        if (!source)
            return tl::unexpected(source.error());
        if (i.to.isEmpty()) {
            const auto card = m_reader.card(i.pipeline + u'/' + i.from);
            const auto targets = nextTargets(m_reader, card.value_or(Card()));
            if (!targets)
                return tl::unexpected(targets.error());
            i.to = targets->constFirst();
            i.alsoTo = targets->mid(1);
        }
        if (i.shutDownAfter && source->stage != Stage::Development) {
            return fail(Error::Kind::Invalid,
                        AdmissionTr::tr("“%1” is not a dev environment: it is not shut down.").arg(i.from),
                        AdmissionTr::tr("Promote it and let it run."));
        }
        i.merge = mergeFor(m_reader, i, *source);
        return i;
    }
    Result<Intent> operator()(RollBackIntent i) const
    {
        const auto known = existing(m_reader, i.pipeline, i.environment);
        if (!known)
            return tl::unexpected(known.error());
        i.holds = known->stage != Stage::Development;
        return i;
    }
    Result<Intent> operator()(const UpdateIntent &i) const { return ifThere(i.pipeline, i.environment, i); }
    Result<Intent> operator()(ResetIntent i) const
    {
        const auto filled = fill(i.pipeline, i.environment, i.from);
        if (!filled)
            return tl::unexpected(filled.error());
        return i;
    }
    Result<Intent> operator()(SendBackIntent i) const
    {
        if (const auto filled = fill(i.pipeline, i.from, i.production); !filled)
            return tl::unexpected(filled.error());
        if (i.name.isEmpty())
            i.name = m_reader.nextFreeName(i.pipeline);
        if (const auto free = freeName(m_reader, i.pipeline, i.name); !free)
            return tl::unexpected(free.error());
        return i;
    }
    Result<Intent> operator()(const LifecycleIntent &i) const { return ifThere(i.pipeline, i.environment, i); }
    Result<Intent> operator()(ConfigIntent i) const
    {
        if (i.set.isEmpty() && i.unset.isEmpty()) {
            return fail(Error::Kind::Invalid, AdmissionTr::tr("No config key was named."),
                        AdmissionTr::tr("Name a key to set or to unset."));
        }
        for (QString &value : i.set) {
            if (value.isNull())
                value = u""_s; // null means "not known any more", see toJson(ConfigIntent)
        }
        return ifThere(i.pipeline, i.environment, i);
    }
    Result<Intent> operator()(const ReviewIntent &i) const
    {
        if (const auto known = writable(m_reader, i.pipeline); !known)
            return tl::unexpected(known.error());
        CodeChoice code;
        code.change = i.change;
        if (const auto good = goodCode(code, false); !good)
            return tl::unexpected(good.error());
        return i;
    }
    Result<Intent> operator()(const ScaleIntent &i) const
    {
        if (i.quantities.isEmpty()) {
            return fail(Error::Kind::Invalid, AdmissionTr::tr("Nothing was said to scale."),
                        AdmissionTr::tr("Name a process type and how many: web=2."));
        }
        for (auto one = i.quantities.cbegin(); one != i.quantities.cend(); ++one) {
            if (one.value() < 0 || one.value() > kMostProcesses) {
                return fail(Error::Kind::Invalid,
                            AdmissionTr::tr("%1 processes of “%2” are not possible.").arg(one.value()).arg(one.key()),
                            AdmissionTr::tr("Choose a number from 0 to %1.").arg(kMostProcesses));
            }
        }
        return ifThere(i.pipeline, i.environment, i);
    }
    Result<Intent> operator()(SetUpIntent i) const
    {
        if (const QString problem = nameProblem(i.pipeline); !problem.isEmpty())
            return fail(Error::Kind::Invalid, problem);
        if (m_reader.store().pipeline(i.pipeline)) {
            return fail(Error::Kind::Conflict, AdmissionTr::tr("There is a pipeline “%1” already.").arg(i.pipeline),
                        AdmissionTr::tr("Choose another name, or remove that one first."));
        }
        if (i.account.isEmpty())
            i.account = u"local"_s;
        const bool needed = !i.sample && (i.adopt.isEmpty() || !i.repository.isEmpty());
        if (needed && !QDir::isAbsolutePath(i.repository)) {
            return fail(Error::Kind::Invalid,
                        AdmissionTr::tr("“%1” is not the full path of a repository.").arg(i.repository),
                        AdmissionTr::tr("Name the folder of the git repository, from the root."));
        }
        return i;
    }
    Result<Intent> operator()(RemovePipelineIntent i) const
    {
        const auto known = writable(m_reader, i.pipeline);
        if (!known)
            return tl::unexpected(known.error());
        i.forgetOnly = known->adopted;
        return i;
    }

private:
    /// Staging and production of a pipeline, where they were left out.
    Result<void> fill(const QString &pipeline, QString &staging, QString &production) const
    {
        if (const auto known = writable(m_reader, pipeline); !known)
            return tl::unexpected(known.error());
        const std::array<std::pair<Stage, QString *>, 2> places{
            {{Stage::Staging, &staging}, {Stage::Production, &production}}};
        for (const auto &[stage, name] : places) {
            if (name->isEmpty()) {
                const auto first = nameAt(m_reader, pipeline, stage);
                if (!first)
                    return tl::unexpected(first.error());
                *name = *first;
            }
            const auto there = existing(m_reader, pipeline, *name);
            if (!there)
                return tl::unexpected(there.error());
            if (there->stage != stage) {
                return fail(Error::Kind::Invalid, AdmissionTr::tr("“%1” is not in %2.").arg(*name, toString(stage)),
                            AdmissionTr::tr("Staging is reset to production: name one of each."));
            }
        }
        return {};
    }
    Result<Intent> ifThere(const QString &pipeline, const QString &environment, const Intent &intent) const
    {
        if (const auto known = existing(m_reader, pipeline, environment); !known)
            return tl::unexpected(known.error());
        return intent;
    }
    const BoardReader &m_reader;
};

struct Places
{
    OperationPlace operator()(const CloneIntent &i) const { return {i.pipeline, i.name, i.from, {}}; }
    OperationPlace operator()(const PromoteIntent &i) const
    {
        return {i.pipeline, i.to, i.from, i.alsoTo.isEmpty() ? QStringList() : QStringList{i.to} + i.alsoTo};
    }
    OperationPlace operator()(const ResetIntent &i) const { return {i.pipeline, i.environment, i.from, {}}; }
    OperationPlace operator()(const SendBackIntent &i) const { return {i.pipeline, i.from, i.name, {i.from, i.name}}; }
    OperationPlace operator()(const SetUpIntent &i) const { return {i.pipeline, {}, {}, {}}; }
    OperationPlace operator()(const ReviewIntent &i) const { return {i.pipeline, {}, {}, {}}; }
    OperationPlace operator()(const RemovePipelineIntent &i) const { return {i.pipeline, {}, {}, {}}; }
    template<typename Other> OperationPlace operator()(const Other &i) const
    {
        return {i.pipeline, i.environment, {}, {}};
    }
};

} // namespace

Result<Admitted> admit(const BoardReader &reader, const Intent &intent, const QString &by)
{
    auto whole = std::visit(Admission(reader), intent);
    if (!whole)
        return tl::unexpected(whole.error());
    auto permitted = permit(reader, *whole, by);
    if (!permitted)
        return tl::unexpected(permitted.error());
    return Admitted{std::move(*whole), std::move(*permitted)};
}

OperationPlace placeOf(const Intent &intent)
{
    return std::visit(Places{}, intent);
}

QString reasonOf(const Intent &intent)
{
    return toJson(intent).value(u"reason"_s).toString();
}

} // namespace Slipway
