// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/automation/rules.h"

#include <QCoreApplication>

namespace Slipway {

struct RuleWords
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Rules)
};

/// One look at one pipeline: what every rule wants.
class Look
{
public:
    Look(const BoardReader &reader, const QString &pipeline, const QDateTime &now, bool clockJumped);
    QList<RuleAct> acts();

private:
    QHash<QString, QString> notes(const QString &rule) const { return m_reader.store().ruleNotes(m_pipeline, rule); }
    void add(const QString &rule, const std::variant<std::monostate, Intent, Decision> &deed, const QString &subject,
             const QString &note);
    /// What a rule that is off noted is void: turned on again, it begins anew. Answers whether it is on.
    bool isOn(const QString &rule, bool on, const QHash<QString, QString> &noted);
    /// Environments get names again that others had before: what was noted about one that is gone is void.
    void forgetGone(const QString &rule, const QHash<QString, QString> &noted);
    static bool isFree(const Card &card) { return !card.operation || !card.operation->isActive(); }
    /// It failed and nobody looked after it yet: tried again every minute it would fail every minute.
    static bool hasFailed(const Card &card, LifecycleAction action);
    bool isBeingCloned(const QString &ref) const;
    /// Whether the rule makes an environment of it. Without a label nobody of the team has looked at what comes from a
    /// fork, and anybody at all may have written it: it is not run here by itself.
    bool isWanted(const Change &change) const;
    /// Changes that were there when the rule was turned on, or was given another label, are not new. One without the
    /// label becomes new when it gets it.
    void newChanges();
    void newCommits();
    /// Whether CI has to pass this version first and has not. Where CI was named it reports on every commit, sooner or
    /// later; at GitHub alone there may be none that does.
    bool waitsForCi(const Environment &environment) const;
    void accepted();
    /// A change that was seen open and is not any more was merged or closed.
    void closed();
    /// Comments are heard and obeyed by heedComments(); here it is noted since when.
    void comments();
    void lifetimes();
    void age(const Card &card, Lifetime lifetime);
    void live(const Card &card, const std::variant<std::monostate, Intent, Decision> &deed,
              const std::optional<Lifetime> &lifetime);
    void idle();
    /// What was suspended for the night is noted, so that nobody who wakes it is sent to sleep again, and so that it
    /// comes back in the morning.
    void offHours();
    void sendToSleep(const Card &card, const QString &note, const QString &end);
    void wake(const Card &card, const QString &note);
    /// The first in the queue goes once staging is clean; one that failed is not tried again by itself.
    void queue();

    const BoardReader &m_reader;
    const QString m_pipeline;
    const QDateTime m_now;
    const bool m_clockJumped;
    const Policy m_policy;
    const Rules m_rules;
    const QList<Change> m_changes;
    QList<Card> m_cards; ///< of dev environments
    QList<RuleAct> m_acts;
};

/// What becomes of an environment, and why.
LifecycleIntent lifecycle(const Environment &environment, LifecycleAction action, const QString &reason);

} // namespace Slipway
