// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/http/httpclient.h"

#include "providers/http/etagcache.h"
#include "providers/http/gate.h"
#include "providers/http/httpattempts.h"
#include "providers/http/httpexchange.h"
#include "providers/http/httpmessages.h"
#include "providers/http/networkmanager.h"
#include "providers/http/ratelimit.h"
#include "providers/http/waits.h"

#include <QPointer>

namespace Slipway {

using namespace std::chrono_literals;

class HttpClient::Private
{
public:
    Private(HttpClient *client, Setting given)
        : q(client)
        , setting(std::move(given))
        , manager(makeNetworkManager(client))
        , gate(setting.concurrent)
        , limit(setting.retry, setting.budgetTotal)
        , answers(setting.keptBytes)
    { }

    /// Counts one send() or delay() until its coroutine has ended.
    class Flight
    {
    public:
        explicit Flight(Private &owner)
            : m_owner(owner)
        {
            ++m_owner.flights;
        }
        ~Flight()
        {
            // The caller is resumed after this, in the same turn of the event loop: what is told comes in a later one.
            if (--m_owner.flights == 0 && m_owner.stopped)
                m_owner.tellDrainedSoon();
        }
        Q_DISABLE_COPY_MOVE(Flight)
    private:
        Private &m_owner;
    };

    Later<HttpOutcome> start(const HttpRequest &request, const std::optional<HttpAnswer> &kept);
    std::optional<HttpAnswer> keptFor(const HttpRequest &request) const;
    void learn(const HttpRequest &request, const std::optional<HttpAnswer> &kept, HttpOutcome &outcome);
    void endAll();
    void tellDrainedSoon();

    HttpClient *q;
    const Setting setting;
    QNetworkAccessManager *manager;
    Gate gate;
    RateLimit limit;
    ETagCache answers;
    Waits waits;
    QList<QPointer<HttpExchange>> exchanges;
    QList<std::function<void()>> drained;
    int flights = 0;
    bool stopped = false;
};

std::optional<HttpAnswer> HttpClient::Private::keptFor(const HttpRequest &request) const
{
    if (!request.conditional || request.method != "GET" || request.chunk)
        return {};
    return answers.find(request);
}

Later<HttpOutcome> HttpClient::Private::start(const HttpRequest &request, const std::optional<HttpAnswer> &kept)
{
    auto *exchange = new HttpExchange(setting, manager, request, kept ? kept->header("ETag") : QByteArray(), q);
    exchanges.removeIf([](const QPointer<HttpExchange> &one) { return !one || one->outcome().settled(); });
    exchanges.append(exchange);
    exchange->start();
    return exchange->outcome();
}

void HttpClient::Private::learn(const HttpRequest &request, const std::optional<HttpAnswer> &kept, HttpOutcome &outcome)
{
    if (!outcome.answer)
        return;
    if (request.authorized)
        limit.learn(*outcome.answer);
    if (!request.conditional || request.method != "GET" || request.chunk)
        return;
    if (outcome.answer->status == 304 && kept)
        outcome.answer = ETagCache::confirmed(*kept, *outcome.answer);
    else if (outcome.answer->good())
        answers.keep(request, *outcome.answer);
}

void HttpClient::Private::endAll()
{
    stopped = true;
    gate.close();
    waits.close();
    const auto running = std::exchange(exchanges, {});
    for (const QPointer<HttpExchange> &exchange : running) {
        if (exchange)
            exchange->cancel();
    }
}

void HttpClient::Private::tellDrainedSoon()
{
    const auto tell = [this] {
        if (flights > 0)
            return;
        const auto waiting = std::exchange(drained, {});
        for (const auto &told : waiting)
            told(); // the last one may delete the client
    };
    QMetaObject::invokeMethod(q, tell, Qt::QueuedConnection);
}

HttpClient::HttpClient(Setting setting, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(setting)))
{ }

HttpClient::~HttpClient()
{
    d->endAll();
}

QCoro::Task<Result<HttpAnswer>> HttpClient::send(HttpRequest request)
{
    const Private::Flight flight(*d);
    const bool counted = !request.chunk;
    HttpAttempts attempts(d->setting.retry, d->setting.service, request);
    while (!d->stopped) {
        const std::chrono::milliseconds hold = d->limit.hold();
        if (hold > 0ms) {
            if (!attempts.bears(hold))
                co_return attempts.limited(hold);
            const Later<bool> over = d->waits.after(hold);
            co_await over;
            continue; // the limit may have been prolonged meanwhile
        }
        if (counted) {
            const Later<bool> place = d->gate.enter();
            const bool inside = co_await place;
            if (!inside)
                break;
        }
        if (d->stopped || d->limit.hold() > 0ms) { // since it waited for its place
            if (counted)
                d->gate.leave();
            continue;
        }
        const std::optional<HttpAnswer> kept = d->keptFor(request);
        const Later<HttpOutcome> later = d->start(request, kept);
        HttpOutcome outcome = co_await later;
        d->learn(request, kept, outcome);
        if (counted)
            d->gate.leave();
        const auto pause = attempts.pauseAfter(outcome);
        if (!pause)
            co_return attempts.result(outcome, d->limit.hold());
        if (*pause > 0ms) {
            const Later<bool> over = d->waits.after(*pause);
            co_await over;
        }
    }
    co_return attempts.ended();
}

QCoro::Task<Result<void>> HttpClient::delay(std::chrono::milliseconds time)
{
    const Private::Flight flight(*d);
    const Later<bool> over = d->waits.after(time);
    const bool passed = co_await over;
    if (!passed)
        co_return tl::unexpected(HttpMessages::ended(d->setting.service));
    co_return Result<void>();
}

Budget HttpClient::budget() const
{
    return d->limit.budget();
}

void HttpClient::stop(std::function<void()> drained)
{
    if (drained)
        d->drained.append(std::move(drained));
    if (!d->stopped)
        d->endAll();
    if (d->flights == 0)
        d->tellDrainedSoon();
}

int HttpClient::inFlight() const
{
    return d->flights;
}

} // namespace Slipway
