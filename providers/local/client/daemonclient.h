// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QHash>
#include <QJsonObject>
#include <QLocalSocket>
#include <QObject>
#include <QTimer>

#include <coroutine>
#include <functional>
#include <memory>
#include <optional>

namespace Slipway {

/// The connection to slipwayd: starts it when it is not there, finds it again when it died, repeats what was not
/// answered. Lives in the account's thread. The only place of the Local provider where a coroutine meets a socket.
class DaemonClient final : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        std::function<void(const QString &)> progress;
        std::function<void(const QByteArray &, bool isError)> output;
        bool repeat = true; ///< may be sent again after a lost connection: reads, and everything with a ticket
    };

    /// What `co_await` gets: the answer of one request. Cancelled after stop().
    class Reply
    {
    public:
        bool await_ready() const { return m_state->outcome.has_value(); }
        void await_suspend(std::coroutine_handle<> waiting) const { m_state->waiting = waiting; }
        Result<QJsonObject> await_resume() const { return *m_state->outcome; }

    private:
        friend class DaemonClient;
        struct State
        {
            QJsonObject request;
            Options options;
            std::optional<Result<QJsonObject>> outcome;
            std::coroutine_handle<> waiting;
        };
        explicit Reply(std::shared_ptr<State> state)
            : m_state(std::move(state))
        { }
        std::shared_ptr<State> m_state;
    };

    explicit DaemonClient(QString home, QObject *parent = nullptr);
    ~DaemonClient() override;

    Reply send(QJsonObject request, Options options);
    /// Ends every call with Cancelled and refuses new ones. The daemon goes on with what it was asked.
    void stop();

    std::function<void(const QString &pipeline)> onChanged;

private:
    enum class Phase { Away, Starting, Greeting, Ready };

    void open(); ///< connects, starting the daemon if nobody listens
    void retry();
    void greet(int descriptor);
    void greeted(const QJsonObject &answer);
    void lost();
    void giveUp(const Error &error);
    void read();
    void receive(const QJsonObject &message);
    void settle(int id, const Result<QJsonObject> &outcome);
    void write(const QJsonObject &message);
    Result<void> startDaemon() const;
    QString logFile() const;

    QString m_home;
    Phase m_phase = Phase::Away;
    bool m_stopped = false;
    bool m_farewell = false; ///< the daemon said that it ends on purpose
    QLocalSocket *m_socket = nullptr;
    QByteArray m_buffer;
    QHash<int, std::shared_ptr<Reply::State>> m_open;
    int m_lastId = 0;
    int m_losses = 0; ///< in a row without an answer in between
    qint64 m_deadline = 0; ///< of the start, in ms of the clock
    QTimer m_retry;
};

} // namespace Slipway
