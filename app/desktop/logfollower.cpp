// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/logfollower.h"

#include "app/operations/detached.h"
#include "app/session/session.h"
#include "models/domain/accounttitle.h"
#include "models/logs/logmodel.h"

using namespace std::chrono_literals;

namespace Slipway {

namespace {

constexpr int kFirstLines = 500; ///< what a page of the inspector can scroll back at once; more comes with a save

} // namespace

LogFollower::LogFollower(Session &session, LogModel &model, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_model(model)
{
    m_retry.setSingleShot(true);
    m_retry.setInterval(3s);
    connect(&m_retry, &QTimer::timeout, this, &LogFollower::ask);
}

void LogFollower::follow(const QString &environmentId, LogKind kind)
{
    ++m_generation;
    m_retry.stop();
    m_environment = EnvironmentRef::parse(environmentId);
    m_kind = kind;
    m_cursor.clear();
    m_model.clear();
    if (m_environment.isValid())
        ask();
}

void LogFollower::ask()
{
    LogQuery query;
    query.environment = m_environment.name;
    query.kind = m_kind;
    query.cursor = m_cursor;
    query.limit = kFirstLines;
    query.wait = !m_cursor.isEmpty();
    const auto work = [query](Provider &provider, const Pipeline &pipeline) {
        DeployProvider *deploys = provider.deploys();
        if (!deploys) {
            return ended<LogPage>(
                fail(Error::Kind::Unsupported,
                     LogFollower::tr("%1 has no logs to show.").arg(accountTitle(pipeline.deploysAccount))));
        }
        LogQuery named = query;
        named.pipeline = pipeline.deploysId;
        return deploys->logs(named);
    };
    const auto done = [this, generation = m_generation](const Result<LogPage> &page) { take(generation, page); };
    m_session.withPipeline<LogPage>(m_environment.pipeline, work, done);
}

void LogFollower::take(int generation, const Result<LogPage> &page)
{
    if (generation != m_generation)
        return;
    if (!page) {
        // The environment may be on its way up or down; the card says so. Ask again, unhurried.
        if (page.error().kind() != Error::Kind::Cancelled && page.error().kind() != Error::Kind::Unsupported)
            m_retry.start();
        return;
    }
    m_cursor = page->cursor;
    m_model.append(page->lines);
    if (m_cursor.isEmpty())
        m_retry.start();
    else
        ask();
}

} // namespace Slipway
