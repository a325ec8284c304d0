// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/jobs.h"

#include <QTimer>

#include <algorithm>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostJobs = 32;
constexpr int kOwnJobMs = 100; ///< until we look again whether the daemon's own job has ended

} // namespace

Jobs::Jobs(Tickets &tickets, QObject *parent)
    : QObject(parent)
    , m_tickets(tickets)
{
    m_pool.setMaxThreadCount(kMostJobs); // they wait for processes more than they compute
}

const Jobs::Job *Jobs::find(const QString &pipeline, const QString &environment) const
{
    const auto hit = std::find_if(m_jobs.cbegin(), m_jobs.cend(), [&](const JobPointer &job) {
        const Request &r = job->request;
        return r.pipeline == pipeline
            && (r.environment.isEmpty() || environment.isEmpty() || r.environment == environment);
    });
    return hit == m_jobs.cend() ? nullptr : hit->get();
}

QString Jobs::callOn(const QString &pipeline, const QString &environment) const
{
    const Job *job = find(pipeline, environment);
    return job && job->request.environment == environment ? job->request.call : QString();
}

QString Jobs::progressOf(const QString &pipeline, const QString &environment) const
{
    const Job *job = find(pipeline, environment);
    return job && job->request.environment == environment ? job->progress : QString();
}

void Jobs::start(const Request &request, const Listener &listener)
{
    const auto refuse = [&listener](const Result<QJsonObject> &outcome) {
        if (listener.connection)
            listener.connection->answer(listener.id, outcome);
    };
    if (m_stopping)
        return refuse(fail(Error::Kind::Cancelled, u"slipwayd is stopping."_s, u"Try again."_s));
    for (const JobPointer &job : std::as_const(m_jobs)) {
        if (!request.ticket.isEmpty() && job->request.ticket == request.ticket) {
            job->listeners.append(listener);
            if (listener.connection && !job->progress.isEmpty())
                listener.connection->progress(listener.id, job->progress);
            return;
        }
    }
    if (const auto known = m_tickets.outcome(request.ticket))
        return refuse(*known);
    if (const Job *busy = find(request.pipeline, request.environment)) {
        if (busy->request.ticket.isEmpty()) { // the daemon's own: short, and nothing the user asked for
            QTimer::singleShot(kOwnJobMs, this, [this, request, listener] { start(request, listener); });
            return;
        }
        const QString name = request.environment.isEmpty() || busy->request.environment.isEmpty() ? request.pipeline
                                                                                                  : request.environment;
        return refuse(fail(Error::Kind::Conflict, u"“%1” is busy with %2."_s.arg(name, busy->request.words),
                           u"Wait until that has ended, then try again."_s));
    }
    if (const auto begun = m_tickets.begin(request.ticket, request.call, request.pipeline, request.environment); !begun)
        return refuse(tl::unexpected(begun.error()));
    auto job = std::make_shared<Job>();
    job->request = request;
    job->listeners.append(listener);
    m_jobs.append(job);
    run(job);
    Q_EMIT changed(request.pipeline);
}

void Jobs::run(const JobPointer &job)
{
    m_pool.start([this, job] {
        const auto progress = [this, job](const QString &text) {
            QMetaObject::invokeMethod(
                this, [this, job, text] { moved(job, text); }, Qt::QueuedConnection);
        };
        const JobContext context{job->request.ticket, job->request.by, job->cancel, progress};
        const auto outcome = job->request.work(context);
        QMetaObject::invokeMethod(
            this, [this, job, outcome] { finished(job, outcome); }, Qt::QueuedConnection);
    });
}

void Jobs::moved(const JobPointer &job, const QString &text)
{
    job->progress = text;
    for (const Listener &listener : std::as_const(job->listeners)) {
        if (listener.connection)
            listener.connection->progress(listener.id, text);
    }
    Q_EMIT changed(job->request.pipeline);
}

void Jobs::finished(const JobPointer &job, const Result<QJsonObject> &outcome)
{
    m_jobs.removeOne(job);
    const bool heard =
        std::any_of(job->listeners.cbegin(), job->listeners.cend(), [](const Listener &l) { return l.connection; });
    if (m_stopping && !outcome)
        return; // neither recorded nor told: the client asks the next daemon, which does it again
    m_tickets.end(job->request.ticket, outcome, heard);
    for (const Listener &listener : std::as_const(job->listeners)) {
        if (listener.connection)
            listener.connection->answer(listener.id, outcome);
    }
    Q_EMIT changed(job->request.pipeline);
    Q_EMIT ended(job->request.pipeline, job->request.environment);
}

void Jobs::stop()
{
    m_stopping = true;
    for (const JobPointer &job : std::as_const(m_jobs))
        job->cancel.cancel();
    m_pool.waitForDone();
}

} // namespace Slipway
