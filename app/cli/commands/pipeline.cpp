// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/confirm.h"
#include "app/cli/documents/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/operations.h"
#include "app/cli/words.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

QJsonValue projectDocument(const RemoteProject &project)
{
    return project.account.isEmpty() ? QJsonValue() : QJsonValue(project.account + u':' + project.id);
}

QJsonObject pipelineDocument(const BoardReader &reader, const Pipeline &pipeline)
{
    return {{u"pipeline"_s, pipeline.name},
            {u"deploys"_s, pipeline.deploysAccount},
            {u"deploys_id"_s, pipeline.deploysId},
            {u"repository"_s, pipeline.repository},
            {u"source"_s, projectDocument(pipeline.source)},
            {u"ci"_s, projectDocument(pipeline.ci)},
            {u"main_branch"_s, orNull(pipeline.mainBranch)},
            {u"sample"_s, pipeline.sample},
            {u"read_only"_s, pipeline.readOnly},
            {u"adopted"_s, pipeline.adopted},
            {u"environments"_s, reader.cache().environments(pipeline.name).size()},
            {u"policy"_s, policyDocument(reader.policy(pipeline.name))}};
}

Result<void> checkName(const SlipwayStore &store, const QString &name)
{
    if (const QString problem = nameProblem(name); !problem.isEmpty())
        return fail(Error::Kind::Invalid, u"A pipeline cannot be called “%1”."_s.arg(name), problem);
    if (store.pipeline(name)) {
        return fail(Error::Kind::Conflict, u"There is a pipeline “%1” already."_s.arg(name),
                    u"Choose another name, or remove that one with `slipwayctl pipeline remove %1`."_s.arg(name));
    }
    return {};
}

/// ACCOUNT[:ID] taken apart; the account is one that there is. `id`: empty when none was named.
Result<RemoteProject> project(const Context &context, const QString &given)
{
    const RemoteProject project{given.section(u':', 0, 0), given.section(u':', 1)};
    QStringList names;
    for (const Account &account : context.reader().store().accounts()) {
        names << account.name;
        if (account.name == project.account)
            return project;
    }
    return fail(Error::Kind::NotFound, u"There is no account “%1”."_s.arg(project.account),
                u"There is: %1."_s.arg(names.join(u", "_s)));
}

/// What --deploys names. Its id, or the name of a pipeline that the account runs already, may be left out.
Result<RemoteProject> deploys(const Context &context, const Invocation &invocation)
{
    const QString given = invocation.has(u"deploys"_s) ? invocation.value(u"deploys"_s) : QString(kLocalAccount);
    const auto where = project(context, given);
    if (where && where->account == kLocalAccount && given.contains(u':')) {
        return fail(Error::Kind::Invalid, u"“%1”: this machine has no pipelines made elsewhere."_s.arg(given),
                    u"Write --deploys %1; the pipeline is made from --repo."_s.arg(where->account));
    }
    return where;
}

/// What --source or --ci names; nothing when the option was not given.
Result<RemoteProject> role(const Context &context, const Invocation &invocation, const QString &option)
{
    if (!invocation.has(option))
        return RemoteProject();
    const QString given = invocation.value(option);
    const auto named = project(context, given);
    if (named && named->id.isEmpty()) {
        return fail(Error::Kind::Invalid, u"--%1 %2: it does not say which repository is meant."_s.arg(option, given),
                    option == u"ci" ? u"Write it so: --ci %1:gh/OWNER/REPO."_s.arg(given)
                                    : u"Write it so: --source %1:OWNER/REPO."_s.arg(given));
    }
    return named;
}

/// --repo, else the repository that the current folder is in.
Result<QString> repository(const Invocation &invocation)
{
    if (invocation.has(u"repo"_s)) {
        const QFileInfo info(invocation.value(u"repo"_s));
        if (!info.exists()) {
            return fail(Error::Kind::NotFound, u"There is no folder “%1”."_s.arg(info.filePath()),
                        u"--repo takes the folder of a git repository."_s);
        }
        return QDir::cleanPath(info.absoluteFilePath());
    }
    QDir folder = QDir::current();
    const QString here = folder.path();
    do {
        if (folder.exists(u".git"_s))
            return folder.absolutePath();
    } while (folder.cdUp());
    return fail(Error::Kind::Invalid, u"“%1” is not in a git repository."_s.arg(here),
                u"Name the application's repository with --repo PATH."_s);
}

Result<int> sample(Context &context, const Invocation &invocation)
{
    const QString name = invocation.has(u"name"_s) ? invocation.value(u"name"_s) : u"shop"_s;
    if (const auto good = checkName(context.reader().store(), name); !good)
        return tl::unexpected(good.error());
    return runOperation(context,
                        SetUpIntent{.pipeline = name, .account = u"local"_s, .repository = {}, .sample = true});
}

Result<int> addPipeline(Context &context, const Invocation &invocation)
{
    const QString name = invocation.arguments.first();
    if (const auto good = checkName(context.reader().store(), name); !good)
        return tl::unexpected(good.error());
    const auto where = deploys(context, invocation);
    if (!where)
        return tl::unexpected(where.error());
    const auto source = role(context, invocation, u"source"_s);
    const auto ci = role(context, invocation, u"ci"_s);
    if (!source || !ci)
        return tl::unexpected(source ? ci.error() : source.error());
    const bool local = where->account == kLocalAccount;
    SetUpIntent intent{
        .pipeline = name, .account = where->account, .repository = {}, .adopt = {}, .source = *source, .ci = *ci};
    // A pipeline that is elsewhere already needs no repository here; one that is named is its source.
    if (local || invocation.has(u"repo"_s)) {
        const auto path = repository(invocation);
        if (!path)
            return tl::unexpected(path.error());
        intent.repository = *path;
    }
    if (!local)
        intent.adopt = where->id.isEmpty() ? name : where->id;
    return runOperation(context, intent);
}

Result<int> listPipelines(Context &context, const Invocation &)
{
    const QList<Pipeline> pipelines = context.reader().store().pipelines();
    if (context.json()) {
        QJsonArray array;
        for (const Pipeline &pipeline : pipelines)
            array.append(pipelineDocument(context.reader(), pipeline));
        context.document({{u"pipelines"_s, array}});
        return Done;
    }
    if (pipelines.isEmpty())
        context.terminal().say(u"There is no pipeline yet. `slipwayctl sample` makes one to try."_s);
    QList<QList<Cell>> rows;
    for (const Pipeline &pipeline : pipelines) {
        const int count = static_cast<int>(context.reader().cache().environments(pipeline.name).size());
        rows.append({{pipeline.name, Tone::Strong},
                     {pipeline.deploysAccount},
                     {countOf(count, "environment"_L1, "environments"_L1)},
                     {pipeline.repository, Tone::Dim}});
    }
    context.terminal().table(rows);
    return Done;
}

Result<int> showPipeline(Context &context, const Invocation &invocation)
{
    const auto pipeline = findPipeline(context, invocation.arguments.first());
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    if (context.json()) {
        context.document(pipelineDocument(context.reader(), *pipeline));
        return Done;
    }
    context.terminal().table(
        {{{u"Pipeline"_s, Tone::Dim}, {pipeline->name, Tone::Strong}},
         {{u"Deploys"_s, Tone::Dim}, {pipeline->deploysAccount}},
         {{u"Repository"_s, Tone::Dim}, {pipeline->repository}},
         {{u"Changes from"_s, Tone::Dim}, {projectDocument(pipeline->source).toString()}},
         {{u"Checked by"_s, Tone::Dim}, {projectDocument(pipeline->ci).toString()}},
         {{u"Main branch"_s, Tone::Dim}, {pipeline->mainBranch}},
         {{u"Change limit"_s, Tone::Dim}, {QString::number(context.reader().policy(pipeline->name).limit())}}});
    return Done;
}

Result<int> set(Context &context, const Invocation &invocation)
{
    const auto pipeline = findPipeline(context, invocation.arguments.first());
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    ProjectsIntent intent{.pipeline = pipeline->name, .source = {}, .ci = {}};
    for (const auto &[option, target] : {std::pair{u"source"_s, &intent.source}, std::pair{u"ci"_s, &intent.ci}}) {
        if (!invocation.has(option))
            continue;
        if (invocation.value(option) == u"none") {
            *target = RemoteProject();
            continue;
        }
        const auto named = role(context, invocation, option);
        if (!named)
            return tl::unexpected(named.error());
        *target = *named;
    }
    if (!intent.source && !intent.ci) {
        return fail(Error::Kind::Invalid, u"Nothing is said that is to be set."_s,
                    u"Write --source ACCOUNT:OWNER/REPO, --ci ACCOUNT:PROJECT, or either with none."_s);
    }
    const auto done = context.wait<void>([&](auto then) { context.session().decide(intent, std::move(then)); });
    if (!done)
        return tl::unexpected(done.error());
    return showPipeline(context, invocation);
}

Result<int> removePipeline(Context &context, const Invocation &invocation)
{
    const auto pipeline = findPipeline(context, invocation.arguments.first());
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    // An adopted one only leaves the board: nothing is lost.
    if (!pipeline->sample && !pipeline->adopted && !invocation.has(u"yes"_s)) {
        const auto sure = confirmByName(
            context, pipeline->name,
            u"All environments of “%1” are shut down, production too, with their data and logs."_s.arg(pipeline->name));
        if (!sure)
            return tl::unexpected(sure.error());
    }
    return runOperation(context, RemovePipelineIntent{.pipeline = pipeline->name});
}

} // namespace

QList<Command> pipelineCommands()
{
    const OptionSpec source{{u"source"_s}, u"ACCOUNT:REPO"_s, u"Where its changes are (hub:acme/shop)."_s};
    const OptionSpec ci{{u"ci"_s}, u"ACCOUNT:SLUG"_s, u"Who checks its commits (circle:gh/acme/shop)."_s};
    const OptionSpec yes{{u"yes"_s}, {}, u"Do not ask for the name."_s};
    return {
        {.name = u"sample"_s,
         .usage = u"[--name N]"_s,
         .summary = u"A real pipeline on this machine from the bundled shop."_s,
         .options = {{{u"name"_s}, u"N"_s, u"Call the pipeline N instead of shop."_s}},
         .run = sample},
        {.name = u"pipeline add"_s,
         .usage = u"NAME [--deploys ACCOUNT[:ID]] [--repo PATH] [--source S] [--ci C]"_s,
         .least = 1,
         .most = 1,
         .summary = u"Make a pipeline from a repository or an account's own."_s,
         .details = u"On this machine production and staging start with the main branch. Of another account, ID is "
                    "the id or the name of a pipeline there (NAME); it comes onto the board as it is.\n"
                    "Without --source its changes come from where the repository was cloned from,\n"
                    "when an account has that, else from the repository itself."_s,
         .options = {{{u"deploys"_s}, u"ACCOUNT[:ID]"_s, u"Where it runs (local)."_s},
                     {{u"repo"_s}, u"PATH"_s, u"Its git repository (the current folder's)."_s},
                     source,
                     ci},
         .run = addPipeline},
        {.name = u"pipeline list"_s, .summary = u"The pipelines there are."_s, .run = listPipelines},
        {.name = u"pipeline show"_s,
         .usage = u"NAME"_s,
         .least = 1,
         .most = 1,
         .summary = u"What a pipeline is made of."_s,
         .run = showPipeline},
        {.name = u"pipeline set"_s,
         .usage = u"NAME [--source S|none] [--ci C|none]"_s,
         .least = 1,
         .most = 1,
         .summary = u"Say where its changes are and who checks them."_s,
         .options = {source, ci},
         .run = set},
        {.name = u"pipeline remove"_s,
         .usage = u"NAME [--yes]"_s,
         .least = 1,
         .most = 1,
         .summary = u"Shut all its environments down and forget it."_s,
         .details =
             u"One that an account ran before Slipway knew it only leaves the board. The name must be typed, or --yes given; a sample goes without asking."_s,
         .options = {yes},
         .run = removePipeline}};
}

} // namespace Slipway::Cli
