// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/automation/rules.h"
#include "app/operations/operations.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTimer>

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
    bool isOurs();
    bool clockJumped(const QDateTime &now);

    Setting m_setting;
    QString m_owner; ///< of the lease that says who does it
    QTimer m_timer; ///< runs only while a rule that knows times is on
    QTimer m_soon;
    QElapsedTimer m_steady; ///< since the last look, whatever happens to the clock
    QDateTime m_lastLook;
    QSet<QString> m_changed; ///< pipelines; empty: all
    bool m_running = false;
    bool m_ours = false; ///< this process holds the lease
};

} // namespace Slipway
