// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/connection.h"

#include <QJsonDocument>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestLine = 4 * 1024 * 1024;

} // namespace

Connection::Connection(QLocalSocket *socket, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
{
    m_socket->setParent(this);
    connect(m_socket, &QLocalSocket::readyRead, this, &Connection::read);
    connect(m_socket, &QLocalSocket::disconnected, this, &Connection::gone);
}

void Connection::answer(int id, const Result<QJsonObject> &outcome)
{
    if (outcome)
        send({{u"id"_s, id}, {u"ok"_s, *outcome}});
    else
        send({{u"id"_s, id}, {u"error"_s, outcome.error().toJson()}});
}

void Connection::progress(int id, const QString &text)
{
    send({{u"id"_s, id}, {u"progress"_s, text}});
}

void Connection::output(int id, const QByteArray &bytes, bool isError)
{
    send({{u"id"_s, id}, {u"output"_s, QString::fromLatin1(bytes.toBase64())}, {u"isError"_s, isError}});
}

void Connection::send(const QJsonObject &message)
{
    if (m_socket->state() == QLocalSocket::ConnectedState)
        m_socket->write(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
}

void Connection::close()
{
    m_socket->flush();
    m_socket->disconnectFromServer();
}

void Connection::read()
{
    m_buffer += m_socket->readAll();
    if (m_buffer.size() > kLongestLine && !m_buffer.contains('\n')) {
        m_socket->abort();
        return;
    }
    for (qsizetype end = m_buffer.indexOf('\n'); end >= 0; end = m_buffer.indexOf('\n')) {
        const QByteArray line = m_buffer.left(end);
        m_buffer.remove(0, end + 1);
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (document.isObject())
            Q_EMIT requested(document.object());
    }
}

} // namespace Slipway
