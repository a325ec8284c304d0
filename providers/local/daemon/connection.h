// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QJsonObject>
#include <QLocalSocket>
#include <QObject>

namespace Slipway {

/// One client: a JSON object a line in both directions. Event loop thread.
class Connection final : public QObject
{
    Q_OBJECT
public:
    explicit Connection(QLocalSocket *socket, QObject *parent = nullptr); ///< takes the socket

    void answer(int id, const Result<QJsonObject> &outcome);
    void progress(int id, const QString &text);
    void output(int id, const QByteArray &bytes, bool isError);
    void send(const QJsonObject &message);
    void close();

Q_SIGNALS:
    void requested(const QJsonObject &request);
    void gone();

private:
    void read();

    QLocalSocket *m_socket;
    QByteArray m_buffer;
};

} // namespace Slipway
