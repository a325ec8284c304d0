// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "githubfixture.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>

using namespace Qt::StringLiterals;
using namespace Slipway;

GitHubFixture::GitHubFixture()
{
    QStringList arguments{u"-B"_s, QStringLiteral(SLIPWAY_STAND_INS) + u"/github/server.py"_s};
    // Its own schema is a part of GitHub's (a test of its proves that): the whole one is not needed to hold a query
    // against.
    if (const QString schema = qEnvironmentVariable("SLIPWAY_GITHUB_SCHEMA"); !schema.isEmpty())
        arguments += {u"--schema"_s, schema};
    m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_server.start(QStringLiteral(SLIPWAY_PYTHON), arguments);
    QByteArray port;
    if (m_server.waitForStarted() && m_server.waitForReadyRead(30000))
        port = m_server.readLine().trimmed();
    if (port.isEmpty())
        qFatal("the stand-in did not start");
    m_address = u"http://127.0.0.1:"_s + QString::fromLatin1(port);
    const QJsonArray all = control("GET", u"world"_s).toObject().value(u"repositories"_s).toArray();
    m_repository = all.at(0).toObject().value(u"git_dir"_s).toString();
    newProvider();
}

GitHubFixture::~GitHubFixture()
{
    m_provider.reset();
    const QJsonArray failures = control("GET", u"failures"_s).toArray();
    if (!failures.isEmpty())
        QTest::qFail(QJsonDocument(failures).toJson().constData(), __FILE__, __LINE__);
    m_server.closeWriteChannel(); // it ends with its standard input
    if (!m_server.waitForFinished(10000)) {
        m_server.kill();
        m_server.waitForFinished();
    }
}

void GitHubFixture::newProvider(const QString &token)
{
    newProviderAt({}, token);
}

void GitHubFixture::newProviderAt(const QString &path, const QString &token)
{
    m_provider.reset();
    ProviderContext context;
    context.home = m_folder.path();
    context.account = Account{u"github"_s, u"github"_s, m_address + path};
    context.token = token;
    m_provider = std::make_unique<GitHubProvider>(context);
}

QJsonValue GitHubFixture::exchange(const QByteArray &method, const QString &path, const QJsonObject &body)
{
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(m_address + path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("Authorization", "Bearer stand-in-token");
    request.setRawHeader("User-Agent", "slipway-tests");
    const QByteArray bytes = body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson();
    QNetworkReply *reply = network.sendCustomRequest(request, method, bytes);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    const QByteArray answer = reply->readAll();
    if (reply->error() != QNetworkReply::NoError)
        qFatal("the stand-in refused %s: %s", qPrintable(path), answer.constData());
    const QJsonDocument document = QJsonDocument::fromJson(answer);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

QJsonValue GitHubFixture::control(const QByteArray &method, const QString &what, const QJsonObject &body)
{
    return exchange(method, u"/_stand-in/"_s + what, body);
}

QJsonArray GitHubFixture::ask(const QString &path)
{
    return exchange("GET", u"/repos/acme/shop"_s + path, {}).toArray();
}

int GitHubFixture::asked()
{
    return int(requests().size());
}

int GitHubFixture::spent()
{
    int spent = 0;
    const QJsonArray all = requests();
    for (const auto &request : all)
        spent += request.toObject().value(u"status"_s).toInt() == 304 ? 0 : 1;
    return spent;
}

QJsonArray GitHubFixture::effects(const QString &kind)
{
    const QJsonArray all = control("GET", u"effects"_s).toArray();
    QJsonArray some;
    for (const auto &effect : all) {
        if (kind.isEmpty() || effect.toObject().value(u"kind"_s).toString() == kind)
            some.append(effect);
    }
    return some;
}

void GitHubFixture::seed(const QJsonObject &wanted)
{
    const QJsonObject made = control("POST", u"seed"_s, wanted).toObject();
    m_project = made.value(u"full_name"_s).toString();
    m_repository = made.value(u"git_dir"_s).toString();
    m_known.clear();
}

QString GitHubFixture::git(const QStringList &words)
{
    QProcess git;
    git.start(u"git"_s, QStringList{u"--git-dir"_s, m_repository} + words);
    git.waitForFinished();
    return QString::fromUtf8(git.readAllStandardOutput()).trimmed();
}

QString GitHubFixture::head(const QString &ref)
{
    return git({u"rev-parse"_s, u"--verify"_s, u"--quiet"_s, ref});
}

Result<QList<Change>> GitHubFixture::changes()
{
    auto changes = wait(provider().changes(m_project, m_known));
    if (changes)
        m_known = *changes;
    return changes;
}

Change GitHubFixture::change(int number)
{
    for (const Change &one : std::as_const(m_known)) {
        if (one.number == number)
            return one;
    }
    return {};
}
