// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/local/daemon/connection.h"
#include "providers/local/daemon/launcher.h"
#include "providers/local/daemon/tickets.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace Slipway {

/// Work that changes something: one at a time per environment, each on a thread of its own, remembered by its ticket.
/// Event loop thread; the work itself runs elsewhere.
class Jobs final : public QObject
{
    Q_OBJECT
public:
    struct Request
    {
        QString call;
        QString ticket; ///< empty: the daemon's own
        QString by;
        QString pipeline;
        QString environment; ///< empty: the whole pipeline
        QString words; ///< "a deploy": for the one who comes second
        std::function<Result<QJsonObject>(const JobContext &)> work;
    };
    struct Listener
    {
        QPointer<Connection> connection;
        int id = 0;
    };

    explicit Jobs(Tickets &tickets, QObject *parent = nullptr);

    /// Starts, attaches to the running one with this ticket, or answers from the record. Refusals: Conflict.
    void start(const Request &request, const Listener &listener);
    bool isEmpty() const { return m_jobs.isEmpty(); }
    bool isBusy(const QString &pipeline, const QString &environment) const { return find(pipeline, environment); }
    /// Its call and its last words; empty when nothing runs for exactly this environment.
    QString callOn(const QString &pipeline, const QString &environment) const;
    QString progressOf(const QString &pipeline, const QString &environment) const;

    /// Refuses new ones, cancels and awaits those that run; their tickets stay "running" for the next daemon to judge.
    void stop();

Q_SIGNALS:
    void changed(const QString &pipeline); ///< one began, moved on or ended
    void ended(const QString &pipeline, const QString &environment);

private:
    struct Job
    {
        Request request;
        QList<Listener> listeners;
        QString progress;
        Cancel cancel;
    };
    using JobPointer = std::shared_ptr<Job>;

    const Job *find(const QString &pipeline, const QString &environment) const;
    void run(const JobPointer &job);
    void moved(const JobPointer &job, const QString &text);
    void finished(const JobPointer &job, const Result<QJsonObject> &outcome);

    Tickets &m_tickets;
    QThreadPool m_pool;
    QList<JobPointer> m_jobs;
    bool m_stopping = false;
};

} // namespace Slipway
