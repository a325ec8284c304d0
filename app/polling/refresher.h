// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/accounts/accounts.h"
#include "models/store/stores.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>

namespace Slipway {

/// Keeps the cache up to date: asks on request, on schedule, and when a provider says that something changed. One
/// question a pipeline at a time. Engine thread.
class Refresher final : public QObject
{
    Q_OBJECT
public:
    struct Setting
    {
        CacheStore *cache = nullptr;
        SlipwayStore *store = nullptr;
        Accounts *accounts = nullptr;
        QString home;
    };
    explicit Refresher(const Setting &setting, QObject *parent = nullptr);

    /// Empty: all pipelines. `done` gets the first error, if any.
    void refresh(const QString &pipeline, const std::function<void(Result<void>)> &done);
    void poll(); ///< from now on by itself, beginning at once
    void pollDue(); ///< whatever is due, new pipelines too; does nothing unless polling
    void setShown(const QString &pipeline);
    void setAttention(bool focused);
    void stop(); ///< no new questions
    bool isIdle() const { return m_asking == 0; }

Q_SIGNALS:
    void wrote(const Slipway::ChangeSet &changes);
    void idle(); ///< the last question under way has ended

private:
    struct Watched
    {
        bool asking = false;
        bool again = false; ///< something changed since the question was sent
        bool wantChanges = true; ///< with the open changes, next time
        int failures = 0;
        qint64 dueAt = 0; ///< ms of m_clock; 0: now
        qint64 changesAt = -1; ///< when the open changes were asked for last
        std::vector<std::function<void(Result<void>)>> waiting; ///< for the question under way
        std::vector<std::function<void(Result<void>)>> waitingNext; ///< for the one after it
    };
    void ask(const QString &name);
    void take(const QString &name, const Result<Snapshot> &snapshot);
    void heard(const QString &account, const QString &deploysId);
    void schedule();
    bool isMoving(const QString &name) const;
    double allowance(const QString &pipeline) const; ///< as PollSituation::allowance
    qint64 now() const;

    Setting m_setting;
    QHash<QString, Watched> m_watched;
    QTimer m_timer;
    QString m_shown;
    bool m_focused = true;
    bool m_polling = false;
    bool m_stopping = false;
    int m_asking = 0;
};

} // namespace Slipway
