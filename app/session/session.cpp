// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session.h"

#include "app/accounts/accounts.h"
#include "app/preflight/preflightcheck.h"
#include "app/session/engine.h"
#include "app/session/person.h"
#include "models/store/storewatcher.h"

#include <QThread>

using namespace Qt::StringLiterals;

namespace Slipway {

struct Session::Private
{
    Options options;
    std::unique_ptr<CacheStore> cache;
    std::unique_ptr<SlipwayStore> store;
    std::unique_ptr<BoardReader> reader;
    std::unique_ptr<StoreWatcher> watcher;
    std::unique_ptr<TokenVault> vault; ///< before the accounts that read it
    std::unique_ptr<Accounts> accounts;
    std::unique_ptr<Engine> engine; ///< lives in `thread`
    QThread thread;
    std::shared_ptr<Mailbox> mailbox; ///< to the session's thread

    /// Calls `done` in the session's thread, whatever thread it is called in.
    template<typename T> std::function<void(Result<T>)> reply(std::function<void(Result<T>)> done) const
    {
        return [box = mailbox, done = std::move(done)](const Result<T> &result) {
            if (done)
                box->post([done, result] { done(result); });
        };
    }

    /// Calls `work` in the engine's thread, which answers when it is done; `done` gets that in the session's.
    template<typename T>
    void begin(std::function<void(Engine &, const std::function<void(Result<T>)> &)> work,
               std::function<void(Result<T>)> done)
    {
        Engine *const there = engine.get();
        QMetaObject::invokeMethod(
            there, [there, work = std::move(work), answer = reply<T>(std::move(done))] { work(*there, answer); },
            Qt::QueuedConnection);
    }

    /// Runs `work` in the engine's thread and `done` in the session's.
    template<typename T> void ask(std::function<Result<T>(Engine &)> work, std::function<void(Result<T>)> done)
    {
        begin<T>([work = std::move(work)](Engine &there, const auto &answer) { answer(there.with<T>(work)); },
                 std::move(done));
    }
};

Session::Session(std::unique_ptr<Private> data)
    : d(std::move(data))
{
    d->mailbox = Mailbox::of(this);
    d->watcher = std::make_unique<StoreWatcher>(*d->cache, *d->store);
    connect(d->watcher.get(), &StoreWatcher::changed, this, [this](const ChangeSet &changes) {
        if (d->engine) {
            const std::function<Result<void>(Engine &)> look = [](Engine &engine) -> Result<void> {
                engine.heardOfOthers();
                return {};
            };
            d->ask<void>(look, {});
        }
        Q_EMIT changed(changes);
    });
}

Result<std::unique_ptr<Session>> Session::open(const Options &options)
{
    auto data = std::make_unique<Private>();
    data->options = options;
    auto cache = CacheStore::open(options.home, options.files);
    if (!cache)
        return tl::unexpected(cache.error());
    auto store = SlipwayStore::open(options.home, options.files);
    if (!store)
        return tl::unexpected(store.error());
    data->cache = std::move(*cache);
    data->store = std::move(*store);
    data->reader = std::make_unique<BoardReader>(*data->cache, *data->store);
    return std::unique_ptr<Session>(new Session(std::move(data)));
}

Session::~Session()
{
    if (!d->engine)
        return;
    Engine *const engine = d->engine.get();
    QMetaObject::invokeMethod(engine, &Engine::beginStop, Qt::QueuedConnection);
    d->accounts->stop(); // what is under way ends with Cancelled, and the engine hears of it
    QMetaObject::invokeMethod(engine, &Engine::endStop, Qt::QueuedConnection);
    d->thread.wait();
    d->engine.reset();
    d->accounts.reset();
}

void Session::start()
{
    if (d->engine)
        return;
    d->vault = std::make_unique<TokenVault>(d->options.home);
    d->accounts = std::make_unique<Accounts>(d->options.home, d->options.makeProvider, d->vault.get());
    d->engine = std::make_unique<Engine>(Engine::Setting{d->accounts.get(), d->options.home, d->options.poll,
                                                         d->options.recover, d->options.automate,
                                                         d->options.undoWindowMs, d->options.journaled});
    connect(d->engine.get(), &Engine::wrote, this, &Session::changed);
    connect(d->engine.get(), &Engine::ended, this, &Session::operationEnded);
    d->engine->moveToThread(&d->thread);
    d->thread.setObjectName(u"engine"_s);
    d->thread.start();
    QMetaObject::invokeMethod(d->engine.get(), &Engine::open, Qt::QueuedConnection);
}

const BoardReader &Session::reader() const
{
    return *d->reader;
}

QString Session::home() const
{
    return d->options.home;
}

QStringList Session::notices() const
{
    QStringList notices{d->store->notice(), d->cache->notice()};
    notices.removeAll(QString());
    return notices;
}

Result<Preflight> Session::preflight(const Intent &move) const
{
    return preflightFor(*d->reader, move, personNameAtOnce(), QDateTime::currentDateTimeUtc());
}

void Session::startOperation(const Intent &intent, std::function<void(Result<QString>)> done)
{
    start();
    const std::function<Result<QString>(Engine &)> work = [intent](Engine &engine) {
        return engine.operations().start(intent, personName());
    };
    d->ask<QString>(work, std::move(done));
}

void Session::retry(const QString &operationId, std::function<void(Result<void>)> done)
{
    start();
    d->ask<void>([operationId](Engine &engine) { return engine.operations().retry(operationId); }, std::move(done));
}

void Session::undo(const QString &operationId, std::function<void(Result<void>)> done)
{
    start();
    d->ask<void>([operationId](Engine &engine) { return engine.operations().undo(operationId); }, std::move(done));
}

void Session::dismiss(const QString &operationId, std::function<void(Result<void>)> done)
{
    start();
    d->ask<void>([operationId](Engine &engine) { return engine.operations().dismiss(operationId); }, std::move(done));
}

void Session::decide(const Decision &decision, std::function<void(Result<void>)> done)
{
    start();
    d->begin<void>([decision](Engine &engine, const auto &answer) { engine.decide(decision, personName(), answer); },
                   std::move(done));
}

void Session::whereIs(const QString &pipeline, const QString &change, std::function<void(Result<ChangePlaces>)> done)
{
    start();
    d->begin<ChangePlaces>(
        [pipeline, change](Engine &engine, const auto &answer) { engine.whereIs(pipeline, change, answer); },
        std::move(done));
}

void Session::compare(const QString &pipeline, const CommitPair &commits, const CommitRange &range,
                      std::function<void(Result<Comparison>)> done)
{
    start();
    d->begin<Comparison>([pipeline, commits, range](
                             Engine &engine, const auto &answer) { engine.compare(pipeline, commits, range, answer); },
                         std::move(done));
}

void Session::markSeen(qint64 messageId)
{
    start();
    d->ask<void>([messageId](Engine &engine) { return engine.markSeen(messageId); }, {});
}

void Session::saveAccount(const Account &account, std::function<void(Result<void>)> done)
{
    start();
    d->ask<void>([account](Engine &engine) { return engine.saveAccount(account); }, std::move(done));
}

void Session::removeAccount(const QString &name, std::function<void(Result<void>)> done)
{
    start();
    const auto removed = [this, name, done = std::move(done)](const Result<void> &gone) {
        if (gone)
            dropToken(name, done);
        else if (done)
            done(gone);
    };
    d->ask<void>([name](Engine &engine) { return engine.removeAccount(name); }, removed);
}

void Session::giveToken(const QString &account, const QString &token,
                        std::function<void(Result<TokenVault::Kept>)> done)
{
    start();
    d->vault->write(account, token, this, [this, account, done = std::move(done)](TokenVault::Kept kept) {
        d->accounts->restart(account);
        done(kept);
    });
}

void Session::dropToken(const QString &account, std::function<void(Result<void>)> done)
{
    start();
    d->vault->remove(account, this, [this, account, done = std::move(done)] {
        d->accounts->restart(account);
        if (done)
            done({});
    });
}

void Session::checkAccount(const QString &name, std::function<void(Result<void>)> done)
{
    start();
    const auto account = d->store->account(name);
    if (!account) {
        done(tl::unexpected(account.error()));
        return;
    }
    const auto before = d->cache->accountStatus(name);
    if (before && before->state == AccountState::Unauthorised)
        d->accounts->restart(name);
    d->begin<void>([account = *account](Engine &engine, const auto &answer) { engine.checkAccount(account, answer); },
                   std::move(done));
}

void Session::record(const ActivityEntry &entry)
{
    start();
    d->ask<void>([entry](Engine &engine) { return engine.record(entry); }, {});
}

void Session::exportActivity(const ActivityFile &file, std::function<void(Result<int>)> done)
{
    start();
    d->ask<int>([file](Engine &engine) { return engine.exportActivity(file); }, std::move(done));
}

void Session::askPerson(std::function<void(Result<QString>)> done)
{
    start();
    d->ask<QString>([](Engine &) { return Result<QString>(personName()); }, std::move(done));
}

void Session::refresh(const QString &pipeline, std::function<void(Result<void>)> done)
{
    start();
    const auto work = [pipeline](Engine &engine, const auto &answer) {
        if (const auto problem = engine.problem())
            answer(tl::unexpected(*problem));
        else
            engine.refresher().refresh(pipeline, answer);
    };
    d->begin<void>(work, std::move(done));
}

void Session::setShown(const QString &pipeline)
{
    start();
    const std::function<Result<void>(Engine &)> work = [pipeline](Engine &engine) -> Result<void> {
        engine.refresher().setShown(pipeline);
        return {};
    };
    d->ask<void>(work, {});
}

void Session::setAttention(bool focused)
{
    start();
    const std::function<Result<void>(Engine &)> work = [focused](Engine &engine) -> Result<void> {
        engine.refresher().setAttention(focused);
        return {};
    };
    d->ask<void>(work, {});
}

Result<Pipeline> Session::pipelineNamed(const QString &name) const
{
    const auto pipeline = d->store->pipeline(name);
    if (pipeline)
        return *pipeline;
    return fail(Error::Kind::NotFound, tr("There is no pipeline “%1”.").arg(name),
                tr("`slipwayctl pipeline list` shows the ones there are."));
}

Result<RemoteProject> Session::ciProject(const QString &name) const
{
    const auto pipeline = pipelineNamed(name);
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    const RemoteProject ci = ciOf(*pipeline);
    if (!ci.account.isEmpty())
        return ci;
    return fail(Error::Kind::Unsupported, tr("Nobody who checks the commits of “%1” is known.").arg(name),
                tr("Name its CI: `slipwayctl pipeline set %1 --ci ACCOUNT:PROJECT`.").arg(name));
}

AccountHost *Session::hostFor(const QString &name, Error *problem)
{
    start();
    const auto account = d->store->account(name);
    const auto host = account ? d->accounts->host(*account) : Result<AccountHost *>(tl::unexpect, account.error());
    if (host)
        return *host;
    *problem = host.error();
    return nullptr;
}

} // namespace Slipway
