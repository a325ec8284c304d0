// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/step.h"
#include "models/domain/operation.h"

#include <QObject>
#include <QTimer>

namespace Slipway {

class Accounts;

/// Whether a step was begun and nobody knows how it ended: its answer was lost, or the process that ran it.
bool isOutcomeUnknown(const OperationStep &step);
/// It counts as failed, and as one that may have been done, until it ends another time.
void setOutcomeUnknown(OperationStep &step);

/// Carries one operation out: a step enters the journal before it runs and its outcome before the next one does. Engine
/// thread. Holds the operation's leases; lives until left().
class OperationRunner final : public QObject
{
    Q_OBJECT
public:
    struct Setting
    {
        CacheStore *cache = nullptr;
        SlipwayStore *store = nullptr;
        AccountHost *host = nullptr;
        Accounts *accounts = nullptr; ///< knows who has the source of a pipeline
        QString home;
        int undoWindowMs = 0;
        std::function<void()> journaled; ///< for tests: called after each write to the journal
    };
    /// `operation` is journaled and its leases are taken.
    OperationRunner(const Setting &setting, const Operation &operation, Plan plan, QObject *parent);

    void start(); ///< goes on from the first step that is not done, or with taking it back
    bool cancel(); ///< true while the undo window is open: nothing was sent, and nothing will be
    void stop(); ///< Slipway closes: ends after the current call, the journal stays as it is

    const Operation &operation() const { return m_operation; }
    bool hasLeft() const { return m_left; }

Q_SIGNALS:
    void wrote(const Slipway::ChangeSet &changes);
    void ended(const QString &operationId); ///< live, failed or cancelled, and journaled so
    void left(const QString &operationId); ///< nothing runs any more; may be deleted from the event loop

private:
    QCoro::Task<> carryOut();
    QCoro::Task<> takeBack();
    Task<bool> waitForSecondThoughts();
    Task<void> carryOutStep(int index);
    Task<void> undoSteps();
    QCoro::Task<> finish(OperationState state);
    Task<bool> pause(int ms);

    Result<void> journal();
    StepContext contextFor(int index, const QString &suffix, const QString &counter);
    Pipeline pipeline() const;
    QJsonObject facts() const;
    void showProgress(int index, const QString &text);
    void settleStep(int index, const Result<QJsonObject> &outcome);
    void setUndone(int index);
    bool canUndo(int index) const;
    bool undoable() const;
    Result<void> journalEnd();
    ActivityEntry activity() const;
    void leave();

    Setting m_setting;
    Operation m_operation;
    Plan m_plan;
    QTimer m_progress; ///< progress text is journaled at most every 250 ms
    Later<bool> m_secondThoughts; ///< true: go on
    Later<bool> m_pause;
    std::shared_ptr<Mailbox> m_mailbox;
    bool m_waiting = false; ///< the undo window is open
    bool m_stopping = false;
    bool m_left = false;
};

} // namespace Slipway
