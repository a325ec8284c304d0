// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/lookup.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

QString listed(const QStringList &names)
{
    return names.join(u", "_s);
}

QString environmentNames(const BoardReader &reader, const QString &pipeline)
{
    QStringList names;
    for (const Environment &environment : reader.cache().environments(pipeline))
        names << environment.id();
    names.sort();
    return names.isEmpty() ? u"“%1” has no environments."_s.arg(pipeline) : u"There is: %1."_s.arg(listed(names));
}

/// "shop/staging" means the one that is in staging, whatever it is called there, when there is no more than one.
std::optional<Card> cardByStage(const BoardReader &reader, const EnvironmentRef &ref)
{
    const auto stage = stageFromString(ref.name);
    if (!stage || *stage == Stage::Development)
        return {};
    const QStringList names = reader.cache().environmentNames(ref.pipeline, *stage);
    return names.size() == 1 ? reader.card(ref.pipeline + u'/' + names.constFirst()) : std::nullopt;
}

} // namespace

Result<Pipeline> findPipeline(const Context &context, const QString &name)
{
    const SlipwayStore &store = context.reader().store();
    if (const auto found = store.pipeline(name))
        return *found;
    QStringList names;
    for (const Pipeline &pipeline : store.pipelines())
        names << pipeline.name;
    const QString remedy = names.isEmpty()
        ? u"There is none yet: `slipwayctl sample` makes one to try, `slipwayctl pipeline add` one of your own."_s
        : u"There is: %1."_s.arg(listed(names));
    return fail(Error::Kind::NotFound, u"There is no pipeline “%1”."_s.arg(name), remedy);
}

Result<Card> findEnvironment(Context &context, const QString &address, Freshness freshness)
{
    const EnvironmentRef ref = EnvironmentRef::parse(address);
    if (!ref.isValid()) {
        return fail(Error::Kind::Invalid, u"“%1” is not the address of an environment."_s.arg(address),
                    u"Write PIPELINE/ENVIRONMENT, such as shop/staging."_s);
    }
    if (const auto pipeline = findPipeline(context, ref.pipeline); !pipeline)
        return tl::unexpected(pipeline.error());
    auto card = context.reader().card(address);
    if (freshness == Freshness::Now || !card) {
        if (const auto fresh = context.refresh(ref.pipeline); !fresh)
            return tl::unexpected(fresh.error());
        card = context.reader().card(address);
    }
    if (!card)
        card = cardByStage(context.reader(), ref);
    if (!card) {
        return fail(Error::Kind::NotFound, u"There is no environment “%1”."_s.arg(address),
                    environmentNames(context.reader(), ref.pipeline));
    }
    return *card;
}

Result<QString> nameWithin(const QString &pipeline, const QString &name)
{
    if (!name.contains(u'/'))
        return name;
    const EnvironmentRef ref = EnvironmentRef::parse(name);
    if (!ref.isValid() || ref.pipeline != pipeline) {
        return fail(Error::Kind::Invalid, u"“%1” is not an environment of “%2”."_s.arg(name, pipeline),
                    u"Both must belong to the same pipeline."_s);
    }
    return ref.name;
}

Result<Card> findStaging(Context &context, const QString &name)
{
    if (name.contains(u'/')) {
        const auto card = findEnvironment(context, name, Freshness::Now);
        if (!card || card->environment.stage == Stage::Staging)
            return card;
        return fail(Error::Kind::Invalid,
                    u"%1 is not staging but in %2."_s.arg(name, toString(card->environment.stage)),
                    u"Name the pipeline, or its staging."_s);
    }
    if (const auto pipeline = findPipeline(context, name); !pipeline)
        return tl::unexpected(pipeline.error());
    if (const auto fresh = context.refresh(name); !fresh)
        return tl::unexpected(fresh.error());
    const auto staging = context.reader().environmentAt(name, Stage::Staging);
    const auto card = staging ? context.reader().card(staging->id()) : std::nullopt;
    if (!card)
        return fail(Error::Kind::NotFound, u"“%1” has no staging environment."_s.arg(name));
    return *card;
}

Result<DataChoice> dataChoice(const Invocation &invocation, DataChoice otherwise)
{
    if (!invocation.has(u"data"_s))
        return otherwise;
    const QString given = invocation.value(u"data"_s);
    if (const auto choice = dataChoiceFromString(given))
        return *choice;
    return fail(Error::Kind::Invalid, u"“%1” is not a choice of data."_s.arg(given),
                u"--data takes none, seed or copy."_s);
}

Result<CodeChoice> codeChoice(const Invocation &invocation)
{
    CodeChoice code{.change = invocation.value(u"change"_s),
                    .version = invocation.value(u"version"_s),
                    .directory = invocation.value(u"dir"_s)};
    int given = 0;
    for (const auto &key : {u"change"_s, u"version"_s, u"dir"_s}) {
        if (!invocation.has(key))
            continue;
        ++given;
        if (invocation.value(key).isEmpty())
            return fail(Error::Kind::Invalid, u"--%1 is empty."_s.arg(key), u"Name what to deploy."_s);
    }
    if (given > 1) {
        return fail(Error::Kind::Invalid, u"--change, --version and --dir exclude each other."_s,
                    u"Give the one that says which code to deploy."_s);
    }
    if (!code.directory.isEmpty()) {
        const QFileInfo info(code.directory);
        if (!info.isDir()) {
            return fail(Error::Kind::Invalid, u"“%1” is not a folder."_s.arg(code.directory),
                        u"--dir takes the folder of the application."_s);
        }
        code.directory = QDir::cleanPath(info.absoluteFilePath());
    }
    return code;
}

QList<OptionSpec> codeOptions()
{
    return {{{u"change"_s}, u"C"_s, u"Deploy this change: a branch, or #number."_s},
            {{u"version"_s}, u"REF"_s, u"Deploy this commit, tag or branch."_s},
            {{u"dir"_s}, u"DIR"_s, u"Deploy this folder, uncommitted work included."_s}};
}

} // namespace Slipway::Cli
