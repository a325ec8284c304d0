// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/accounts/accounts.h"
#include "app/operations/plans.h"
#include "app/operations/runner.h"

#include <map>

namespace Slipway {

/// All operations of this process: starts, retries, takes back, recovers. Engine thread.
class Operations final : public QObject
{
    Q_OBJECT
public:
    struct Setting
    {
        CacheStore *cache = nullptr;
        SlipwayStore *store = nullptr;
        Accounts *accounts = nullptr;
        QString home;
        int undoWindowMs = 0;
        std::function<void()> journaled = {}; ///< as OperationRunner::Setting
    };
    explicit Operations(const Setting &setting, QObject *parent = nullptr);
    ~Operations() override;

    // As Session says of the functions of the same names.
    Result<QString> start(const Intent &intent, const QString &by);
    Result<void> retry(const QString &id);
    Result<void> undo(const QString &id);
    Result<void> dismiss(const QString &id);

    void recover(); ///< carries on with every operation whose owner is gone
    void stop(); ///< no new ones; the running ones end after their current call
    bool isIdle() const { return m_runners.empty(); }

Q_SIGNALS:
    void wrote(const Slipway::ChangeSet &changes);
    void ended(const QString &operationId);
    void idle(); ///< the last runner has left

private:
    struct Known
    {
        Operation operation;
        Plan plan;
    };
    BoardReader reader() const;
    Result<Known> known(const QString &id) const;
    Result<Known> interrupted(const Operation &operation) const;
    Result<AccountHost *> hostFor(const Operation &operation, const Plan &plan) const;
    Result<void> refuseInterrupted(const QStringList &leases) const;
    /// Takes the leases, writes it down and launches it: whoever asked for it will see it end, whatever happens.
    Result<void> begin(const Operation &operation, const Plan &plan);
    /// Takes the leases and makes the runner, which starts from the event loop.
    Result<void> launch(const Operation &operation, const Plan &plan);
    Result<void> journalFirst(const Operation &operation);
    void forget(const QString &id); ///< deletes its runner if that has left

    Setting m_setting;
    std::map<QString, OperationRunner *> m_runners; ///< by operation id
    bool m_stopping = false;
};

} // namespace Slipway
