// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/logs/logreader.h"

#include "providers/heroku/phrases.h"

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kMostBacklog = 1500; ///< lines, the most Heroku keeps (source: Dev Center, "Logging")
constexpr auto kWait = 20s; ///< LogQuery::wait
constexpr auto kFirstOutput = 3s; ///< for an output stream to say something at all
constexpr int kReleases = 20; ///< looked through for one with output
constexpr auto kTailSilence =
    90s; ///< a tail that is dead and one that has nothing to say look alike: it is opened anew

} // namespace

LogReader::LogReader(HerokuApi &api)
    : m_api(api)
    , m_lookup(api)
{ }

LogReader::FeedPtr LogReader::feedOf(const QString &key)
{
    m_feeds.removeIf([this, &key](const QHash<QString, FeedPtr>::iterator &feed) {
        return feed.key() != key && feed.value()->isForgotten() && !m_following.contains(feed.key());
    });
    FeedPtr &feed = m_feeds[key];
    if (!feed)
        feed = std::make_shared<Feed>();
    feed->asked();
    return feed;
}

Task<LogPage> LogReader::read(LogQuery query)
{
    if (query.kind == LogKind::Runtime) {
        Result<LogPage> page = co_await runtime(query);
        co_return page;
    }
    Result<LogPage> page = co_await output(query);
    co_return page;
}

Task<QUrl> LogReader::session(QString app, QJsonObject body)
{
    Call call;
    call.method = "POST";
    call.path = u"/apps/"_s + segment(app) + u"/log-sessions"_s;
    call.what = Phrases::tr("open the log of %1").arg(app);
    call.body = body;
    const auto made = co_await m_api.object(call);
    if (!made)
        co_return Result<QUrl>(tl::unexpect, made.error());
    const QUrl url(made->value(u"logplex_url"_s).toString(), QUrl::StrictMode);
    if (url.isValid() && !url.isRelative())
        co_return Result<QUrl>(url);
    const Error wrong(Error::Kind::BadPayload, Phrases::tr("Heroku gave no address for the log of %1.").arg(app));
    co_return Result<QUrl>(tl::unexpect, wrong);
}

Task<void> LogReader::stream(QUrl url, FeedPtr feed, std::shared_ptr<LogLines> lines)
{
    HttpRequest request;
    request.url = url;
    request.authorized = false; // the address is the permission
    request.timeout = kTailSilence;
    request.chunk = [feed, lines](const QByteArray &bytes) { feed->add(lines->take(bytes)); };
    request.enough = [feed] { return feed->isForgotten(); };
    const auto heard = co_await m_api.http().send(request);
    feed->add(lines->rest());
    if (!heard)
        co_return Result<void>(tl::unexpect, heard.error());
    if (!heard->good()) {
        const Error gone(Error::Kind::NotFound, Phrases::tr("The log's session is over."));
        co_return Result<void>(tl::unexpect, gone);
    }
    co_return Result<void>();
}

Task<void> LogReader::backlog(QString app, int lines, FeedPtr feed)
{
    const QJsonObject body{{u"lines"_s, qBound(1, lines, kMostBacklog)}, {u"tail"_s, false}};
    const auto url = co_await session(app, body);
    if (!url)
        co_return Result<void>(tl::unexpect, url.error());
    HttpRequest request;
    request.url = *url;
    request.authorized = false;
    const auto text = co_await m_api.http().send(request);
    if (!text)
        co_return Result<void>(tl::unexpect, text.error());
    LogLines reader;
    QList<LogLine> all = reader.take(text->good() ? text->body : QByteArray());
    all += reader.rest();
    feed->startSession();
    feed->add(all);
    co_return Result<void>();
}

Task<void> LogReader::wakeAfter(std::chrono::milliseconds time, Later<bool> news)
{
    const auto waited = co_await m_api.http().delay(time);
    news.settle(false);
    co_return waited;
}

Task<void> LogReader::follow(QString app, FeedPtr feed)
{
    while (!feed->isForgotten()) {
        const QJsonObject body{{u"lines"_s, kMostBacklog}, {u"tail"_s, true}};
        const auto url = co_await session(app, body);
        if (!url) {
            m_following.remove(app);
            co_return Result<void>(tl::unexpect, url.error());
        }
        const auto lines = std::make_shared<LogLines>();
        feed->startSession();
        const auto ended = co_await stream(*url, feed, lines);
        if (!ended && ended.error().kind() == Error::Kind::Cancelled)
            break;
        const auto waited = co_await m_api.pause();
        if (!waited)
            break;
    }
    m_following.remove(app);
    co_return Result<void>();
}

Task<LogPage> LogReader::page(FeedPtr feed, LogQuery query)
{
    if (query.cursor.isEmpty())
        co_return Result<LogPage>(feed->last(query.limit));
    const qint64 from = query.cursor.toLongLong();
    if (query.wait && !feed->hasAfter(from) && !feed->isEnded()) {
        Later<bool> news = feed->news();
        const auto alarm = wakeAfter(kWait, news); // runs on by itself
        co_await news;
    }
    co_return Result<LogPage>(feed->after(from, query.limit));
}

Task<LogPage> LogReader::runtime(LogQuery query)
{
    const QString app = query.environment;
    const FeedPtr feed = feedOf(app);
    const bool followed = m_following.contains(app);
    if (query.cursor.isEmpty() || (!query.wait && !followed)) {
        const int lines = query.cursor.isEmpty() ? query.limit : kMostBacklog;
        const auto read = co_await backlog(app, lines, feed);
        if (!read)
            co_return Result<LogPage>(tl::unexpect, read.error());
    } else if (!followed) {
        m_following.insert(app);
        const auto beside = follow(app, feed); // runs on by itself
    }
    Result<LogPage> lines = co_await page(feed, query);
    co_return lines;
}

Task<LogReader::Output> LogReader::latestOutput(LogQuery query)
{
    Output output;
    if (query.kind == LogKind::Build) {
        const auto builds = co_await m_lookup.builds(query.environment, 1);
        if (!builds)
            co_return Result<Output>(tl::unexpect, builds.error());
        for (const Build &build : *builds)
            output = Output{build.output, build.at, build.isPending()};
        co_return Result<Output>(output);
    }
    const auto releases = co_await m_lookup.releases(query.environment, kReleases);
    if (!releases)
        co_return Result<Output>(tl::unexpect, releases.error());
    for (const AppRelease &release : *releases) {
        if (output.url.isEmpty() && !release.output.isEmpty())
            output = Output{release.output, release.at, release.isPending()};
    }
    co_return Result<Output>(output);
}

/// One that is under way is streamed beside the caller; of one that has ended everything is there when this has.
Task<void> LogReader::outputInto(Output output, FeedPtr feed, QString process)
{
    const QString address = output.url.toString(QUrl::FullyEncoded);
    const auto lines = std::make_shared<LogLines>(process, output.at);
    const auto heard = co_await stream(output.url, feed, lines);
    m_following.remove(address);
    if (heard || heard.error().kind() != Error::Kind::NotFound) // not there for the first moments: asked again
        feed->end();
    co_return heard;
}

Task<LogPage> LogReader::output(LogQuery query)
{
    // The cursor names the stream as well: what comes after a build's last line is not the next build's first.
    const QString known = query.cursor.section(u'\n', 1);
    query.cursor = query.cursor.section(u'\n', 0, 0);
    Output output{QUrl(known, QUrl::StrictMode), QDateTime::currentDateTimeUtc(), true};
    if (known.isEmpty()) {
        const auto latest = co_await latestOutput(query);
        if (!latest)
            co_return Result<LogPage>(tl::unexpect, latest.error());
        output = *latest;
    }
    if (output.url.isEmpty())
        co_return Result<LogPage>(LogPage());
    const QString address = output.url.toString(QUrl::FullyEncoded);
    const FeedPtr feed = feedOf(address);
    if (!m_following.contains(address) && !feed->isEnded()) {
        m_following.insert(address);
        auto beside = outputInto(output, feed, toString(query.kind)); // runs on by itself when it is not awaited
        if (!output.pending) {
            co_await beside;
        }
    }
    if (query.cursor.isEmpty() && output.pending && !feed->isEnded() && !feed->hasAfter(0)) {
        Later<bool> news = feed->news();
        const auto alarm = wakeAfter(kFirstOutput, news);
        co_await news;
    }
    Result<LogPage> lines = co_await page(feed, query);
    if (lines)
        lines->cursor += u'\n' + address;
    co_return lines;
}

} // namespace Slipway::Heroku
