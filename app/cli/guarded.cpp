// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/guarded.h"

#include "app/cli/documents/documents.h"
#include "app/cli/operations.h"
#include "app/session/person.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

Tone toneOf(CheckResult result)
{
    switch (result) {
    case CheckResult::Block:
        return Tone::Bad;
    case CheckResult::Warn:
        return Tone::Warning;
    case CheckResult::Pass:
        return Tone::Good;
    case CheckResult::Off:
        break;
    }
    return Tone::Dim;
}

QString checkLines(const Preflight &preflight, CheckResult result)
{
    QStringList lines;
    for (const Check &check : preflight.checks) {
        if (check.result == result)
            lines << u"%1 %2: %3"_s.arg(toString(result), check.id, check.text)
                    + (check.detail.isEmpty() ? QString() : u" ("_s + check.detail + u')');
    }
    return lines.join(u'\n');
}

/// Why the move is refused, naming the checks; Blocked.
Error refusal(const Preflight &preflight)
{
    const QString warnings = checkLines(preflight, CheckResult::Warn);
    if (preflight.allowed()) {
        return Error(Error::Kind::Blocked, u"“%1” needs a reason: a check warns."_s.arg(preflight.title),
                     u"Say with --reason TEXT why it goes all the same; nothing was changed."_s, warnings);
    }
    const QString blocks = checkLines(preflight, CheckResult::Block);
    return Error(Error::Kind::Blocked, u"“%1” may not go: a check blocks."_s.arg(preflight.title),
                 u"Put it right first; nothing was changed."_s,
                 warnings.isEmpty() ? blocks : blocks + u'\n' + warnings);
}

QString differenceWords(ConfigDifference::Kind kind)
{
    switch (kind) {
    case ConfigDifference::Kind::Missing:
        return u"is missing at the target"_s;
    case ConfigDifference::Kind::Different:
        return u"has another value at the target"_s;
    case ConfigDifference::Kind::Extra:
        break;
    }
    return u"is at the target only"_s;
}

/// Whether the changes of the sheet leave the environment rather than reach it.
bool goesAway(const Preflight &preflight)
{
    return std::holds_alternative<ResetIntent>(preflight.intent)
        || std::holds_alternative<RollBackIntent>(preflight.intent);
}

/// The sheet, from the cache; whose hold is in the way depends on who asks, which a window must not wait for.
Result<Preflight> sheetOf(Context &context, const Intent &move)
{
    std::ignore = personName();
    return context.session().preflight(move);
}

QString reasonOf(const Intent &move)
{
    return toJson(move).value(u"reason"_s).toString().trimmed();
}

} // namespace

void tellPreflight(Terminal &terminal, const Preflight &preflight)
{
    terminal.say(preflight.title, Tone::Strong);
    QList<QList<Cell>> rows;
    for (const Check &check : preflight.checks) {
        const QString text = check.detail.isEmpty() ? check.text : check.text + u" · "_s + check.detail;
        rows.append({{toString(check.result), toneOf(check.result)}, {check.id}, {text}});
    }
    terminal.table(rows);
    const QString goes = goesAway(preflight) ? u"Goes away: "_s : u"Goes: "_s;
    for (const QString &change : preflight.changes)
        terminal.say(goes + change);
    for (const ConfigDifference &difference : preflight.config)
        terminal.say(u"Config: %1 %2"_s.arg(difference.key, differenceWords(difference.kind)));
    for (const QString &sentence : preflight.notIncluded)
        terminal.say(sentence);
    if (!preflight.wayBack.isEmpty())
        terminal.say(preflight.wayBack);
}

Result<int> showPreflight(Context &context, const Intent &move)
{
    const auto preflight = sheetOf(context, move);
    if (!preflight)
        return tl::unexpected(preflight.error());
    if (context.json())
        context.document(preflightDocument(*preflight));
    else
        tellPreflight(context.terminal(), *preflight);
    if (!preflight->allowed())
        return context.report(refusal(*preflight));
    return Done;
}

Result<int> runGuarded(Context &context, const Intent &move)
{
    const auto preflight = sheetOf(context, move);
    if (!preflight && preflight.error().kind() == Error::Kind::Unsupported)
        return runOperation(context, move);
    if (!preflight)
        return tl::unexpected(preflight.error());
    if (!preflight->allowed() || (preflight->needsReason() && reasonOf(move).isEmpty())) {
        context.addToFailure(preflightDocument(*preflight));
        return tl::unexpected(refusal(*preflight));
    }
    if (goesAway(*preflight)) {
        for (const QString &change : preflight->changes)
            context.terminal().warn(u"Goes away: "_s + change);
    }
    for (const QString &sentence : preflight->notIncluded)
        context.terminal().warn(sentence);
    return runOperation(context, preflight->intent);
}

} // namespace Slipway::Cli
