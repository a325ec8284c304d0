// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/tickets.h"

#include "models/domain/json.h"
#include "providers/local/daemon/statefile.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kKeptDays = 7;

} // namespace

QJsonObject releaseAnswer(const Release &release)
{
    return {{u"release"_s, toJson(release)}};
}

QJsonObject pipelineAnswer(const PipelineRecord &record)
{
    return {{u"id"_s, record.name},
            {u"name"_s, record.name},
            {u"repository"_s, record.repository},
            {u"mainBranch"_s, record.mainBranch},
            {u"origin"_s, record.origin}};
}

/// A ticket is text from outside: its hash is a file name in every case.
QString Tickets::path(const QString &ticket) const
{
    const QByteArray name = QCryptographicHash::hash(ticket.toUtf8(), QCryptographicHash::Sha256).toHex().left(40);
    return m_folder + u'/' + QString::fromLatin1(name) + u".json"_s;
}

void Tickets::resolve(const LocalState &state)
{
    const auto files = QDir(m_folder).entryInfoList({u"*.json"_s}, QDir::Files);
    const QDateTime oldest = QDateTime::currentDateTimeUtc().addDays(-kKeptDays);
    for (const QFileInfo &file : files) {
        const auto json = readState(file.filePath());
        if (!json) {
            if (json.error().kind() == Error::Kind::Storage)
                QFile::remove(file.filePath());
            continue;
        }
        if (file.lastModified() < oldest) {
            QFile::remove(file.filePath());
            continue;
        }
        if (json->value(u"state"_s).toString() != u"running")
            continue;
        const QString ticket = json->value(u"ticket"_s).toString();
        if (const auto answer = recorded(ticket, *json, state))
            end(ticket, *answer, true);
        else
            forget(ticket);
    }
}

/// What the state says about work that was going on when the daemon went.
std::optional<QJsonObject> Tickets::recorded(const QString &ticket, const QJsonObject &json,
                                             const LocalState &state) const
{
    const QString call = json.value(u"call"_s).toString();
    const QString pipeline = json.value(u"pipeline"_s).toString();
    if (call == u"setUp") {
        const auto made = state.pipeline(pipeline);
        return made && made->ticket == ticket ? std::optional(pipelineAnswer(*made)) : std::nullopt;
    }
    const auto environment = state.environment(pipeline, json.value(u"environment"_s).toString());
    if (!environment)
        return std::nullopt;
    if (call == u"clone")
        return environment->ticket == ticket ? std::optional(QJsonObject()) : std::nullopt;
    if (call == u"replaceData")
        return environment->dataTicket == ticket ? std::optional(QJsonObject()) : std::nullopt;
    const ReleaseRecord *release = environment->releaseOfTicket(ticket);
    return release ? std::optional(releaseAnswer(release->release)) : std::nullopt;
}

Result<void> Tickets::begin(const QString &ticket, const QString &call, const QString &pipeline,
                            const QString &environment)
{
    if (ticket.isEmpty())
        return {};
    return writeState(path(ticket),
                      {{u"ticket"_s, ticket},
                       {u"call"_s, call},
                       {u"pipeline"_s, pipeline},
                       {u"environment"_s, environment},
                       {u"state"_s, u"running"_s}});
}

void Tickets::end(const QString &ticket, const Result<QJsonObject> &outcome, bool heard)
{
    if (ticket.isEmpty())
        return;
    if (!outcome && heard) {
        forget(ticket);
        return;
    }
    QJsonObject json{{u"ticket"_s, ticket}, {u"state"_s, u"done"_s}};
    if (outcome)
        json.insert(u"ok"_s, *outcome);
    else
        json.insert(u"error"_s, outcome.error().toJson());
    writeState(path(ticket), json);
}

void Tickets::forget(const QString &ticket)
{
    QFile::remove(path(ticket));
}

std::optional<Result<QJsonObject>> Tickets::outcome(const QString &ticket)
{
    if (ticket.isEmpty())
        return std::nullopt;
    const auto json = readState(path(ticket));
    if (!json || json->value(u"state"_s).toString() != u"done")
        return std::nullopt;
    if (!json->contains(u"error"_s))
        return Result<QJsonObject>(json->value(u"ok"_s).toObject());
    forget(ticket);
    return Result<QJsonObject>(tl::unexpected(Error::fromJson(json->value(u"error"_s).toObject())));
}

} // namespace Slipway
