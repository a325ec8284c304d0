// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/tokenchoice.h"
#include "app/cli/words.h"
#include "models/domain/accountinput.h"
#include "providers/registry.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

QJsonObject accountDocument(const AccountStatus &status)
{
    const AccountFacts &facts = status.facts;
    QJsonValue budget = QJsonValue::Null;
    if (facts.budgetLeft >= 0)
        budget = QJsonObject{{u"left"_s, facts.budgetLeft}, {u"total"_s, facts.budgetTotal}};
    return {{u"account"_s, status.account.name},
            {u"kind"_s, status.account.kind},
            {u"url"_s, orNull(status.account.url)},
            {u"data_url"_s, orNull(status.account.dataUrl)},
            {u"token_variable"_s, orNull(status.account.tokenVariable)},
            {u"state"_s, toString(status.state)},
            {u"as_of"_s, orNull(status.asOf)},
            {u"error"_s, orNull(status.error)},
            {u"who"_s, orNull(facts.who)},
            {u"scopes"_s, QJsonArray::fromStringList(facts.scopes)},
            {u"budget"_s, budget}};
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

Result<int> listAccounts(Context &context, const Invocation &)
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

/// This machine is asked through its pipelines: it has nothing else to ask.
Result<bool> refreshItsPipelines(Context &context, const Account &account)
{
    bool used = false;
    for (const Pipeline &pipeline : context.reader().store().pipelines()) {
        if (pipeline.deploysAccount != account.name)
            continue;
        used = true;
        if (const auto fresh = context.refresh(pipeline.name); !fresh)
            return tl::unexpected(fresh.error());
    }
    return used;
}

QString answerText(const AccountStatus &status)
{
    QString text = u"%1 answers: %2"_s.arg(status.account.name, toString(status.state));
    if (!status.facts.who.isEmpty())
        text += u", as %1"_s.arg(status.facts.who);
    if (!status.facts.scopes.isEmpty())
        text += u" (%1)"_s.arg(status.facts.scopes.join(u", "_s));
    if (status.facts.budgetLeft >= 0)
        text += u", %1 of %2 requests left"_s.arg(status.facts.budgetLeft).arg(status.facts.budgetTotal);
    return text + u'.';
}

/// The provider says what is wrong; how to mend it from here is said here.
Error withRemedy(const Error &error, const Account &account)
{
    if (error.kind() != Error::Kind::Unauthorized)
        return error;
    const QString remedy = account.tokenVariable.isEmpty()
        ? u"Give it a token: `slipwayctl account token %1 --token-stdin`."_s.arg(account.name)
        : u"Its token is what the variable %1 holds when a program of Slipway starts."_s.arg(account.tokenVariable);
    return Error(error.kind(), error.message(), remedy, error.detail());
}

Result<int> checkNamed(Context &context, const QString &name)
{
    const auto account = findAccount(context, name);
    if (!account)
        return tl::unexpected(account.error());
    bool used = true;
    if (account->kind == u"local") {
        const auto fresh = refreshItsPipelines(context, *account);
        if (!fresh)
            return tl::unexpected(fresh.error());
        used = *fresh;
    } else {
        const auto checked =
            context.wait<void>([&](auto done) { context.session().checkAccount(name, std::move(done)); });
        if (!checked)
            return tl::unexpected(withRemedy(checked.error(), *account));
    }
    const AccountStatus status = freshness(context.reader(), account->name);
    if (context.json())
        context.document(accountDocument(status));
    else if (!used)
        context.terminal().say(u"%1 is set up; no pipeline uses it yet."_s.arg(account->name));
    else
        context.terminal().say(answerText(status));
    return Done;
}

Result<int> checkAccount(Context &context, const Invocation &invocation)
{
    return checkNamed(context, invocation.arguments.first());
}

/// Into the keychain, where it lies as `entry`; a program that ends at once has no memory to keep it in.
Result<void> keepToken(Context &context, const QString &account, const QString &token, const QString &entry)
{
    const auto kept =
        context.wait<TokenVault::Kept>([&](auto done) { context.session().giveToken(entry, token, std::move(done)); });
    if (!kept)
        return tl::unexpected(kept.error());
    if (*kept == TokenVault::Kept::Keychain)
        return {};
    return fail(Error::Kind::Storage,
                u"The token of “%1” cannot be kept: there is no keychain, or it is locked."_s.arg(account),
                u"Name a variable that holds it with --token-env VAR; Slipway writes no token into a file."_s);
}

Result<void> keepToken(Context &context, const QString &account, const QString &token)
{
    return keepToken(context, account, token, account);
}

Result<void> dropToken(Context &context, const QString &account)
{
    return context.wait<void>([&](auto done) { context.session().dropToken(account, std::move(done)); });
}

/// Before somebody signs in for nothing: whether the keychain takes what the sign-in brings.
Result<void> goodPlace(Context &context, const QString &account, const Invocation &invocation)
{
    if (!invocation.has(u"device"_s))
        return {};
    const QString trial = account + u"/trial"_s; // no account can be called so
    const auto kept = keepToken(context, account, u"trial"_s, trial);
    std::ignore = dropToken(context, trial);
    return kept;
}

Result<void> goodNew(const Context &context, const Account &account)
{
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
    return goodAccount(account);
}

Result<void> save(Context &context, const Account &account)
{
    return context.wait<void>([&](auto done) { context.session().saveAccount(account, std::move(done)); });
}

Result<int> addAccount(Context &context, const Invocation &invocation)
{
    Account account{.name = invocation.arguments.at(1),
                    .kind = invocation.arguments.at(0),
                    .url = invocation.value(u"url"_s),
                    .dataUrl = invocation.value(u"data-url"_s),
                    .tokenVariable = invocation.value(u"token-env"_s)};
    if (const auto good = goodNew(context, account); !good)
        return tl::unexpected(good.error());
    if (const auto good = goodPlace(context, account.name, invocation); !good)
        return tl::unexpected(good.error());
    const auto choice = chosenToken(context, account, invocation);
    if (!choice)
        return tl::unexpected(choice.error());
    if (!choice->token.isEmpty()) {
        if (const auto kept = keepToken(context, account.name, choice->token); !kept)
            return tl::unexpected(kept.error());
    }
    if (const auto saved = save(context, account); !saved) {
        if (!choice->token.isEmpty())
            std::ignore = dropToken(context, account.name);
        return tl::unexpected(saved.error());
    }
    return checkNamed(context, account.name);
}

Result<int> token(Context &context, const Invocation &invocation)
{
    auto account = findAccount(context, invocation.arguments.first());
    if (!account)
        return tl::unexpected(account.error());
    const ProviderKind *kind = providerKind(account->kind);
    if (!kind || !kind->token.wanted) {
        return fail(Error::Kind::Invalid, u"“%1” needs no token."_s.arg(account->name),
                    u"`slipwayctl account list` shows the accounts and their kinds."_s);
    }
    if (const auto good = goodPlace(context, account->name, invocation); !good)
        return tl::unexpected(good.error());
    const auto choice = chosenToken(context, *account, invocation);
    if (!choice)
        return tl::unexpected(choice.error());
    if (choice->token.isEmpty() && choice->variable.isEmpty()) {
        return fail(Error::Kind::Invalid, u"It is not said where the token is."_s,
                    u"Give --token-stdin, --token-env VAR, --from-cli or --device."_s);
    }
    account->tokenVariable = choice->variable;
    if (const auto good = goodAccount(*account); !good)
        return tl::unexpected(good.error());
    const auto put =
        choice->token.isEmpty() ? dropToken(context, account->name) : keepToken(context, account->name, choice->token);
    if (!put)
        return tl::unexpected(put.error());
    if (const auto saved = save(context, *account); !saved)
        return tl::unexpected(saved.error());
    return checkNamed(context, account->name);
}

Result<int> removeAccount(Context &context, const Invocation &invocation)
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
    return {
        {.name = u"account list"_s, .summary = u"The accounts there are."_s, .run = listAccounts},
        {.name = u"account check"_s,
         .usage = u"NAME"_s,
         .least = 1,
         .most = 1,
         .summary = u"Ask an account whether it answers."_s,
         .run = checkAccount},
        {.name = u"account add"_s,
         .usage = u"KIND NAME [--url URL] [--token-stdin | --token-env VAR | --from-cli | --device]"_s,
         .least = 2,
         .most = 2,
         .summary = u"Make an account known. This machine's is built in."_s,
         .details = u"The token goes into the system keychain, never into a file. An address may be plain http for "
                    "this machine only."_s,
         .options = QList<OptionSpec>{{{u"url"_s}, u"URL"_s, u"Root of the service."_s},
                                      {{u"data-url"_s}, u"URL"_s, u"Root of its data service, if that is elsewhere."_s}}
             + tokenOptions(),
         .run = addAccount},
        {.name = u"account token"_s,
         .usage = u"NAME (--token-stdin | --token-env VAR | --from-cli | --device)"_s,
         .least = 1,
         .most = 1,
         .summary = u"Give an account another token."_s,
         .options = tokenOptions(),
         .run = token},
        {.name = u"account remove"_s,
         .usage = u"NAME"_s,
         .least = 1,
         .most = 1,
         .summary = u"Forget an account that no pipeline uses."_s,
         .run = removeAccount}};
}

} // namespace Slipway::Cli
