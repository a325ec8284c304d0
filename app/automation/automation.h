// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/automation/rules.h"
#include "app/operations/operations.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTimer>

#include <functional>

namespace Slipway {

/// Carries out what the rules of the policies want, while the window or `slipwayctl agent` runs. Of all processes on
/// one home only one does, the first; when it ends, the next takes over. Engine thread.
class Automation final : public QObject
{
    Q_OBJECT
public:
    struct Setting
    {
        CacheStore *cache = nullptr;
        SlipwayStore *store = nullptr;
        Operations *operations = nullptr;
        /// Reads and obeys the comments of a pipeline's pull requests, see heedComments(); calls back in any case.
        std::function<void(const QString &pipeline, const std::function<void()> &done)> heed = {};
    };
    explicit Automation(const Setting &setting, QObject *parent = nullptr);
    ~Automation() override;

    void start();
    void stop(); ///< no more deeds; another process may take over
    /// Something changed there: looks from the event loop, once for all that changed until then.
    void consider(const ChangeSet &changes);

Q_SIGNALS:
    void wrote(const Slipway::ChangeSet &changes);

private:
    void look();
    void lookAt(const QString &pipeline, const QDateTime &now, bool clockJumped);
    bool carryOut(const RuleAct &act);
    void note(const RuleAct &act, const QString &pipeline);
    void heedSoon();
    void heedAll();
    bool isOurs();
    bool clockJumped(const QDateTime &now);

    Setting m_setting;
    QString m_owner; ///< of the lease that says who does it
    QTimer m_timer; ///< runs only while a rule that knows times is on
    QTimer m_soon;
    QTimer m_heeding; ///< until comments are asked for again; runs only while a rule heeds them
    QElapsedTimer m_heeded; ///< since that was last done
    QSet<QString> m_asking; ///< pipelines whose comments are being read or answered
    QElapsedTimer m_steady; ///< since the last look, whatever happens to the clock
    QDateTime m_lastLook;
    QSet<QString> m_changed; ///< pipelines; empty: all
    bool m_running = false;
    bool m_ours = false; ///< this process holds the lease
};

} // namespace Slipway
