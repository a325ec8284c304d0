// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/heroku/logs/feed.h"
#include "providers/heroku/logs/loglines.h"
#include "providers/heroku/lookup.h"

#include <memory>

namespace Slipway::Heroku {

/// Logs as pages: runtime through log sessions, which end after a while and are renewed without a word; builds and
/// release phases through their output streams. Account's thread; streams end with HttpClient::stop().
class LogReader
{
public:
    explicit LogReader(HerokuApi &api);

    Task<LogPage> read(LogQuery query);
    /// A one-off command: its output as it comes, until it exits; the answer is its exit status.
    using Sink = std::function<void(const QByteArray &, bool isError)>;
    Task<int> run(QString app, QString command, Sink output);

private:
    using FeedPtr = std::shared_ptr<Feed>;

    Task<LogPage> runtime(LogQuery query);
    Task<LogPage> output(LogQuery query);
    Task<LogPage> page(FeedPtr feed, LogQuery query);
    struct Hearing;
    static void hear(Hearing &hearing, const QList<LogLine> &lines, const QString &dyno, const Sink &output);
    Task<void> listen(QUrl url, QString dyno, std::shared_ptr<Hearing> hearing, Sink output, Later<bool> ended);
    Task<void> untilGone(QString app, QString dyno, Later<bool> ended);
    Task<QUrl> session(QString app, QJsonObject body);
    Task<void> backlog(QString app, int lines, FeedPtr feed);
    /// Runs beside its caller until nobody asks any more.
    Task<void> follow(QString app, FeedPtr feed);
    Task<void> stream(QUrl url, FeedPtr feed, std::shared_ptr<LogLines> lines);
    Task<void> wakeAfter(std::chrono::milliseconds time, Later<bool> news);
    struct Output
    {
        QUrl url; ///< empty: nothing was built or released yet
        QDateTime at;
        bool pending = false;
    };
    Task<Output> latestOutput(LogQuery query);
    Task<void> outputInto(Output output, FeedPtr feed, QString process);
    FeedPtr feedOf(const QString &key);

    HerokuApi &m_api;
    Lookup m_lookup;
    QHash<QString, FeedPtr> m_feeds; ///< by app, or by address of an output stream
    QSet<QString> m_following; ///< keys of feeds that a stream fills
};

} // namespace Slipway::Heroku
