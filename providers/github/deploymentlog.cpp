// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/deploymentlog.h"

#include "providers/github/phrases.h"
#include "providers/github/reading.h"

#include <QJsonDocument>

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostEnded = 10; ///< deployments of one environment that are looked at when it goes
constexpr qsizetype kLongestDescription = 140;

QString stateOf(DeploymentState state)
{
    switch (state) {
    case DeploymentState::Running:
        return u"in_progress"_s;
    case DeploymentState::Live:
        return u"success"_s;
    case DeploymentState::Failed:
        return u"failure"_s;
    case DeploymentState::Gone:
        break;
    }
    return u"inactive"_s;
}

/// The operation that a deployment is of; empty: it is not ours. The payload comes as an object or as its text.
QString operationOf(const QJsonObject &deployment)
{
    const QJsonValue payload = deployment.value(u"payload"_s);
    const QJsonObject object =
        payload.isString() ? QJsonDocument::fromJson(payload.toString().toUtf8()).object() : payload.toObject();
    return object.value(u"slipway"_s).toString();
}

QString webText(const QUrl &address)
{
    return address.scheme().startsWith(u"http") ? address.toString(QUrl::FullyEncoded) : QString();
}

} // namespace

Task<QJsonArray> DeploymentLog::list(QString project, QString environment, QString version)
{
    Call call;
    call.project = project;
    call.path = u"/deployments"_s;
    call.query.addQueryItem(u"environment"_s, QString::fromLatin1(QUrl::toPercentEncoding(environment)));
    if (!version.isEmpty())
        call.query.addQueryItem(u"sha"_s, version);
    call.what = Phrases::tr("read the deployments of %1").arg(environment);
    Result<QJsonArray> listed = co_await m_api.list(call, QString(), 1); // the newest hundred
    co_return listed;
}

/// Its number; empty: there is none yet.
Task<QString> DeploymentLog::find(QString project, DeploymentNote note)
{
    const auto listed = co_await list(project, note.environment, note.version);
    if (!listed)
        co_return Result<QString>(tl::unexpect, listed.error());
    for (const auto &deployment : *listed) {
        if (operationOf(deployment.toObject()) == note.id)
            co_return Result<QString>(idAt(deployment.toObject(), u"id"_s));
    }
    co_return Result<QString>(QString());
}

Task<QString> DeploymentLog::make(QString project, DeploymentNote note)
{
    Call call;
    call.method = "POST";
    call.project = project;
    call.path = u"/deployments"_s;
    call.what = Phrases::tr("record the deployment of %1").arg(note.environment);
    call.body = QJsonObject{
        {u"ref"_s, note.version},
        {u"task"_s, u"deploy"_s},
        {u"auto_merge"_s, false}, // or GitHub merges the main branch into it
        {u"required_contexts"_s, QJsonArray()}, // the checks were looked at before
        {u"payload"_s, QJsonObject{{u"slipway"_s, note.id}}},
        {u"environment"_s, note.environment},
        {u"description"_s, oneLine(note.text).left(kLongestDescription)},
        {u"transient_environment"_s, note.stage == Stage::Development},
        {u"production_environment"_s, note.stage == Stage::Production},
    };
    for (int attempt = 1;; ++attempt) {
        const auto there = co_await find(project, note);
        if (!there || !there->isEmpty())
            co_return there;
        const auto made = co_await m_api.object(call);
        const QString id = made ? idAt(*made, u"id"_s) : QString();
        if (!id.isEmpty())
            co_return Result<QString>(id);
        const bool again = made || mayHaveHappened(made.error());
        if (!again || attempt == kLostAnswerTries) {
            const Error odd(Error::Kind::BadPayload, Phrases::tr("GitHub did not say which deployment it recorded."));
            co_return Result<QString>(tl::unexpect, made ? odd : made.error());
        }
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<QString>(tl::unexpect, waited.error());
    }
}

/// False: it is in that state already.
Task<bool> DeploymentLog::setState(QString project, QString deployment, DeploymentNote note)
{
    const QString state = stateOf(note.state);
    Call last;
    last.project = project;
    last.path = u"/deployments/%1/statuses"_s.arg(deployment);
    last.query.addQueryItem(u"per_page"_s, u"1"_s);
    last.what = Phrases::tr("read the state of a deployment");
    Call call;
    call.method = "POST";
    call.project = project;
    call.path = last.path;
    call.what = Phrases::tr("record how the deployment of %1 goes").arg(note.environment);
    call.body = QJsonObject{{u"state"_s, state}, {u"description"_s, oneLine(note.text).left(kLongestDescription)}};
    const QString address = webText(note.address);
    if (!address.isEmpty() && note.state != DeploymentState::Gone)
        call.body.insert(u"environment_url"_s, address);
    for (int attempt = 1;; ++attempt) {
        const auto statuses = co_await m_api.list(last, QString(), 1); // newest first
        if (!statuses)
            co_return Result<bool>(tl::unexpect, statuses.error());
        const QJsonObject now = statuses->at(0).toObject();
        const bool same = textAt(now, u"state"_s) == state
            && (note.state == DeploymentState::Gone || textAt(now, u"environment_url"_s) == address);
        if (same)
            co_return Result<bool>(attempt > 1);
        const auto sent = co_await m_api.send(call);
        if (sent)
            co_return Result<bool>(true);
        if (!mayHaveHappened(sent.error()) || attempt == kLostAnswerTries)
            co_return Result<bool>(tl::unexpect, sent.error());
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<bool>(tl::unexpect, waited.error());
    }
}

/// An environment that is shut down: what was deployed there is no longer. Older ones were ended by those after them.
Task<void> DeploymentLog::end(QString project, DeploymentNote note)
{
    const auto listed = co_await list(project, note.environment, QString());
    if (!listed)
        co_return Result<void>(tl::unexpect, listed.error());
    int looked = 0;
    for (const auto &entry : *listed) {
        const QJsonObject deployment = entry.toObject();
        if (operationOf(deployment).isEmpty())
            continue;
        if (++looked > kMostEnded)
            break;
        const auto ended = co_await setState(project, idAt(deployment, u"id"_s), note);
        if (!ended)
            co_return Result<void>(tl::unexpect, ended.error());
        if (!*ended)
            break;
    }
    co_return Result<void>();
}

Task<void> DeploymentLog::publish(QString project, DeploymentNote note)
{
    if (note.state == DeploymentState::Gone) {
        Result<void> done = co_await end(project, note);
        co_return done;
    }
    const auto deployment = co_await make(project, note);
    if (!deployment)
        co_return Result<void>(tl::unexpect, deployment.error());
    const auto told = co_await setState(project, *deployment, note);
    if (!told)
        co_return Result<void>(tl::unexpect, told.error());
    co_return Result<void>();
}

} // namespace Slipway::GitHub
