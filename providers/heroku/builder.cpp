// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/builder.h"

#include "models/domain/plaintext.h"
#include "providers/heroku/phrases.h"

#include <QCryptographicHash>
#include <QFile>

#include <memory>

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kNewest = 20; ///< builds that are looked through for one's own
constexpr auto kBuildSilence = 120s; ///< a build may say nothing for long while it compiles

/// Heroku compares what it fetched with this (source: schema, build, source_blob.checksum).
QString checksumOf(const QString &archive)
{
    QFile file(archive);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return {};
    return u"SHA256:"_s + QString::fromLatin1(hash.result().toHex());
}

/// Cuts a stream into lines and keeps the last one.
struct LastLine
{
    QByteArray rest;
    QString take(const QByteArray &bytes)
    {
        rest += bytes;
        const qsizetype end = rest.lastIndexOf('\n');
        if (end < 0)
            return {};
        const QByteArray whole = rest.left(end);
        rest = rest.mid(end + 1);
        return plainText(whole.mid(whole.lastIndexOf('\n') + 1)).trimmed();
    }
};

} // namespace

Builder::Builder(HerokuApi &api)
    : m_api(api)
    , m_lookup(api)
    , m_watch(api)
    , m_sources(api)
{ }

Task<std::optional<Build>> Builder::find(BuildOrder order)
{
    const auto builds = co_await m_lookup.builds(order.app.name, kNewest);
    if (!builds)
        co_return Result<std::optional<Build>>(tl::unexpect, builds.error());
    for (const Build &build : *builds) {
        if (isSignedBy(build.description, order.ticket))
            co_return Result<std::optional<Build>>(build);
    }
    for (const Build &build : *builds) { // an earlier attempt may have failed after its build was done and released
        if (build.status != u"succeeded" || build.version != order.version || order.version.isEmpty()
            || !isSignedByStepOf(build.description, order.ticket))
            continue;
        const auto release = co_await m_lookup.release(order.app.name, build.release);
        if (release && !release->hasFailed())
            co_return Result<std::optional<Build>>(build);
    }
    co_return Result<std::optional<Build>>(std::nullopt);
}

Task<Build> Builder::send(BuildOrder order, QUrl source)
{
    QJsonObject blob{{u"url"_s, source.toString(QUrl::FullyEncoded)},
                     {u"version_description"_s, signedTitle(order.change, order.ticket)},
                     {u"checksum"_s, checksumOf(order.archive)}};
    if (!order.version.isEmpty())
        blob.insert(u"version"_s, order.version);
    Call call;
    call.method = "POST";
    call.path = u"/apps/"_s + segment(order.app.id) + u"/builds"_s;
    call.what = Phrases::tr("build for %1").arg(order.app.name);
    call.body = QJsonObject{{u"source_blob"_s, blob}};
    const auto object = co_await m_api.object(call);
    if (!object)
        co_return Result<Build>(tl::unexpect, object.error());
    co_return Build::from(*object);
}

Task<Build> Builder::start(BuildOrder order, Progress progress)
{
    const auto source = co_await m_sources.upload(order.archive, progress);
    if (!source)
        co_return Result<Build>(tl::unexpect, source.error());
    for (int attempt = 1;; ++attempt) {
        Result<Build> build = co_await send(order, *source);
        if (build || !mayHaveHappened(build.error()))
            co_return build;
        const auto waited = co_await m_api.pause(); // it may still be on its way in
        if (!waited)
            co_return Result<Build>(tl::unexpect, waited.error());
        const auto found = co_await find(order);
        if (found && *found)
            co_return Result<Build>(**found);
        if (!found || attempt == kLostAnswerTries)
            co_return build;
    }
}

Task<void> Builder::listen(Build build, Progress progress)
{
    const auto last = std::make_shared<LastLine>();
    HttpRequest request;
    request.url = build.output;
    request.authorized = false;
    request.timeout = kBuildSilence;
    request.chunk = [last, progress](const QByteArray &bytes) {
        const QString line = last->take(bytes);
        if (progress && !line.isEmpty())
            progress(Phrases::tr("Building: %1").arg(line));
    };
    const auto heard = co_await m_api.http().send(request);
    if (!heard)
        co_return Result<void>(tl::unexpect, heard.error());
    co_return Result<void>();
}

Task<Build> Builder::follow(App app, Build build, Progress progress)
{
    while (true) {
        if (!build.isPending() && (build.status != u"succeeded" || !build.release.isEmpty()))
            co_return Result<Build>(build);
        if (progress)
            progress(Phrases::tr("Building"));
        if (build.isPending() && !build.output.isEmpty()) {
            const auto heard = co_await listen(build, progress); // its end says nothing: the build itself is asked
            if (!heard && heard.error().kind() == Error::Kind::Cancelled)
                co_return Result<Build>(tl::unexpect, heard.error());
        }
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<Build>(tl::unexpect, waited.error());
        const auto now = co_await m_lookup.build(app.name, build.id);
        if (!now)
            co_return Result<Build>(tl::unexpect, now.error());
        build = *now;
    }
}

Task<QString> Builder::build(BuildOrder order, Progress progress)
{
    const auto found = co_await find(order);
    if (!found)
        co_return Result<QString>(tl::unexpect, found.error());
    Build build;
    if (*found) {
        build = **found;
    } else {
        const auto started = co_await start(order, progress);
        if (!started)
            co_return Result<QString>(tl::unexpect, started.error());
        build = *started;
    }
    const auto ended = co_await follow(order.app, build, progress);
    if (!ended)
        co_return Result<QString>(tl::unexpect, ended.error());
    if (ended->status == u"succeeded")
        co_return Result<QString>(ended->release);
    const auto tail = co_await m_watch.tailOf(ended->output);
    const Error failed(Error::Kind::Failed,
                       Phrases::tr("The build failed; %1 goes on with the release it had.").arg(order.app.name),
                       Phrases::tr("The build's output says why."), tail.value_or(QString()));
    co_return Result<QString>(tl::unexpect, failed);
}

} // namespace Slipway::Heroku
