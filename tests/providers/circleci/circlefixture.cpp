// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "circlefixture.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

QString description()
{
    const QString shared = qEnvironmentVariable("SLIPWAY_SHARED", QStringLiteral(SLIPWAY_SHARED_DEFAULT));
    const QString file = shared + u"/api/circleci-openapi.json"_s;
    return QFile::exists(file) ? file : QString();
}

Push pushFrom(const QJsonObject &told)
{
    Push push;
    push.sha = told.value(u"sha"_s).toString();
    push.id = told.value(u"id"_s).toString();
    push.number = told.value(u"number"_s).toInt();
    push.workflows = told.value(u"workflows"_s).toObject();
    return push;
}

} // namespace

QString Push::job(const QString &workflow, const QString &name) const
{
    return workflows.value(workflow).toObject().value(u"jobs"_s).toObject().value(name).toString();
}

QString Push::numberOf(const QString &workflow, const QString &name) const
{
    return QString::number(workflows.value(workflow).toObject().value(u"numbers"_s).toObject().value(name).toInt());
}

CircleFixture::CircleFixture()
{
    QStringList arguments{u"-B"_s, QStringLiteral(SLIPWAY_STAND_INS) + u"/circleci/server.py"_s};
    if (const QString file = description(); !file.isEmpty())
        arguments += {u"--description"_s, file};
    else
        qInfo("no description of the API: requests are not held against it");
    m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_server.start(QStringLiteral(SLIPWAY_PYTHON), arguments);
    QString port;
    if (m_server.waitForStarted() && m_server.waitForReadyRead(30000))
        port = QString::fromUtf8(m_server.readLine()).trimmed();
    if (port.isEmpty())
        qFatal("the stand-in did not start");
    m_address = u"http://127.0.0.1:"_s + port;
    act(u"project"_s, {{u"slug"_s, m_project}});
    newProvider();
}

CircleFixture::~CircleFixture()
{
    const QString wrong = violations(u"request"_s) + violations(u"stand-in"_s);
    if (!wrong.isEmpty())
        QTest::qFail(qPrintable(wrong), __FILE__, __LINE__);
    m_provider.reset();
    m_server.closeWriteChannel(); // it ends with its standard input
    if (!m_server.waitForFinished(10000)) {
        m_server.kill();
        m_server.waitForFinished();
    }
}

void CircleFixture::newProvider(const QString &token)
{
    m_provider.reset();
    ProviderContext context;
    context.home = m_folder.path();
    context.account = Account{u"circleci"_s, u"circleci"_s, m_address + u'/'};
    context.token = token;
    m_provider = std::make_unique<CircleCiProvider>(context);
}

QJsonValue CircleFixture::control(const QByteArray &method, const QString &what, const QJsonObject &body)
{
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(m_address + u"/_stand-in/"_s + what));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    const QByteArray bytes = body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson();
    QNetworkReply *reply = network.sendCustomRequest(request, method, bytes);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    const QByteArray answer = reply->readAll();
    if (reply->error() != QNetworkReply::NoError)
        qFatal("the stand-in refused %s: %s", qPrintable(what), answer.constData());
    const QJsonDocument document = QJsonDocument::fromJson(answer);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

QJsonObject CircleFixture::act(const QString &action, QJsonObject words)
{
    words.insert(u"action"_s, action);
    return control("POST", u"state"_s, words).toObject();
}

QStringList CircleFixture::requests()
{
    QStringList routes;
    const QJsonArray all = wholeRequests();
    for (const auto &request : all)
        routes.append(request.toObject().value(u"route"_s).toString());
    return routes;
}

int CircleFixture::effects(const QString &kind)
{
    const QJsonArray all = control("GET", u"effects"_s).toArray();
    return int(std::count_if(all.cbegin(), all.cend(), [&kind](const QJsonValue &effect) {
        return effect.toObject().value(u"kind"_s).toString() == kind;
    }));
}

QString CircleFixture::violations(const QString &about)
{
    QStringList words;
    const QJsonArray all = control("GET", u"violations"_s).toArray();
    for (const auto &one : all) {
        const QJsonObject violation = one.toObject();
        if (about.isEmpty() || violation.value(u"about"_s).toString() == about)
            words.append(QString::fromUtf8(QJsonDocument(violation).toJson(QJsonDocument::Compact)));
    }
    return words.join(u'\n');
}

Push CircleFixture::push(const QString &branch, const QJsonArray &workflows, QJsonObject more)
{
    more.insert(u"project"_s, m_project);
    if (!more.contains(u"tag"_s))
        more.insert(u"branch"_s, branch);
    if (!workflows.isEmpty())
        more.insert(u"workflows"_s, workflows);
    return pushFrom(act(u"push"_s, more));
}

Push CircleFixture::tree(const Push &push)
{
    return pushFrom(act(u"tree"_s, {{u"pipeline"_s, push.id}}));
}

void CircleFixture::finish(const Push &push, const QString &job, const QString &status, QJsonObject more)
{
    more.insert(u"pipeline"_s, push.id);
    more.insert(u"job"_s, job);
    if (!status.isEmpty())
        more.insert(u"status"_s, status);
    act(u"finish"_s, more);
}

Result<QHash<QString, CiStatus>> CircleFixture::states(const QList<CiCommit> &commits)
{
    return wait(provider().states(m_project, commits));
}

CiStatus CircleFixture::state(const Push &push, const QString &branch)
{
    const auto all = states({CiCommit{push.sha, branch}});
    if (!all)
        qWarning("%s", qPrintable(all.error().text()));
    CiStatus none;
    none.state = CiState::Unknown;
    return all ? all->value(push.sha, none) : none;
}

Result<CiReport> CircleFixture::report(const Push &push, const QString &branch)
{
    return wait(provider().report(m_project, CiCommit{push.sha, branch}));
}

QJsonObject workflow(const QString &name, const QString &result)
{
    const QJsonObject job{{u"name"_s, name + u"-job"_s}, {u"result"_s, result}};
    return {{u"name"_s, name}, {u"jobs"_s, QJsonArray{job}}};
}
