// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wireserver.h"

#include <QHostAddress>

#include <algorithm>

QByteArray WireServer::Request::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

void WireServer::Request::answer(const QByteArray &bytes) const
{
    if (socket)
        socket->write(bytes);
}

void WireServer::Request::answerBytewise(const QByteArray &bytes) const
{
    for (qsizetype at = 0; socket && at < bytes.size(); ++at) {
        socket->write(bytes.mid(at, 1));
        socket->flush();
    }
}

void WireServer::Request::answerAndClose(const QByteArray &bytes) const
{
    if (!socket)
        return;
    socket->write(bytes);
    socket->disconnectFromHost();
}

void WireServer::Request::drop() const
{
    if (socket)
        socket->abort();
}

WireServer::WireServer()
{
    connect(this, &QTcpServer::newConnection, this, &WireServer::accept);
    listen(QHostAddress::LocalHost);
}

QByteArray WireServer::reply(int status, const QByteArray &body, const QList<QByteArray> &headers)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + " Words\r\n";
    for (const QByteArray &header : headers)
        bytes += header + "\r\n";
    if (status != 304 && status != 204)
        bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return bytes + "\r\n" + body;
}

QUrl WireServer::url(const QByteArray &target) const
{
    return QUrl::fromEncoded("http://127.0.0.1:" + QByteArray::number(serverPort()) + target);
}

int WireServer::count(const QByteArray &method) const
{
    return int(std::count_if(requests.cbegin(), requests.cend(),
                             [&method](const Request &request) { return request.method == method; }));
}

void WireServer::accept()
{
    while (QTcpSocket *socket = nextPendingConnection()) {
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        const int connection = ++connections;
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, connection] { read(socket, connection); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_buffers.remove(socket);
            socket->deleteLater();
        });
        read(socket, connection);
    }
}

void WireServer::read(QTcpSocket *socket, int connection)
{
    m_buffers[socket] += socket->readAll();
    Request request;
    while (m_buffers.contains(socket) && take(m_buffers[socket], request)) {
        request.connection = connection;
        request.socket = socket;
        requests.append(request);
        if (handle)
            handle(request);
        else
            request.answer(reply(200, "ok"));
        request = Request();
    }
}

bool WireServer::take(QByteArray &buffer, Request &request) const
{
    const qsizetype end = buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const QList<QByteArray> lines = buffer.left(end).replace("\r\n", "\n").split('\n');
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.append({line.left(colon), line.mid(colon + 1).trimmed()});
    }
    const qsizetype length = request.header("Content-Length").toLongLong();
    if (buffer.size() < end + 4 + length)
        return false;
    const QList<QByteArray> words = lines.first().split(' ');
    request.method = words.value(0);
    request.target = words.value(1);
    request.body = buffer.mid(end + 4, length);
    buffer.remove(0, end + 4 + length);
    return true;
}
