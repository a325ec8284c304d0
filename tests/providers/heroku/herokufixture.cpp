// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "herokufixture.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

QString schemaFile()
{
    const QString shared = qEnvironmentVariable("SLIPWAY_SHARED", QStringLiteral(SLIPWAY_SHARED_DEFAULT));
    const QString file = shared + u"/api/heroku-schema.json"_s;
    return QFile::exists(file) ? file : QString();
}

} // namespace

HerokuFixture::HerokuFixture()
{
    QStringList arguments{u"-B"_s, QStringLiteral(SLIPWAY_STAND_INS) + u"/heroku/server.py"_s};
    if (const QString schema = schemaFile(); !schema.isEmpty())
        arguments += {u"--schema"_s, schema};
    else
        qInfo("no description of the API: requests are not held against it");
    m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_server.start(QStringLiteral(SLIPWAY_PYTHON), arguments);
    if (m_server.waitForStarted() && m_server.waitForReadyRead(30000))
        m_address = QString::fromUtf8(m_server.readLine()).trimmed();
    if (m_address.isEmpty())
        qFatal("the stand-in did not start");
    newProvider();
}

HerokuFixture::~HerokuFixture()
{
    m_provider.reset();
    m_server.closeWriteChannel(); // it ends with its standard input
    if (!m_server.waitForFinished(10000)) {
        m_server.kill();
        m_server.waitForFinished();
    }
}

void HerokuFixture::newProvider(const QString &token)
{
    m_provider.reset();
    ProviderContext context;
    context.home = m_folder.path();
    context.account = Account{u"heroku"_s, u"heroku"_s, m_address};
    context.token = token;
    m_provider = std::make_unique<HerokuProvider>(context);
}

QJsonValue HerokuFixture::control(const QByteArray &method, const QString &what, const QJsonObject &body)
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

QJsonObject HerokuFixture::seed(const QJsonObject &wanted)
{
    const QJsonObject made = control("POST", u"seed"_s, wanted).toObject();
    m_pipeline = made.value(u"pipeline"_s).toObject().value(u"id"_s).toString();
    return made;
}

QJsonArray HerokuFixture::effects(const QString &kind)
{
    const QJsonArray all = control("GET", u"effects"_s).toArray();
    QJsonArray some;
    for (const auto &effect : all) {
        if (kind.isEmpty() || effect.toObject().value(u"kind"_s).toString() == kind + u".create"_s)
            some.append(effect);
    }
    return some;
}

QString HerokuFixture::violations()
{
    const QJsonArray all = control("GET", u"violations"_s).toArray();
    return all.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(all).toJson());
}

Ticket HerokuFixture::ticket()
{
    return {u"0b5c4f1e-operation.%1"_s.arg(++m_tickets), u"Lea"_s};
}

Result<Snapshot> HerokuFixture::observe()
{
    auto snapshot = wait(provider().observe(m_pipeline, m_known, {}));
    if (snapshot)
        m_known = *snapshot;
    return snapshot;
}

Environment HerokuFixture::environment(const QString &name)
{
    const auto snapshot = observe();
    if (!snapshot)
        qWarning("%s", qPrintable(snapshot.error().text()));
    for (const Environment &one : snapshot.value_or(Snapshot()).environments) {
        if (one.name == name)
            return one;
    }
    return {};
}

QString HerokuFixture::archive()
{
    const QString file = m_folder.path() + u"/source.tar.gz"_s;
    QDir(m_folder.path()).mkpath(u"source"_s);
    QFile code(m_folder.path() + u"/source/Procfile"_s);
    if (code.open(QIODevice::WriteOnly))
        code.write("web: npm start\n");
    code.close();
    QProcess::execute(u"tar"_s, {u"-czf"_s, file, u"-C"_s, m_folder.path() + u"/source"_s, u"."_s});
    return file;
}
