// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/automation/automation.h"
#include "app/operations/changeplaces.h"
#include "app/operations/detached.h"
#include "app/operations/operations.h"
#include "app/operations/step.h"
#include "app/polling/refresher.h"
#include "models/activity/activityselection.h"
#include "models/domain/decision.h"

#include <QThread>
#include <QTimer>

namespace Slipway {

/// Owns the write connections, the operations and the polling. Private to Session. Lives in the engine thread, but for
/// the constructor and the destructor, which run while that thread does not.
class Engine final : public QObject
{
    Q_OBJECT
public:
    struct Setting
    {
        Accounts *accounts = nullptr; ///< outlives this
        QString home;
        bool poll = false;
        bool recover = false;
        bool automate = false;
        int undoWindowMs = 0;
        std::function<void()> journaled = {}; ///< as OperationRunner::Setting
    };
    explicit Engine(const Setting &setting);
    ~Engine() override;

    void open(); ///< the stores; what is asked afterwards answers its error when it failed
    void beginStop(); ///< no new questions and no new steps
    void endStop(); ///< ends the thread's event loop once nothing is under way

    /// Calls `work` unless the stores are closed; the error then.
    template<typename T> Result<T> with(const std::function<Result<T>(Engine &)> &work)
    {
        if (m_problem)
            return tl::unexpected(*m_problem);
        return work(*this);
    }
    std::optional<Error> problem() const { return m_problem; }
    Operations &operations() { return *m_operations; }
    Refresher &refresher() { return *m_refresher; }

    void heardOfOthers(); ///< another process wrote to the stores
    void decide(const Decision &decision, const QString &by, const std::function<void(Result<void>)> &done);
    void whereIs(const QString &pipeline, const QString &change, const std::function<void(Result<ChangePlaces>)> &done);
    void compare(const QString &pipeline, const CommitPair &commits, const CommitRange &range,
                 const std::function<void(Result<Comparison>)> &done);
    Result<void> markSeen(qint64 messageId);
    Result<void> saveAccount(const Account &account);
    Result<void> removeAccount(const QString &name);
    void checkAccount(const Account &account, const std::function<void(Result<void>)> &done);
    Result<void> record(const ActivityEntry &entry);
    Result<int> exportActivity(const ActivityFile &file) const;

Q_SIGNALS:
    void wrote(const Slipway::ChangeSet &changes);
    void ended(const QString &operationId);

private:
    void build();
    void tidy();
    void leaveWhenIdle();
    Result<StepContext> contextFor(const Account &account);
    Result<StepContext> contextFor(const Pipeline &pipeline);
    Result<StepContext> contextOf(const QString &pipeline); ///< by its name
    void heed(const QString &pipeline, const std::function<void()> &done);
    /// The engine stays until the task has ended.
    template<typename T> void answerTo(Task<T> task, const std::function<void(Result<T>)> &done)
    {
        ++m_asking;
        const std::function<void(Result<T>)> answered = [this, done](const Result<T> &result) {
            --m_asking;
            done(result);
            QMetaObject::invokeMethod(this, &Engine::leaveWhenIdle, Qt::QueuedConnection); // not from the coroutine
        };
        whenDone<T>(std::move(task), answered);
    }
    Result<void> told(const Result<ChangeSet> &written);

    Setting m_setting;
    std::optional<Error> m_problem;
    std::unique_ptr<CacheStore> m_cache;
    std::unique_ptr<SlipwayStore> m_store;
    std::unique_ptr<Operations> m_operations;
    std::unique_ptr<Refresher> m_refresher;
    std::unique_ptr<Automation> m_automation;
    QTimer m_daily{this};
    int m_asking = 0; ///< accounts that were asked and have not answered
    bool m_leaving = false;
};

} // namespace Slipway
