// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commandline.h"
#include "app/session/interrupt.h"
#include "app/cli/terminal.h"
#include "app/session/session.h"

#include <QEventLoop>
#include <QJsonObject>

#include <functional>
#include <memory>

namespace Slipway::Cli {

/// What DESIGN section 11 promises to scripts.
enum ExitCode {
    Done = 0,
    Failed = 1,
    Usage = 2,
    BlockedByCheck = 3,
    NotAuthorised = 4,
    Unreachable = 5,
    Interrupted = 130
};

/// What a command works with: the session, the terminal, and a way to wait for an answer. Main thread.
class Context
{
public:
    Context(const Globals &globals, Terminal &terminal);
    ~Context();

    /// Opens the stores under SLIPWAY_HOME. Before any command runs.
    Result<void> open(bool automates = false); ///< `automates`: as Command::automates
    Session &session() { return *m_session; }
    const BoardReader &reader() const { return m_session->reader(); }
    Terminal &terminal() { return m_terminal; }
    bool json() const { return m_globals.json; }
    bool noInput() const { return m_globals.noInput; }

    /// Starts the engine and waits until `begin`'s callback was called, a signal came or the time is over.
    template<typename T> Result<T> wait(std::function<void(std::function<void(Result<T>)>)> begin);
    /// Spins the one event loop of this program until `finished` answers true. `look` is called at once, and again for
    /// each change of the stores and each end of an operation. Error: interrupted, or the time is over.
    Result<void> waitUntil(std::function<bool()> finished);
    /// Asks the provider now.
    Result<void> refresh(const QString &pipeline);

    /// The command's one JSON document.
    void document(const QJsonObject &document);
    /// Added to the {"error": …} document should the command fail.
    void addToFailure(const QJsonObject &keys);
    /// Sentences on stderr, the document on stdout; answers the exit code.
    int report(const Error &error);
    bool wasInterrupted() const { return m_interrupt && m_interrupt->isRaised(); }
    int interruptedBy() const { return m_interrupt ? m_interrupt->number() : 0; } ///< the signal; 0: none

private:
    Result<void> spin(QEventLoop &loop, const std::function<bool()> &finished);

    Globals m_globals;
    Terminal &m_terminal;
    std::unique_ptr<Interrupt> m_interrupt;
    std::unique_ptr<Session> m_session;
    QJsonObject m_failure;
    qint64 m_deadline = 0; ///< of QElapsedTimer's clock, ms; 0: none
    bool m_spoken = false; ///< the document was written
};

int exitCode(Error::Kind kind);

template<typename T> Result<T> Context::wait(std::function<void(std::function<void(Result<T>)>)> begin)
{
    struct Answer
    {
        std::optional<Result<T>> result;
        QEventLoop *loop = nullptr; ///< reset when nobody waits any more
    };
    m_session->start();
    QEventLoop loop;
    const auto answer = std::make_shared<Answer>();
    answer->loop = &loop;
    begin([answer](Result<T> result) {
        answer->result.emplace(std::move(result));
        if (answer->loop)
            answer->loop->quit();
    });
    const auto waited = spin(loop, [answer] { return answer->result.has_value(); });
    answer->loop = nullptr;
    if (!waited)
        return tl::unexpected(waited.error());
    return std::move(*answer->result);
}

} // namespace Slipway::Cli
