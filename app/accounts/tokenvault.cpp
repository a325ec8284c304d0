// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/accounts/tokenvault.h"

#include "app/accounts/mailbox.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QMutex>
#include <QMutexLocker>
#include <QObject>
#include <QStandardPaths>
#include <QThread>

#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

using Make = std::function<QKeychain::Job *()>;
using Ended = std::function<void(QKeychain::Job *)>;

constexpr int kTries = 2; ///< the first call may meet a service that is only starting

/// The thread of all keychain jobs. One a process: QtKeychain queues all jobs in one object, which belongs to the
/// thread of the first one; and it is not the main thread, for finding the service may block.
struct KeychainThread
{
    QThread thread;
    QObject *worker = new QObject;
    KeychainThread()
    {
        thread.setObjectName(u"keychain"_s);
        worker->moveToThread(&thread);
        thread.start();
    }
};

KeychainThread *keychain = nullptr;

void endKeychain()
{
    keychain->thread.quit();
    keychain->thread.wait();
    delete keychain->worker;
    delete keychain;
    keychain = nullptr;
}

QObject *keychainWorker()
{
    static QMutex mutex;
    const QMutexLocker lock(&mutex);
    if (!keychain) {
        keychain = new KeychainThread;
        qAddPostRoutine(endKeychain);
    }
    return keychain->worker;
}

/// In the keychain's thread. EntryNotFound is an answer, and also what a locked keychain says.
void runJob(const Make &make, const Ended &ended, int tries)
{
    QKeychain::Job *job = make();
    QObject::connect(job, &QKeychain::Job::finished, job, [make, ended, tries](QKeychain::Job *done) {
        const bool answered = done->error() == QKeychain::NoError || done->error() == QKeychain::EntryNotFound;
        if (answered || tries <= 1)
            ended(done);
        else
            runJob(make, ended, tries - 1);
    });
    job->setInsecureFallback(false);
    job->start();
}

void ask(const Make &make, const Ended &ended)
{
    QMetaObject::invokeMethod(
        keychainWorker(), [make, ended] { runJob(make, ended, kTries); }, Qt::QueuedConnection);
}

QString service()
{
    return u"io.github.slipway.Slipway"_s;
}

/// Sends `call` to the mailbox once, which is closed then.
void reply(const std::shared_ptr<Mailbox> &mailbox, const std::function<void()> &call)
{
    mailbox->post([mailbox, call] {
        call();
        mailbox->close();
    });
}

} // namespace

struct TokenVault::Memory
{
    QMutex mutex;
    QHash<QString, QString> tokens; ///< by account; guarded by mutex
};

TokenVault::TokenVault(const QString &home)
    : m_memory(std::make_shared<Memory>())
{
    const QString usual = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/slipway"_s;
    const QString given = QFileInfo(home).canonicalFilePath();
    if (given != QFileInfo(usual).canonicalFilePath())
        m_place = given;
}

QString TokenVault::keyOf(const QString &account) const
{
    return m_place.isEmpty() ? account : u"%1 (%2)"_s.arg(account, m_place);
}

void TokenVault::read(const QString &account, QObject *context, std::function<void(QString)> done)
{
    const auto mailbox = Mailbox::of(context);
    {
        const QMutexLocker lock(&m_memory->mutex);
        if (const auto held = m_memory->tokens.constFind(account); held != m_memory->tokens.constEnd()) {
            reply(mailbox, [done = std::move(done), token = *held] { done(token); });
            return;
        }
    }
    const Make make = [key = keyOf(account)] {
        auto *job = new QKeychain::ReadPasswordJob(service());
        job->setKey(key);
        return job;
    };
    ask(make, [mailbox, done = std::move(done)](QKeychain::Job *ended) {
        const auto *job = static_cast<QKeychain::ReadPasswordJob *>(ended);
        const QString token = job->error() == QKeychain::NoError ? job->textData() : QString();
        reply(mailbox, [done, token] { done(token); });
    });
}

void TokenVault::write(const QString &account, const QString &token, QObject *context, std::function<void(Kept)> done)
{
    const auto mailbox = Mailbox::of(context);
    {
        const QMutexLocker lock(&m_memory->mutex);
        m_memory->tokens.insert(account, token); // for this session at least, whatever the keychain says
    }
    const Make make = [key = keyOf(account), token] {
        auto *job = new QKeychain::WritePasswordJob(service());
        job->setKey(key);
        job->setTextData(token);
        return job;
    };
    ask(make, [mailbox, memory = m_memory, account, done = std::move(done)](QKeychain::Job *ended) {
        const Kept kept = ended->error() == QKeychain::NoError ? Kept::Keychain : Kept::Session;
        if (kept == Kept::Keychain) {
            const QMutexLocker lock(&memory->mutex);
            memory->tokens.remove(account); // another program may put a newer one into the keychain
        }
        reply(mailbox, [done, kept] { done(kept); });
    });
}

void TokenVault::remove(const QString &account, QObject *context, std::function<void()> done)
{
    const auto mailbox = Mailbox::of(context);
    {
        const QMutexLocker lock(&m_memory->mutex);
        m_memory->tokens.remove(account);
    }
    const Make make = [key = keyOf(account)] {
        auto *job = new QKeychain::DeletePasswordJob(service());
        job->setKey(key);
        return job;
    };
    ask(make, [mailbox, done = std::move(done)](QKeychain::Job *) { reply(mailbox, done); });
}

} // namespace Slipway
