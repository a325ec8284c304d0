// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/engine.h"

#include "app/operations/comments.h"
#include "app/operations/comparisons.h"
#include "app/operations/leftovers.h"
#include "app/operations/observation.h"
#include "app/operations/team.h"
#include "app/session/activityfile.h"
#include "app/decisions/decisions.h"
#include "app/session/person.h"

#include <malloc.h>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

constexpr int kLookMs = 3600 * 1000; ///< whether a backup is due; a machine may sleep through any longer time

} // namespace

Engine::Engine(const Setting &setting)
    : m_setting(setting)
    , m_problem(stoppedError()) // until open()
{ }

Engine::~Engine() = default;

void Engine::open()
{
    // The session looked them over a moment ago.
    auto cache = CacheStore::open(m_setting.home, FileState::Whole);
    auto store = SlipwayStore::open(m_setting.home, FileState::Whole);
    if (!cache || !store) {
        m_problem = cache ? store.error() : cache.error();
        return;
    }
    m_cache = std::move(*cache);
    m_store = std::move(*store);
    m_problem.reset();
    build();
    if (m_setting.poll)
        std::ignore = personName(); // the window will ask for it, and must not wait
}

void Engine::build()
{
    m_operations = std::make_unique<Operations>(Operations::Setting{
        m_cache.get(), m_store.get(), m_setting.accounts, m_setting.home, m_setting.undoWindowMs, m_setting.journaled});
    m_refresher = std::make_unique<Refresher>(
        Refresher::Setting{m_cache.get(), m_store.get(), m_setting.accounts, m_setting.home});
    connect(m_operations.get(), &Operations::wrote, this, [this](const ChangeSet &changes) {
        if (!changes.pipelines.isEmpty())
            m_refresher->pollDue();
        Q_EMIT wrote(changes);
    });
    connect(m_operations.get(), &Operations::ended, this, &Engine::ended);
    connect(m_operations.get(), &Operations::idle, this, &Engine::leaveWhenIdle);
    connect(m_refresher.get(), &Refresher::wrote, this, &Engine::wrote);
    connect(m_refresher.get(), &Refresher::idle, this, &Engine::leaveWhenIdle, Qt::QueuedConnection);
    m_automation = std::make_unique<Automation>(Automation::Setting{
        m_cache.get(), m_store.get(), m_operations.get(),
        [this](const QString &pipeline, const std::function<void()> &done) { heed(pipeline, done); }});
    connect(m_automation.get(), &Automation::wrote, this, &Engine::wrote);
    connect(this, &Engine::wrote, m_automation.get(), &Automation::consider);
    if (m_setting.recover)
        m_operations->recover();
    if (m_setting.automate)
        m_automation->start();
    if (m_setting.poll)
        m_refresher->poll();
    m_daily.setTimerType(Qt::VeryCoarseTimer);
    m_daily.setInterval(kLookMs);
    connect(&m_daily, &QTimer::timeout, this, &Engine::tidy);
    m_daily.start();
    QMetaObject::invokeMethod(this, &Engine::tidy, Qt::QueuedConnection); // the first answers come first
}

/// A copy once a day, by whichever program of Slipway comes first. A full disk must not keep anybody from working.
void Engine::tidy()
{
    if (m_problem)
        return;
    if (const auto kept = m_store->backUpDaily(); !kept)
        qWarning("%s", qPrintable(kept.error().text()));
    removeLeftovers(m_setting.home, *m_store);
#ifdef __GLIBC__
    if (m_setting.poll)
        malloc_trim(0); // a window is open all day: what the start, or an hour, took and gave back goes to the system
#endif
}

void Engine::beginStop()
{
    if (!m_problem) {
        m_automation->stop();
        m_refresher->stop();
        m_operations->stop();
    }
}

void Engine::endStop()
{
    m_leaving = true;
    leaveWhenIdle();
}

void Engine::leaveWhenIdle()
{
    if (!m_leaving || m_asking > 0 || (m_operations && !m_operations->isIdle())
        || (m_refresher && !m_refresher->isIdle()))
        return;
    m_problem = stoppedError();
    m_daily.stop();
    m_automation.reset();
    m_operations.reset();
    m_refresher.reset();
    m_store.reset(); // the connections belong to this thread
    m_cache.reset();
    thread()->quit();
}

Result<void> Engine::told(const Result<ChangeSet> &written)
{
    if (!written)
        return tl::unexpected(written.error());
    if (!written->isEmpty())
        Q_EMIT wrote(*written);
    return {};
}

void Engine::heardOfOthers()
{
    m_refresher->pollDue();
    ChangeSet all;
    all.everything = true;
    m_automation->consider(all);
}

void Engine::decide(const Decision &decision, const QString &by, const std::function<void(Result<void>)> &done)
{
    if (m_problem) {
        done(tl::unexpected(*m_problem));
        return;
    }
    const auto pipeline = m_store->pipeline(std::visit([](const auto &intent) { return intent.pipeline; }, decision));
    if (!pipeline || !pipeline->isShared()) {
        const BoardReader reader(*m_cache, *m_store);
        done(told(Slipway::decide(reader, *m_store, decision, by, QDateTime::currentDateTimeUtc())));
        return;
    }
    const auto c = contextFor(*pipeline);
    if (!c) {
        done(tl::unexpected(c.error()));
        return;
    }
    answerTo(decideTogether(*c, decision, by), done);
}

void Engine::whereIs(const QString &pipeline, const QString &change,
                     const std::function<void(Result<ChangePlaces>)> &done)
{
    const auto c = contextOf(pipeline);
    if (c)
        answerTo(Slipway::whereIs(*c, change), done);
    else
        done(tl::unexpected(c.error()));
}

void Engine::compare(const QString &pipeline, const CommitPair &commits, const CommitRange &range,
                     const std::function<void(Result<Comparison>)> &done)
{
    const auto c = contextOf(pipeline);
    if (c)
        answerTo(comparedPart(*c, commits.base, commits.head, range), done);
    else
        done(tl::unexpected(c.error()));
}

Result<void> Engine::markSeen(qint64 messageId)
{
    return told(m_store->markSeen(messageId));
}

Result<int> Engine::exportActivity(const ActivityFile &file) const
{
    return writeActivity(*m_store, file);
}

Result<void> Engine::saveAccount(const Account &account)
{
    if (!m_setting.accounts->knows(account.kind)) {
        QStringList kinds;
        for (const ProviderKind &kind : providerKinds())
            kinds.append(kind.kind);
        return fail(Error::Kind::Unsupported, tr("There is no provider of the kind “%1”.").arg(account.kind),
                    tr("The kinds are: %1.").arg(kinds.join(u", "_s)));
    }
    return told(m_store->saveAccount(account));
}

Result<void> Engine::removeAccount(const QString &name)
{
    return told(m_store->removeAccount(name));
}

Result<StepContext> Engine::contextFor(const Account &account)
{
    const auto host = m_setting.accounts->host(account);
    if (!host)
        return tl::unexpected(host.error());
    StepContext c;
    c.cache = m_cache.get();
    c.store = m_store.get();
    c.host = *host;
    c.accounts = m_setting.accounts;
    c.context = this;
    c.home = m_setting.home;
    c.wrote = [this](const ChangeSet &changes) { Q_EMIT wrote(changes); };
    return c;
}

Result<StepContext> Engine::contextFor(const Pipeline &pipeline)
{
    const auto account = m_store->account(pipeline.deploysAccount);
    auto c = account ? contextFor(*account) : tl::unexpected(account.error());
    if (c)
        c->pipeline = pipeline;
    return c;
}

Result<StepContext> Engine::contextOf(const QString &pipeline)
{
    const auto known = m_problem ? std::nullopt : m_store->pipeline(pipeline);
    return known ? contextFor(*known) : tl::unexpected(m_problem.value_or(stoppedError()));
}

void Engine::heed(const QString &pipeline, const std::function<void()> &done)
{
    const auto c = contextOf(pipeline);
    if (!c) {
        done();
        return;
    }
    const StartOperation start = [this](const Intent &intent, const QString &by) {
        return m_operations->start(intent, by);
    };
    const std::function<void(Result<void>)> ended = [done](const Result<void> &) { done(); }; // its account says why
    answerTo(heedComments(*c, start), ended);
}

void Engine::checkAccount(const Account &account, const std::function<void(Result<void>)> &done)
{
    const auto c = m_problem ? Result<StepContext>(tl::unexpect, *m_problem) : contextFor(account);
    if (!c) {
        done(tl::unexpected(c.error()));
        return;
    }
    answerTo(Slipway::checkAccount(*c), done);
}

Result<void> Engine::record(const ActivityEntry &entry)
{
    ActivityEntry signedEntry = entry;
    if (signedEntry.by.isEmpty())
        signedEntry.by = personName();
    return told(m_store->record(signedEntry));
}

} // namespace Slipway
