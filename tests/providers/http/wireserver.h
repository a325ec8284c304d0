// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QPair>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>

/// A server of bytes: it reads whole requests and lets the test write, split, cut or drop whatever it wants.
class WireServer final : public QTcpServer
{
    Q_OBJECT
public:
    struct Request
    {
        QByteArray method;
        QByteArray target;
        QList<QPair<QByteArray, QByteArray>> headers;
        QByteArray body;
        int connection = 0; ///< from 1 on
        QPointer<QTcpSocket> socket;
        QByteArray header(const QByteArray &name) const; ///< null when absent
        void answer(const QByteArray &bytes) const; ///< the connection stays open
        void answerBytewise(const QByteArray &bytes) const; ///< each in a segment of its own, as far as the kernel will
        void answerAndClose(const QByteArray &bytes) const; ///< in order, so that the bytes arrive
        void drop() const; ///< closes at once
    };

    WireServer(); ///< listens on 127.0.0.1

    /// "HTTP/1.1 <status> …" with Content-Length, and `headers` as lines without their ends.
    static QByteArray reply(int status, const QByteArray &body = {}, const QList<QByteArray> &headers = {});
    QUrl url(const QByteArray &target = "/") const;
    int count(const QByteArray &method) const;

    std::function<void(const Request &)> handle; ///< called with each whole request; empty: 200 "ok"
    QList<Request> requests;
    int connections = 0;

private:
    void accept();
    void read(QTcpSocket *socket, int connection);
    bool take(QByteArray &buffer, Request &request) const;

    QHash<QTcpSocket *, QByteArray> m_buffers;
};
