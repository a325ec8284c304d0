// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QHash>
#include <QList>
#include <QStringList>

#include <optional>

namespace Slipway::Cli {

class Context;

/// An option of a command, as written in its table.
struct OptionSpec
{
    QStringList names; ///< "reason" or {"n", "lines"}; the last one is the key
    QString value; ///< what the value is called in the help; empty: a flag
    QString text;
};

/// A command line taken apart: the command's words are gone, options are by their key.
struct Invocation
{
    QStringList arguments;
    QHash<QString, QString> options; ///< flags are there with an empty value

    bool has(const QString &key) const { return options.contains(key); }
    QString value(const QString &key) const { return options.value(key); }
    /// A whole number within [least, most]; `fallback` when the option is absent. Invalid names the option.
    Result<int> number(const QString &key, int least, int most, int fallback) const;
};

/// Exit code 0 or 1; an error becomes a sentence on stderr and its own exit code.
using CommandFunction = Result<int> (*)(Context &context, const Invocation &invocation);

/// One line of the table of commands.
struct Command
{
    QString name; ///< one or two words: "status", "pipeline add"
    QString usage{}; ///< what follows the name: "ENV --to STAGE"
    int least = 0; ///< arguments
    int most = 0; ///< arguments; -1: any number
    QString summary; ///< one line
    QString details{}; ///< paragraphs for `slipwayctl COMMAND --help`; may be empty
    QList<OptionSpec> options{};
    bool automates = false; ///< keeps polling and carries out the policies' rules, as the window does
    CommandFunction run = nullptr;
};

/// What every command takes.
struct Globals
{
    bool json = false;
    bool noInput = false;
    int timeoutMs = 0; ///< 0: wait as long as it takes
};

/// What a command line asks for.
struct Request
{
    enum class What { Command, Help, CommandHelp, Version };
    What what = What::Help;
    const Command *command = nullptr; ///< for Command and CommandHelp
    Invocation invocation;
};

/// Every error is one of usage (exit code 2). `globals` is filled as far as it could be read, so that even a usage
/// error is told in JSON when that was asked for.
Result<Request> parseCommandLine(const QStringList &arguments, const QList<Command> &commands, Globals &globals);

QString helpText(const QList<Command> &commands);
QString helpText(const Command &command);
/// "Usage: slipwayctl promote ENV …"
QString usageLine(const Command &command);

} // namespace Slipway::Cli
