// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/messages.h"

#include <QCoreApplication>

#include <clocale>
#include <cstring>

#include <langinfo.h>

using namespace Qt::StringLiterals;
using namespace Slipway;
using namespace Slipway::Cli;

namespace {

/// Qt speaks UTF-8 and complains on stderr about anything else; cron and containers run in the C locale.
void speakUtf8()
{
    std::setlocale(LC_ALL, "");
    if (std::strcmp(::nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");
}

int runCommand(Context &context, const Request &request)
{
    if (const auto opened = context.open(request.command->automates); !opened)
        return context.report(opened.error());
    if (!request.command->automates) // at an agent sits nobody
        tellMessages(context);
    const auto done = request.command->run(context, request.invocation);
    if (!done)
        return context.report(done.error());
    return *done;
}

int answer(const QStringList &arguments)
{
    Terminal terminal;
    Globals globals;
    const auto request = parseCommandLine(arguments, allCommands(), globals);
    Context context(globals, terminal);
    if (!request)
        return context.report(request.error());
    int code = Done;
    switch (request->what) {
    case Request::What::Help:
        terminal.write(helpText(allCommands()).toUtf8());
        break;
    case Request::What::CommandHelp:
        terminal.write(helpText(*request->command).toUtf8());
        break;
    case Request::What::Version:
        terminal.say(u"slipwayctl " SLIPWAY_VERSION ""_s);
        break;
    case Request::What::Command:
        code = runCommand(context, *request);
        break;
    }
    terminal.flush();
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    speakUtf8();
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"slipway"_s); // the same state and settings as the window
    QCoreApplication::setApplicationVersion(QStringLiteral(SLIPWAY_VERSION));
    return answer(QCoreApplication::arguments());
}
