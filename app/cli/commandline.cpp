// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commandline.h"

#include <QCommandLineParser>

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

const QList<OptionSpec> &globalOptions()
{
    static const QList<OptionSpec> options{
        {{u"json"_s}, {}, u"One JSON document on stdout."_s},
        {{u"no-input"_s}, {}, u"Never ask; refuse what would need an answer."_s},
        {{u"timeout"_s}, u"S"_s, u"Stop waiting after S seconds."_s},
        {{u"h"_s, u"help"_s}, {}, u"Show this help."_s},
    };
    return options;
}

/// Position of the next word that is neither an option nor an option's value; -1 at the end or at "--".
qsizetype nextWord(const QStringList &arguments, qsizetype from)
{
    for (qsizetype i = from; i < arguments.size(); ++i) {
        const QString &word = arguments.at(i);
        if (word == u"--")
            return -1;
        if (word == u"--timeout")
            ++i;
        else if (!word.startsWith(u'-'))
            return i;
    }
    return -1;
}

const Command *findCommand(const QList<Command> &commands, const QString &name)
{
    for (const Command &command : commands) {
        if (command.name == name)
            return &command;
    }
    return nullptr;
}

/// The second words there are after this first one.
QStringList followers(const QList<Command> &commands, const QString &first)
{
    QStringList words;
    for (const Command &command : commands) {
        if (command.name.startsWith(first + u' '))
            words << command.name.mid(first.size() + 1);
    }
    return words;
}

tl::unexpected<Error> unknownCommand(const QList<Command> &commands, const QString &word)
{
    QStringList names;
    for (const Command &command : commands) {
        const QString first = command.name.section(u' ', 0, 0);
        if (!names.contains(first))
            names << first;
    }
    return fail(Error::Kind::Invalid, u"There is no command “%1”."_s.arg(word),
                u"The commands are: %1. `slipwayctl help` says what each does."_s.arg(names.join(u", "_s)));
}

/// Takes the command's own words out of `arguments`.
Result<const Command *> takeCommand(QStringList &arguments, const QList<Command> &commands)
{
    const qsizetype at = nextWord(arguments, 0);
    if (at < 0)
        return nullptr;
    const QString first = arguments.at(at);
    const qsizetype then = nextWord(arguments, at + 1);
    if (then >= 0) {
        if (const Command *found = findCommand(commands, first + u' ' + arguments.at(then))) {
            arguments.removeAt(then);
            arguments.removeAt(at);
            return found;
        }
    }
    if (const Command *found = findCommand(commands, first)) {
        arguments.removeAt(at);
        return found;
    }
    const QStringList next = followers(commands, first);
    if (next.isEmpty())
        return unknownCommand(commands, first);
    const QString given = then >= 0 ? u"“%1 %2” is not a command."_s.arg(first, arguments.at(then))
                                    : u"“%1” needs a second word."_s.arg(first);
    return fail(Error::Kind::Invalid, given, u"There is: %1."_s.arg(next.join(u", "_s)));
}

void addOptions(QCommandLineParser &parser, const QList<OptionSpec> &options)
{
    for (const OptionSpec &option : options)
        parser.addOption(QCommandLineOption(option.names, option.text, option.value));
}

void readOptions(const QCommandLineParser &parser, const QList<OptionSpec> &options, Invocation &invocation)
{
    for (const OptionSpec &option : options) {
        const QString key = option.names.last();
        if (parser.isSet(key))
            invocation.options.insert(key, option.value.isEmpty() ? QString() : parser.value(key));
    }
}

QString optionLabel(const OptionSpec &option)
{
    QStringList names;
    for (const QString &name : option.names)
        names << (name.size() == 1 ? u"-"_s : u"--"_s) + name;
    QString label = names.join(u", "_s);
    if (!option.value.isEmpty())
        label += u' ' + option.value;
    return label;
}

QString optionLines(const QList<OptionSpec> &options)
{
    QString text;
    for (const OptionSpec &option : options) {
        const QString label = optionLabel(option);
        text += u"  %1  %2\n"_s.arg(label.leftJustified(20), option.text);
    }
    return text;
}

Result<void> checkArguments(const Command &command, const Invocation &invocation)
{
    const qsizetype count = invocation.arguments.size();
    if (count < command.least) {
        return fail(Error::Kind::Invalid, u"“%1” needs more arguments."_s.arg(command.name), {}, usageLine(command));
    }
    if (command.most >= 0 && count > command.most) {
        return fail(
            Error::Kind::Invalid,
            u"“%1” does not know what to do with “%2”."_s.arg(command.name, invocation.arguments.at(command.most)), {},
            usageLine(command));
    }
    return {};
}

} // namespace

Result<int> Invocation::number(const QString &key, int least, int most, int fallback) const
{
    if (!has(key))
        return fallback;
    bool good = false;
    const int number = value(key).toInt(&good);
    if (!good || number < least || number > most) {
        const QString option = (key.size() == 1 ? u"-"_s : u"--"_s) + key;
        return fail(Error::Kind::Invalid, u"“%1” is not a number that %2 takes."_s.arg(value(key), option),
                    u"Give a whole number from %1 to %2."_s.arg(least).arg(most));
    }
    return number;
}

Result<Request> parseCommandLine(const QStringList &given, const QList<Command> &commands, Globals &globals)
{
    QStringList arguments = given.mid(1);
    const QStringList beforeDashes = arguments.mid(0, arguments.indexOf(u"--"_s));
    globals.json = beforeDashes.contains(u"--json"_s);
    if (arguments.value(0) == u"help") {
        arguments.removeFirst();
        arguments.append(u"--help"_s);
    }
    Request request;
    const auto command = takeCommand(arguments, commands);
    if (!command)
        return tl::unexpected(command.error());
    request.command = *command;

    QCommandLineParser parser;
    addOptions(parser, globalOptions());
    if (!request.command)
        parser.addOption(QCommandLineOption(QStringList{u"v"_s, u"version"_s}));
    else
        addOptions(parser, request.command->options);
    if (!parser.parse(QStringList{given.value(0)} + arguments)) {
        return fail(Error::Kind::Invalid, parser.errorText() + (parser.errorText().endsWith(u'.') ? u""_s : u"."_s),
                    u"`slipwayctl %1--help` shows what there is."_s.arg(request.command ? request.command->name + u' '
                                                                                        : QString()),
                    request.command ? usageLine(*request.command) : QString());
    }
    Invocation shared;
    readOptions(parser, globalOptions(), shared);
    globals.noInput = shared.has(u"no-input"_s);
    if (shared.has(u"help"_s)) {
        request.what = request.command ? Request::What::CommandHelp : Request::What::Help;
        return request;
    }
    if (!request.command) {
        request.what = parser.isSet(u"version"_s) ? Request::What::Version : Request::What::Help;
        return request;
    }
    const auto seconds = shared.number(u"timeout"_s, 1, 7 * 24 * 3600, 0);
    if (!seconds)
        return tl::unexpected(seconds.error());
    globals.timeoutMs = *seconds * 1000;
    request.what = Request::What::Command;
    request.invocation.arguments = parser.positionalArguments();
    readOptions(parser, request.command->options, request.invocation);
    if (const auto good = checkArguments(*request.command, request.invocation); !good)
        return tl::unexpected(good.error());
    return request;
}

QString usageLine(const Command &command)
{
    return u"Usage: slipwayctl %1 %2"_s.arg(command.name, command.usage).trimmed();
}

QString helpText(const Command &command)
{
    QString text = usageLine(command) + u"\n\n"_s + command.summary + u'\n';
    if (!command.details.isEmpty())
        text += u'\n' + command.details + u'\n';
    if (!command.options.isEmpty())
        text += u"\nOptions:\n"_s + optionLines(command.options);
    return text + u"\nFor every command:\n"_s + optionLines(globalOptions());
}

QString helpText(const QList<Command> &commands)
{
    QString text = u"slipwayctl: a team's deployment pipeline from the command line.\n\n"
                   "Usage: slipwayctl COMMAND [ARGUMENTS] [OPTIONS]\n\n"
                   "An environment is written PIPELINE/ENVIRONMENT, such as shop/staging.\n\nCommands:\n"_s;
    for (const Command &command : commands)
        text += u"  %1  %2\n"_s.arg(command.name.leftJustified(18), command.summary);
    text += u"\nFor every command:\n"_s + optionLines(globalOptions());
    text += u"\n`slipwayctl COMMAND --help` says more of one command.\n"
            "SLIPWAY_HOME moves all state into one folder.\n\n"
            "Exit codes: 0 done, 1 failed, 2 usage, 3 blocked by a check, 4 not authorised,\n"
            "5 provider unreachable, 130 interrupted.\n"_s;
    return text;
}

} // namespace Slipway::Cli
