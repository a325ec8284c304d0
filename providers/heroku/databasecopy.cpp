// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/databasecopy.h"

#include "models/domain/plaintext.h"
#include "providers/heroku/phrases.h"

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

const auto kTransfers = u"/client/v11/apps/%1/transfers"_s;
const auto kDatabase = u"/client/v11/databases/%1"_s;

Call dataCall(const QString &path, const DatabasePair &pair)
{
    Call call;
    call.path = path;
    call.what = Phrases::tr("copy the data of %1").arg(pair.source.name);
    call.data = true;
    call.kept = false;
    return call;
}

/// The name that a copy gives its source is free: it carries the mark.
QString labelled(const DatabasePair &pair)
{
    return pair.mark.isEmpty() ? pair.from.name : u"%1 (Slipway %2)"_s.arg(pair.from.name, pair.mark);
}

bool isOfPair(const QJsonObject &transfer, const DatabasePair &pair)
{
    return transfer.value(u"from_name"_s).toString() == labelled(pair)
        && transfer.value(u"to_name"_s).toString() == pair.to.name;
}

bool hasEnded(const QJsonObject &transfer)
{
    return !transfer.value(u"finished_at"_s).toString().isEmpty()
        || !transfer.value(u"canceled_at"_s).toString().isEmpty();
}

QString lastWords(const QJsonObject &transfer)
{
    const QJsonArray logs = transfer.value(u"logs"_s).toArray();
    QStringList words;
    for (const auto &line : logs)
        words.append(plainText(line.toObject().value(u"message"_s).toString().toUtf8()));
    return words.mid(qMax<qsizetype>(0, words.size() - 10)).join(u'\n');
}

/// What an add-on calls its database's address: the first of its keys that is one.
QString addressOf(const Addon &database, const ConfigValues &config)
{
    for (const QString &key : database.configKeys) {
        if (key.endsWith(u"_URL"_s) && config.value(key).startsWith(u"postgres"_s))
            return config.value(key);
    }
    return {};
}

} // namespace

DatabaseCopy::DatabaseCopy(HerokuApi &api)
    : m_api(api)
    , m_lookup(api)
{ }

Task<void> DatabaseCopy::untilReady(Addon database, Progress progress)
{
    Call call;
    call.path = kDatabase.arg(segment(database.name)) + u"/wait_status"_s;
    call.what = Phrases::tr("make the database %1").arg(database.name);
    call.data = true;
    call.kept = false;
    while (true) {
        const auto status = co_await m_api.object(call);
        if (!status && status.error().kind() != Error::Kind::NotFound) // not there yet: it is being made
            co_return Result<void>(tl::unexpect, status.error());
        if (status && !status->value(u"waiting?"_s).toBool())
            co_return Result<void>();
        if (progress)
            progress(Phrases::tr("Heroku makes the database %1").arg(database.name));
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return waited;
    }
}

Task<QList<QJsonObject>> DatabaseCopy::all(DatabasePair pair)
{
    const Call call = dataCall(kTransfers.arg(segment(pair.target.id)), pair);
    const auto transfers = co_await m_api.list(call);
    if (!transfers)
        co_return Result<QList<QJsonObject>>(tl::unexpect, transfers.error());
    QList<QJsonObject> found;
    for (const auto &entry : *transfers) {
        if (isOfPair(entry.toObject(), pair))
            found.append(entry.toObject());
    }
    co_return Result<QList<QJsonObject>>(found);
}

Task<bool> DatabaseCopy::wasBegun(DatabasePair pair)
{
    const auto found = co_await all(pair);
    if (!found)
        co_return Result<bool>(tl::unexpect, found.error());
    co_return Result<bool>(!found->isEmpty());
}

/// The newest copy of this pair that did not fail; an empty object when there is none.
Task<QJsonObject> DatabaseCopy::find(DatabasePair pair)
{
    const auto transfers = co_await all(pair);
    if (!transfers)
        co_return Result<QJsonObject>(tl::unexpect, transfers.error());
    QJsonObject newest;
    for (const QJsonObject &one : *transfers) {
        const bool failed = hasEnded(one) && !one.value(u"succeeded"_s).toBool();
        if (!failed && one.value(u"created_at"_s).toString() >= newest.value(u"created_at"_s).toString())
            newest = one;
    }
    co_return Result<QJsonObject>(newest);
}

Task<QJsonObject> DatabaseCopy::start(DatabasePair pair)
{
    const auto from = co_await m_lookup.config(pair.source.name);
    if (!from)
        co_return Result<QJsonObject>(tl::unexpect, from.error());
    const auto to = co_await m_lookup.config(pair.target.name);
    if (!to)
        co_return Result<QJsonObject>(tl::unexpect, to.error());
    const QString fromAddress = addressOf(pair.from, *from);
    const QString toAddress = addressOf(pair.to, *to);
    if (fromAddress.isEmpty() || toAddress.isEmpty() || fromAddress == toAddress) {
        const Error same(Error::Kind::Failed,
                         Phrases::tr("The data of %1 was not copied: the database of %2 has no address of its own.")
                             .arg(pair.source.name, pair.target.name),
                         Phrases::tr("Look at the add-ons of both, or go on without data."));
        co_return Result<QJsonObject>(tl::unexpect, same);
    }
    Call call = dataCall(kDatabase.arg(segment(pair.to.name)) + u"/transfers"_s, pair);
    call.method = "POST";
    call.body = QJsonObject{{u"from_url"_s, fromAddress},
                            {u"from_name"_s, labelled(pair)},
                            {u"to_url"_s, toAddress},
                            {u"to_name"_s, pair.to.name}};
    const auto started = co_await m_api.created(call, u"uuid"_s);
    if (started || !mayHaveHappened(started.error()))
        co_return started;
    const auto found = co_await find(pair);
    if (found && !found->isEmpty())
        co_return found;
    co_return started;
}

Task<void> DatabaseCopy::follow(DatabasePair pair, QJsonObject transfer, Progress progress)
{
    const QString id = transfer.value(u"uuid"_s).toString();
    const Call call = dataCall(kTransfers.arg(segment(pair.target.id)) + u'/' + segment(id) + u"?verbose=true"_s, pair);
    while (!hasEnded(transfer)) {
        const double all = transfer.value(u"source_bytes"_s).toDouble();
        const double done = transfer.value(u"processed_bytes"_s).toDouble();
        if (progress && all > 0)
            progress(Phrases::tr("Copying data: %1 %").arg(int(qMin(100.0, 100 * done / all))));
        else if (progress)
            progress(Phrases::tr("Copying data: %1 MB").arg(done / 1e6, 0, 'f', 1));
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return waited;
        const auto now = co_await m_api.object(call);
        if (!now)
            co_return Result<void>(tl::unexpect, now.error());
        transfer = *now;
    }
    if (transfer.value(u"succeeded"_s).toBool())
        co_return Result<void>();
    const Error failed(Error::Kind::Failed, Phrases::tr("The data of %1 could not be copied.").arg(pair.source.name),
                       Phrases::tr("Try again, or go on without data."), lastWords(transfer));
    co_return Result<void>(tl::unexpect, failed);
}

Task<void> DatabaseCopy::copy(DatabasePair pair, Progress progress)
{
    const auto ready = co_await untilReady(pair.to, progress);
    if (!ready)
        co_return ready;
    const auto found = co_await find(pair);
    if (!found)
        co_return Result<void>(tl::unexpect, found.error());
    QJsonObject transfer = *found;
    if (transfer.isEmpty()) {
        const auto started = co_await start(pair);
        if (!started)
            co_return Result<void>(tl::unexpect, started.error());
        transfer = *started;
    }
    Result<void> done = co_await follow(pair, transfer, progress);
    co_return done;
}

} // namespace Slipway::Heroku
