// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/words.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

Result<int> giveVerdict(Context &context, const Invocation &invocation, VerdictState state)
{
    // The verdict is bound to what runs now, not to what ran when the cache was filled.
    const auto card = findEnvironment(context, invocation.arguments.first(), Freshness::Now);
    if (!card)
        return tl::unexpected(card.error());
    const VerdictIntent intent{.pipeline = card->environment.pipeline,
                               .environment = card->environment.name,
                               .state = state,
                               .note = invocation.value(u"note"_s)};
    const auto given = context.wait<void>([&](auto done) { context.session().decide(intent, std::move(done)); });
    if (!given)
        return tl::unexpected(given.error());
    const auto judged = context.reader().card(card->id());
    const Verdict verdict = judged ? judged->verdict : Verdict();
    if (context.json()) {
        context.document({{u"environment"_s, card->id()}, {u"verdict"_s, verdictDocument(verdict, *card)}});
        return Done;
    }
    const Release release = card->environment.release.value_or(Release{});
    const QString word = state == VerdictState::Accepted ? u"Accepted"_s : u"Changes requested for"_s;
    // A working copy is no commit.
    const QString version = release.version.isEmpty() ? QString() : u" (%1)"_s.arg(shortVersion(release.version));
    context.terminal().say(u"%1 %2%3 on %4, by %5."_s.arg(word, changeText(release), version, card->id(), verdict.by));
    return Done;
}

Result<int> accept(Context &context, const Invocation &invocation)
{
    return giveVerdict(context, invocation, VerdictState::Accepted);
}

Result<int> reject(Context &context, const Invocation &invocation)
{
    if (invocation.value(u"note"_s).trimmed().isEmpty()) {
        return fail(Error::Kind::Invalid, u"“reject” needs a note."_s,
                    u"Say with --note TEXT what is to be changed."_s);
    }
    return giveVerdict(context, invocation, VerdictState::ChangesRequested);
}

} // namespace

QList<Command> verdictCommands()
{
    return {{.name = u"accept"_s,
             .usage = u"ENV [--note TEXT]"_s,
             .least = 1,
             .most = 1,
             .summary = u"Accept the version that an environment runs."_s,
             .details = u"The verdict holds for this very version: the next deploy voids it."_s,
             .options = {{{u"note"_s}, u"TEXT"_s, u"What to remember of it."_s}},
             .run = accept},
            {.name = u"reject"_s,
             .usage = u"ENV --note TEXT"_s,
             .least = 1,
             .most = 1,
             .summary = u"Ask for changes to the version that an environment runs."_s,
             .options = {{{u"note"_s}, u"TEXT"_s, u"What is to be changed."_s}},
             .run = reject}};
}

} // namespace Slipway::Cli
