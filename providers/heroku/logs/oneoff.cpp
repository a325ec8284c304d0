// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/logs/logreader.h"

#include "providers/heroku/phrases.h"

#include <QRegularExpression>

// The part of LogReader that runs one-off commands: their output is a part of the app's log.
namespace Slipway::Heroku {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kLongestSilence = 15min; ///< of a command
constexpr auto kBetweenLooks = 2s; ///< whether its dyno is still there
constexpr int kBacklog = 1000; ///< lines of the whole app, among which are the command's first
/// How the platform tells the end of a dyno (source: Dev Center, "Dyno lifecycle").
const QRegularExpression &exitLine()
{
    static const QRegularExpression shape(u"^Process exited with status (\\d+)"_s);
    return shape;
}

} // namespace

/// What the stream of a one-off command has told so far.
struct LogReader::Hearing
{
    LogLines lines;
    std::optional<int> status;
};

void LogReader::hear(Hearing &hearing, const QList<LogLine> &lines, const QString &dyno, const Sink &output)
{
    for (const LogLine &line : lines) {
        if (line.process != dyno || hearing.status)
            continue;
        const QRegularExpressionMatch exit = exitLine().match(line.text);
        if (exit.hasMatch())
            hearing.status = exit.captured(1).toInt();
        else if (!line.text.startsWith(u"State changed from"_s)
                 && !line.text.startsWith(u"Starting process with command"_s))
            output(line.text.toUtf8() + '\n', false);
    }
}

/// The line that tells the end may be lost (L10): a dyno that is not there any more has ended as well.
Task<void> LogReader::untilGone(QString app, QString dyno, Later<bool> ended)
{
    Call call;
    call.path = u"/apps/"_s + segment(app) + u"/dynos/"_s + segment(dyno);
    call.what = Phrases::tr("look at the command %1").arg(dyno);
    while (!ended.settled()) {
        const auto there = co_await m_api.object(call);
        const bool gone = !there && there.error().kind() == Error::Kind::NotFound;
        const auto waited = co_await m_api.http().delay(kBetweenLooks); // its last lines are on their way
        if (gone || !waited)
            break;
    }
    ended.settle(false);
    co_return Result<void>();
}

Task<void> LogReader::listen(QUrl url, QString dyno, std::shared_ptr<Hearing> hearing, Sink output, Later<bool> ended)
{
    HttpRequest request;
    request.url = url;
    request.authorized = false;
    request.timeout = kLongestSilence;
    request.chunk = [hearing, dyno, output, ended](const QByteArray &bytes) {
        if (ended.settled())
            return;
        hear(*hearing, hearing->lines.take(bytes), dyno, output);
    };
    request.enough = [hearing, ended] { return hearing->status || ended.settled(); };
    const auto heard = co_await m_api.http().send(request);
    ended.settle(true);
    if (!heard)
        co_return Result<void>(tl::unexpect, heard.error());
    co_return Result<void>();
}

Task<int> LogReader::run(QString app, QString command, Sink output)
{
    // The stream is asked for once the command's dyno has a name: the backlog holds what a quick one has written by
    // then.
    const QJsonObject tail{{u"lines"_s, kBacklog}, {u"tail"_s, true}};
    const auto url = co_await session(app, tail);
    if (!url)
        co_return Result<int>(tl::unexpect, url.error());
    Call call;
    call.method = "POST";
    call.path = u"/apps/"_s + segment(app) + u"/dynos"_s;
    call.what = Phrases::tr("run the command on %1").arg(app);
    call.body = QJsonObject{{u"command"_s, command}, {u"attach"_s, false}};
    const auto started = co_await m_api.object(call);
    if (!started) // never sent again: whether it ran is for the user to find out
        co_return Result<int>(tl::unexpect, started.error());
    const QString dyno = started->value(u"name"_s).toString();
    const auto hearing = std::make_shared<Hearing>();
    Later<bool> ended;
    const auto listening = listen(*url, dyno, hearing, output, ended); // both run on by themselves
    const auto looking = untilGone(app, dyno, ended);
    co_await ended;
    if (hearing->status)
        co_return Result<int>(*hearing->status);
    const Error lost(Error::Kind::Network,
                     Phrases::tr("How the command %1 on %2 ended is not known: its log broke off.").arg(dyno, app),
                     Phrases::tr("Look at the log for %1.").arg(dyno));
    co_return Result<int>(tl::unexpect, lost);
}

} // namespace Slipway::Heroku
