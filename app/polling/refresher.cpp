// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/polling/refresher.h"

#include "app/operations/observation.h"
#include "app/polling/schedule.h"

#include <QDeadlineTimer>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

constexpr qint64 kChangesEveryMs = 15'000; ///< open changes come from git: not with every push of the daemon
constexpr qint64 kPushGapMs = 100; ///< a deploy says often that something changed

} // namespace

Refresher::Refresher(const Setting &setting, QObject *parent)
    : QObject(parent)
    , m_setting(setting)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Refresher::pollDue);
    connect(m_setting.accounts, &Accounts::pipelineChanged, this, &Refresher::heard, Qt::QueuedConnection);
}

qint64 Refresher::now() const
{
    return QDeadlineTimer::current().deadline();
}

void Refresher::refresh(const QString &pipeline, const std::function<void(Result<void>)> &done)
{
    QStringList names{pipeline};
    if (pipeline.isEmpty()) {
        names.clear();
        const QList<Pipeline> all = m_setting.store->pipelines();
        for (const Pipeline &one : all)
            names.append(one.name);
    }
    if (names.isEmpty()) {
        done({});
        return;
    }
    struct Sum
    {
        qsizetype open = 0;
        Result<void> first;
    };
    const auto sum = std::make_shared<Sum>();
    sum->open = names.size();
    for (const QString &name : names) {
        Watched &watched = m_watched[name];
        watched.wantChanges = true;
        auto &queue = watched.asking ? watched.waitingNext : watched.waiting;
        watched.again = watched.asking;
        queue.push_back([sum, done](const Result<void> &one) {
            if (!one && sum->first)
                sum->first = one;
            if (--sum->open == 0)
                done(sum->first);
        });
    }
    for (const QString &name : names) {
        if (!m_watched[name].asking)
            ask(name);
    }
}

void Refresher::ask(const QString &name)
{
    m_watched[name].asking = true;
    ++m_asking;
    const auto pipeline = m_setting.store->pipeline(name);
    if (!pipeline || m_stopping) {
        const Error gone =
            m_stopping ? stoppedError() : Error(Error::Kind::NotFound, tr("There is no pipeline “%1”.").arg(name));
        take(name, tl::unexpected(gone));
        return;
    }
    const auto account = m_setting.store->account(pipeline->deploysAccount);
    const auto host =
        account ? m_setting.accounts->host(*account) : Result<AccountHost *>(tl::unexpect, account.error());
    if (!host) {
        take(name, tl::unexpected(host.error()));
        return;
    }
    Watched &watched = m_watched[name];
    const bool withChanges =
        watched.wantChanges || watched.changesAt < 0 || now() - watched.changesAt >= kChangesEveryMs;
    watched.wantChanges = false;
    if (withChanges)
        watched.changesAt = now();
    StepContext c;
    c.cache = m_setting.cache;
    c.store = m_setting.store;
    c.host = *host;
    c.context = this;
    c.home = m_setting.home;
    c.pipeline = *pipeline;
    c.accounts = m_setting.accounts;
    c.wrote = [this](const ChangeSet &changes) { Q_EMIT wrote(changes); };
    const std::function<void(Result<Snapshot>)> done = [this, name](const Result<Snapshot> &snapshot) {
        take(name, snapshot);
    };
    whenDone<Snapshot>(observePipeline(c, withChanges), done);
}

void Refresher::take(const QString &name, const Result<Snapshot> &snapshot)
{
    Watched &watched = m_watched[name];
    watched.asking = false;
    --m_asking;
    watched.failures = snapshot ? 0 : watched.failures + 1;
    const PollSituation situation{isMoving(name), name == m_shown, m_focused, watched.failures, allowance(name)};
    watched.dueAt = now() + pollInterval(situation, QRandomGenerator::global()->generateDouble()).count();
    if (watched.again)
        watched.dueAt = watched.waitingNext.empty() ? now() + kPushGapMs : 0;
    watched.again = false;
    const bool askAgain = watched.dueAt == 0;
    const auto answered = std::exchange(watched.waiting, std::exchange(watched.waitingNext, {}));
    const bool gone = !m_setting.store->pipeline(name) && !askAgain;
    if (gone)
        m_watched.remove(name);
    for (const auto &done : answered)
        done(snapshot ? Result<void>() : Result<void>(tl::unexpect, snapshot.error()));
    if (askAgain)
        ask(name);
    schedule();
    if (m_asking == 0)
        Q_EMIT idle();
}

bool Refresher::isMoving(const QString &name) const
{
    const auto states = m_setting.cache->states(name);
    return std::any_of(states.cbegin(), states.cend(),
                       [](const StateCount &one) { return one.state == EnvironmentState::Deploying; });
}

double Refresher::allowance(const QString &name) const
{
    const auto pipeline = m_setting.store->pipeline(name);
    const auto status = pipeline ? m_setting.cache->accountStatus(pipeline->deploysAccount) : std::nullopt;
    if (!status || status->facts.budgetTotal <= 0 || status->facts.budgetLeft < 0)
        return -1;
    return double(status->facts.budgetLeft) / status->facts.budgetTotal;
}

void Refresher::heard(const QString &account, const QString &deploysId)
{
    if (!m_polling || m_stopping)
        return;
    const QList<Pipeline> pipelines = m_setting.store->pipelines();
    for (const Pipeline &pipeline : pipelines) {
        if (pipeline.deploysAccount != account || pipeline.deploysId != deploysId)
            continue;
        Watched &watched = m_watched[pipeline.name];
        if (watched.asking)
            watched.again = true;
        else
            watched.dueAt = std::min(watched.dueAt, now() + kPushGapMs);
    }
    schedule();
}

void Refresher::poll()
{
    m_polling = true;
    pollDue();
}

void Refresher::setShown(const QString &pipeline)
{
    m_shown = pipeline;
    if (m_watched.contains(pipeline) && m_polling) {
        const PollSituation situation{false, true, m_focused, m_watched[pipeline].failures, allowance(pipeline)};
        m_watched[pipeline].dueAt = std::min(m_watched[pipeline].dueAt, now() + pollInterval(situation, 0).count());
        schedule();
    }
}

void Refresher::setAttention(bool focused)
{
    const bool back = focused && !m_focused;
    m_focused = focused;
    if (back && m_polling && m_watched.contains(m_shown)) {
        m_watched[m_shown].dueAt = 0; // somebody looks again: now
        schedule();
    }
}

void Refresher::schedule()
{
    if (!m_polling || m_stopping)
        return;
    qint64 next = -1;
    for (const Watched &watched : std::as_const(m_watched)) {
        if (!watched.asking && (next < 0 || watched.dueAt < next))
            next = watched.dueAt;
    }
    if (next < 0)
        m_timer.stop();
    else
        m_timer.start(std::chrono::milliseconds(std::max<qint64>(next - now(), 0)));
}

void Refresher::pollDue()
{
    if (!m_polling || m_stopping)
        return;
    const QList<Pipeline> pipelines = m_setting.store->pipelines();
    m_watched.removeIf([&pipelines](const QHash<QString, Watched>::iterator &watched) {
        const auto is = [&watched](const Pipeline &pipeline) { return pipeline.name == watched.key(); };
        return !watched.value().asking && std::none_of(pipelines.cbegin(), pipelines.cend(), is);
    });
    QStringList due;
    for (const Pipeline &pipeline : pipelines) {
        const Watched &watched = m_watched[pipeline.name]; // new ones are due at once
        if (!watched.asking && watched.dueAt <= now())
            due.append(pipeline.name);
    }
    for (const QString &name : std::as_const(due))
        ask(name);
    schedule();
}

void Refresher::stop()
{
    m_stopping = true;
    m_timer.stop();
}

} // namespace Slipway
