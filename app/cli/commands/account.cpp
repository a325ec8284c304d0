// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/words.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

QJsonObject accountDocument(const AccountStatus &status)
{
    return {{u"account"_s, status.account.name},    {u"kind"_s, status.account.kind},
            {u"url"_s, orNull(status.account.url)}, {u"state"_s, toString(status.state)},
            {u"as_of"_s, orNull(status.asOf)},      {u"error"_s, orNull(status.error)}};
}

Result<Account> findAccount(const Context &context, const QString &name)
{
    QStringList names;
    for (const Account &account : context.reader().store().accounts()) {
        if (account.name == name)
            return account;
        names << account.name;
    }
    return fail(Error::Kind::NotFound, u"There is no account “%1”."_s.arg(name),
                u"There is: %1."_s.arg(names.join(u", "_s)));
}

Result<int> list(Context &context, const Invocation &)
{
    QJsonArray array;
    QList<QList<Cell>> rows;
    for (const Account &account : context.reader().store().accounts()) {
        const AccountStatus status = freshness(context.reader(), account.name);
        array.append(accountDocument(status));
        rows.append({{account.name, Tone::Strong},
                     {account.kind},
                     {status.asOf.isValid() ? toString(status.state) : u"not asked yet"_s},
                     {account.url.isEmpty() ? status.error : account.url}});
    }
    if (context.json())
        context.document({{u"accounts"_s, array}});
    else
        context.terminal().table(rows);
    return Done;
}

Result<int> check(Context &context, const Invocation &invocation)
{
    const auto account = findAccount(context, invocation.arguments.first());
    if (!account)
        return tl::unexpected(account.error());
    bool used = false;
    for (const Pipeline &pipeline : context.reader().store().pipelines()) {
        if (pipeline.deploysAccount != account->name)
            continue;
        used = true;
        if (const auto fresh = context.refresh(pipeline.name); !fresh)
            return tl::unexpected(fresh.error());
    }
    const AccountStatus status = freshness(context.reader(), account->name);
    if (context.json())
        context.document(accountDocument(status));
    else if (!used)
        context.terminal().say(u"%1 is set up; no pipeline uses it yet."_s.arg(account->name));
    else
        context.terminal().say(u"%1 answers: %2."_s.arg(account->name, toString(status.state)));
    return Done;
}

Result<int> add(Context &context, const Invocation &invocation)
{
    const Account account{
        .name = invocation.arguments.at(1), .kind = invocation.arguments.at(0), .url = invocation.value(u"url"_s)};
    QStringList kinds;
    for (const ProviderKind &known : providerKinds())
        kinds << known.kind;
    if (!providerKind(account.kind)) {
        return fail(Error::Kind::Invalid, u"“%1” is not a kind of account."_s.arg(account.kind),
                    u"There is: %1."_s.arg(kinds.join(u", "_s)));
    }
    if (account.kind == u"local") {
        return fail(Error::Kind::Conflict, u"“%1”: this machine's account is built in."_s.arg(account.name),
                    u"It is called “local”; `slipwayctl pipeline add` uses it."_s);
    }
    if (const QString problem = nameProblem(account.name); !problem.isEmpty())
        return fail(Error::Kind::Invalid, u"An account cannot be called “%1”."_s.arg(account.name), problem);
    if (findAccount(context, account.name)) {
        return fail(Error::Kind::Conflict, u"There is an account “%1” already."_s.arg(account.name),
                    u"Choose another name."_s);
    }
    const auto saved = context.wait<void>([&](auto done) { context.session().saveAccount(account, std::move(done)); });
    if (!saved)
        return tl::unexpected(saved.error());
    return check(context, Invocation{.arguments = {account.name}, .options = {}});
}

Result<int> remove(Context &context, const Invocation &invocation)
{
    const auto account = findAccount(context, invocation.arguments.first());
    if (!account)
        return tl::unexpected(account.error());
    if (account->kind == u"local") {
        return fail(Error::Kind::Conflict, u"“%1” is this machine's account, it is built in."_s.arg(account->name),
                    u"Leave it: without pipelines it does nothing."_s);
    }
    for (const Pipeline &pipeline : context.reader().store().pipelines()) {
        if (pipeline.deploysAccount == account->name) {
            return fail(Error::Kind::Conflict,
                        u"“%1” is used by the pipeline “%2”."_s.arg(account->name, pipeline.name),
                        u"Remove the pipeline first."_s);
        }
    }
    const auto removed =
        context.wait<void>([&](auto done) { context.session().removeAccount(account->name, std::move(done)); });
    if (!removed)
        return tl::unexpected(removed.error());
    if (context.json())
        context.document({{u"account"_s, account->name}, {u"removed"_s, true}});
    else
        context.terminal().say(u"Removed the account %1."_s.arg(account->name));
    return Done;
}

} // namespace

QList<Command> accountCommands()
{
    return {{.name = u"account list"_s, .summary = u"The accounts there are."_s, .run = list},
            {.name = u"account check"_s,
             .usage = u"NAME"_s,
             .least = 1,
             .most = 1,
             .summary = u"Ask an account whether it answers."_s,
             .run = check},
            {.name = u"account add"_s,
             .usage = u"KIND NAME [--url URL]"_s,
             .least = 2,
             .most = 2,
             .summary = u"Make an account known. This machine's is built in."_s,
             .options = {{{u"url"_s}, u"URL"_s, u"Root of the service."_s}},
             .run = add},
            {.name = u"account remove"_s,
             .usage = u"NAME"_s,
             .least = 1,
             .most = 1,
             .summary = u"Forget an account that no pipeline uses."_s,
             .run = remove}};
}

} // namespace Slipway::Cli
