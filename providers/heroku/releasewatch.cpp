// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/releasewatch.h"

#include "models/domain/plaintext.h"
#include "providers/heroku/phrases.h"

#include <QDeadlineTimer>

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kTailLines = 30;
/// A dyno that does not listen within a minute is crashed by Heroku itself (source: Dev Center, "R10"); several may
/// start one after the other.
constexpr auto kBootLimit = 10min;

struct Boot
{
    int up = 0;
    int all = 0;
    QString crashed; ///< name of a dyno
};

Boot bootOf(const QList<Dyno> &dynos, int release)
{
    Boot boot;
    for (const Dyno &dyno : dynos) {
        if (dyno.isOneOff())
            continue;
        ++boot.all;
        const bool runsIt = dyno.release >= release;
        if (runsIt && (dyno.state == u"up" || dyno.state == u"idle"))
            ++boot.up;
        if (runsIt && dyno.state == u"crashed")
            boot.crashed = dyno.name;
    }
    return boot;
}

} // namespace

ReleaseWatch::ReleaseWatch(HerokuApi &api)
    : m_api(api)
    , m_lookup(api)
{ }

Task<QString> ReleaseWatch::tailOf(QUrl output)
{
    if (output.isEmpty())
        co_return Result<QString>(QString());
    HttpRequest request;
    request.url = output;
    request.authorized = false; // the address itself is the permission
    const auto answer = co_await m_api.http().send(request);
    if (!answer || !answer->good())
        co_return Result<QString>(QString());
    QStringList lines;
    const QList<QByteArray> raw = answer->body.split('\n');
    for (const QByteArray &line : raw) {
        if (const QString text = plainText(line); !text.trimmed().isEmpty())
            lines.append(text);
    }
    co_return Result<QString>(lines.mid(qMax<qsizetype>(0, lines.size() - kTailLines)).join(u'\n'));
}

Task<AppRelease> ReleaseWatch::untilReleased(App app, QString releaseId, Progress progress)
{
    while (true) {
        Result<AppRelease> release = co_await m_lookup.release(app.name, releaseId);
        if (!release || !release->isPending())
            co_return release;
        if (progress)
            progress(Phrases::tr("The release phase of v%1 runs").arg(release->version));
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<AppRelease>(tl::unexpect, waited.error());
    }
}

Task<void> ReleaseWatch::untilUp(App app, int release, Progress progress)
{
    const QDeadlineTimer limit(kBootLimit);
    while (true) {
        const auto dynos = co_await m_lookup.dynos(app.name);
        if (!dynos)
            co_return Result<void>(tl::unexpect, dynos.error());
        const Boot boot = bootOf(*dynos, release);
        if (!boot.crashed.isEmpty()) {
            const Error crashed(
                Error::Kind::Failed,
                Phrases::tr("%1 of %2 crashed as it started with v%3.").arg(boot.crashed, app.name).arg(release),
                Phrases::tr("Its log says why. Roll back to the release before, or deploy a better one."));
            co_return Result<void>(tl::unexpect, crashed);
        }
        if (boot.up == boot.all)
            co_return Result<void>();
        if (limit.hasExpired()) {
            const Error late(Error::Kind::Failed,
                             Phrases::tr("%1 has not started completely: %2 of %3 processes run v%4.")
                                 .arg(app.name)
                                 .arg(boot.up)
                                 .arg(boot.all)
                                 .arg(release),
                             Phrases::tr("Look at its log."));
            co_return Result<void>(tl::unexpect, late);
        }
        if (progress)
            progress(Phrases::tr("Starting: %1 of %2 processes run v%3").arg(boot.up).arg(boot.all).arg(release));
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<void>(tl::unexpect, waited.error());
    }
}

Task<AppRelease> ReleaseWatch::untilSucceeded(App app, QString releaseId, Progress progress)
{
    Result<AppRelease> release = co_await untilReleased(app, releaseId, progress);
    if (!release)
        co_return release;
    if (release->hasFailed()) {
        const auto tail = co_await tailOf(release->output);
        const Error failed(Error::Kind::Failed,
                           Phrases::tr("The release phase of v%1 failed; %2 goes on with the release it had.")
                               .arg(release->version)
                               .arg(app.name),
                           Phrases::tr("The output of the release phase says why."), tail.value_or(QString()));
        co_return Result<AppRelease>(tl::unexpect, failed);
    }
    co_return release;
}

Task<AppRelease> ReleaseWatch::untilLive(App app, QString releaseId, Progress progress)
{
    Result<AppRelease> release = co_await untilSucceeded(app, releaseId, progress);
    if (!release)
        co_return release;
    const auto up = co_await untilUp(app, release->version, progress);
    if (!up)
        co_return Result<AppRelease>(tl::unexpect, up.error());
    co_return release;
}

} // namespace Slipway::Heroku
