// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/automation/rules.h"

#include "models/board/waitingwords.h"
#include "models/domain/json.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Rules)
};

constexpr qint64 kHour = 3600;

const auto kNewChange = u"new-change"_s;
const auto kNewCommit = u"new-commit"_s;
const auto kAccepted = u"accepted"_s;
const auto kClosed = u"closed"_s;
const auto kIdle = u"idle-hours"_s;
const auto kLive = u"live-hours"_s;
const auto kOff = u"off-hours"_s;
const auto kQueue = u"queue"_s;
const auto kBegun = u"*"_s; ///< the subject that says since when a rule watches
const auto kWoken = u"woken "_s; ///< before the end of the off-hours in which somebody woke what slept for them

LifecycleIntent lifecycle(const Environment &environment, LifecycleAction action, const QString &reason)
{
    LifecycleIntent intent;
    intent.pipeline = environment.pipeline;
    intent.environment = environment.name;
    intent.action = action;
    intent.reason = reason;
    return intent;
}

/// One look at one pipeline.
class Look
{
public:
    Look(const BoardReader &reader, const QString &pipeline, const QDateTime &now, bool clockJumped)
        : m_reader(reader)
        , m_pipeline(pipeline)
        , m_now(now)
        , m_clockJumped(clockJumped)
        , m_policy(reader.policy(pipeline))
        , m_rules(m_policy.rules())
        , m_changes(reader.cache().changes(pipeline))
    {
        const QStringList names = reader.cache().environmentNames(pipeline, Stage::Development);
        for (const QString &name : names) {
            if (auto card = reader.card(pipeline + u'/' + name))
                m_cards.append(std::move(*card));
        }
    }

    QList<RuleAct> acts()
    {
        // With a cache that was deleted nothing is new, and above all nothing is closed, until somebody asked.
        if (m_reader.cache().knowsChanges(m_pipeline)) {
            newChanges();
            newCommits();
            closed();
        }
        accepted();
        lifetimes();
        idle();
        offHours();
        queue();
        return m_acts;
    }

private:
    QHash<QString, QString> notes(const QString &rule) const { return m_reader.store().ruleNotes(m_pipeline, rule); }

    void add(const QString &rule, const std::variant<std::monostate, Intent, Decision> &deed, const QString &subject,
             const QString &note)
    {
        m_acts.append(RuleAct{rule, deed, subject, note, {}, {}});
    }

    /// What a rule that is off noted is void: turned on again, it begins anew. Answers whether it is on.
    bool isOn(const QString &rule, bool on, const QHash<QString, QString> &noted)
    {
        if (!on) {
            for (auto one = noted.keyBegin(); one != noted.keyEnd(); ++one)
                add(rule, {}, *one, {});
        }
        return on;
    }

    /// Environments get names again that others had before: what was noted about one that is gone is void.
    void forgetGone(const QString &rule, const QHash<QString, QString> &noted)
    {
        for (auto one = noted.keyBegin(); one != noted.keyEnd(); ++one) {
            const auto isIt = [&](const Card &card) { return card.environment.name == *one; };
            if (std::none_of(m_cards.cbegin(), m_cards.cend(), isIt))
                add(rule, {}, *one, {});
        }
    }

    static bool isFree(const Card &card) { return !card.operation || !card.operation->isActive(); }

    /// It failed and nobody looked after it yet: tried again every minute it would fail every minute.
    static bool hasFailed(const Card &card, LifecycleAction action)
    {
        return card.operation && card.operation->state == OperationState::Failed
            && card.operation->kind == toString(action);
    }

    bool isBeingCloned(const QString &ref) const
    {
        const QList<Operation> active = m_reader.store().activeOperations();
        return std::any_of(active.cbegin(), active.cend(), [&](const Operation &operation) {
            const auto intent = intentFromJson(operation.intent);
            const auto *clone = intent ? std::get_if<CloneIntent>(&*intent) : nullptr;
            return clone && clone->pipeline == m_pipeline && clone->code.change == ref;
        });
    }

    /// Changes that were there when the rule was turned on are not new.
    void newChanges()
    {
        const auto noted = notes(kNewChange);
        if (!isOn(kNewChange, m_rules.newChange, noted))
            return;
        const bool watching = noted.contains(kBegun);
        if (!watching)
            add(kNewChange, {}, kBegun, toIso(m_now));
        for (const Change &change : m_changes) {
            if (noted.contains(change.ref()))
                continue;
            CloneIntent clone;
            clone.pipeline = m_pipeline;
            clone.code.change = change.ref();
            if (!watching || isBeingCloned(change.ref()) || m_reader.environmentOf(m_pipeline, change))
                add(kNewChange, {}, change.ref(), change.head);
            else
                add(kNewChange, Intent(clone), change.ref(), change.head);
        }
    }

    void newCommits()
    {
        const auto noted = notes(kNewCommit);
        if (!isOn(kNewCommit, m_rules.newCommit, noted))
            return;
        forgetGone(kNewCommit, noted);
        for (const Change &change : m_changes) {
            const auto carrier = m_reader.environmentOf(m_pipeline, change);
            if (!carrier || change.head.isEmpty() || noted.value(carrier->name) == change.head)
                continue; // it was tried once: a commit that does not build is not built for ever
            if (carrier->release->version == change.head) {
                add(kNewCommit, {}, carrier->name, change.head); // who rolls it back means it
                continue;
            }
            const auto card = m_reader.card(carrier->id());
            const bool awake = carrier->state == EnvironmentState::Running
                || carrier->state == EnvironmentState::Crashed; // the commit may be what mends it
            if (!card || !awake || !isFree(*card))
                continue;
            DeployIntent deploy;
            deploy.pipeline = m_pipeline;
            deploy.environment = carrier->name;
            deploy.code.change = change.ref();
            add(kNewCommit, Intent(deploy), carrier->name, change.head);
        }
    }

    void accepted()
    {
        const auto noted = notes(kAccepted);
        if (!isOn(kAccepted, m_rules.accepted, noted))
            return;
        forgetGone(kAccepted, noted);
        const auto staging = m_reader.environmentAt(m_pipeline, Stage::Staging);
        for (const Card &card : std::as_const(m_cards)) {
            const bool fresh = noted.value(card.environment.name) != card.version(); // who took it out meant it
            if (card.verdict.state != VerdictState::Accepted || !fresh)
                continue;
            const bool arrived = staging && staging->release && !staging->release->artifact.isEmpty()
                && staging->release->artifact == card.version();
            if (card.queuePlace > 0 || arrived) { // somebody was faster
                add(kAccepted, {}, card.environment.name, card.version());
                continue;
            }
            QueueIntent wait;
            wait.pipeline = m_pipeline;
            wait.environment = card.environment.name;
            add(kAccepted, Decision(wait), card.environment.name, card.version());
        }
    }

    /// A change that was seen open and is not any more was merged or closed.
    void closed()
    {
        const auto noted = notes(kClosed);
        if (!isOn(kClosed, m_rules.closed, noted))
            return;
        QSet<QString> open;
        for (const Change &change : m_changes) {
            open |= {change.ref(), change.branch}; // a branch that became a pull request is open still
            if (!noted.contains(change.ref()))
                add(kClosed, {}, change.ref(), change.head);
        }
        QSet<QString> carried;
        for (const Card &card : std::as_const(m_cards)) {
            const Release release = card.environment.release.value_or(Release());
            const QString ref = release.change.ref();
            carried.insert(ref);
            if (release.uncommitted || open.contains(ref) || open.contains(release.change.branch)
                || !noted.contains(ref) || !isFree(card) || hasFailed(card, LifecycleAction::ShutDown))
                continue; // work that no commit holds is never thrown away by a rule
            add(kClosed,
                Intent(lifecycle(card.environment, LifecycleAction::ShutDown,
                                 Words::tr("“%1” was merged or closed").arg(release.change.title))),
                {}, {});
        }
        for (auto one = noted.keyBegin(); one != noted.keyEnd(); ++one) {
            if (!open.contains(*one) && !carried.contains(*one) && !isBeingCloned(*one))
                add(kClosed, {}, *one, {}); // nothing of it is left
        }
    }

    void lifetimes()
    {
        for (const Card &card : std::as_const(m_cards)) {
            if (m_rules.liveHours == 0) {
                if (card.lifetime)
                    live(card, {}, std::nullopt);
            } else if (!card.lifetime) {
                const qint64 hours = m_rules.liveHours * kHour;
                const QDateTime born = card.environment.createdAt.isValid() ? card.environment.createdAt : m_now;
                // One that is old when the rule is turned on gets the grace at least.
                live(card, {},
                     Lifetime{std::max(born.addSecs(hours), m_now.addSecs(m_rules.graceHours * kHour)), {}, {}});
            } else if (isFree(card)) {
                age(card, *card.lifetime);
            }
        }
    }

    void age(const Card &card, Lifetime lifetime)
    {
        const QDateTime grace = m_now.addSecs(m_rules.graceHours * kHour);
        const bool asleep = card.environment.state == EnvironmentState::Suspended;
        if (lifetime.shutDownAt.isValid() && !asleep) {
            live(card, {}, Lifetime{grace, {}, lifetime.keptBy}); // somebody woke it: they need it
        } else if (lifetime.shutDownAt.isValid() && m_clockJumped) {
            lifetime.shutDownAt = grace;
            live(card, {}, lifetime);
        } else if (lifetime.shutDownAt.isValid() && lifetime.shutDownAt <= m_now) {
            if (hasFailed(card, LifecycleAction::ShutDown))
                return;
            live(card, Intent(lifecycle(card.environment, LifecycleAction::ShutDown, Words::tr("Its time was up"))),
                 lifetime);
        } else if (!lifetime.shutDownAt.isValid() && lifetime.ends <= m_now && !m_clockJumped) {
            lifetime.shutDownAt = grace;
            const auto sleep =
                Intent(lifecycle(card.environment, LifecycleAction::Suspend, Words::tr("Its time is up")));
            if (asleep)
                live(card, {}, lifetime);
            else
                live(card, sleep, lifetime);
        }
    }

    void live(const Card &card, const std::variant<std::monostate, Intent, Decision> &deed,
              const std::optional<Lifetime> &lifetime)
    {
        m_acts.append(RuleAct{kLive, deed, {}, {}, card.id(), lifetime});
    }

    void idle()
    {
        if (m_rules.idleHours == 0 || m_clockJumped)
            return;
        for (const Card &card : std::as_const(m_cards)) {
            const Environment &environment = card.environment;
            if (environment.state != EnvironmentState::Running || !isFree(card)
                || hasFailed(card, LifecycleAction::Suspend))
                continue;
            QDateTime used = environment.lastActiveAt;
            for (const QDateTime &other : {environment.stateSince, environment.createdAt, card.verdict.at,
                                           environment.release ? environment.release->at : QDateTime()}) {
                if (other.isValid() && (!used.isValid() || other > used))
                    used = other;
            }
            if (!used.isValid() || used.addSecs(m_rules.idleHours * kHour) > m_now)
                continue;
            const QString why = Words::tr("Nobody used it for %1 hours").arg(m_rules.idleHours);
            add(kIdle, Intent(lifecycle(environment, LifecycleAction::Suspend, why)), {}, {});
        }
    }

    /// What was suspended for the night is noted, so that nobody who wakes it is sent to sleep again, and so that it
    /// comes back in the morning.
    void offHours()
    {
        const auto noted = notes(kOff);
        if (!isOn(kOff, m_rules.offHours.has_value(), noted))
            return;
        forgetGone(kOff, noted);
        const QDateTime end = m_rules.offHours->endAt(m_now);
        for (const Card &card : std::as_const(m_cards)) {
            if (!isFree(card))
                continue;
            if (end.isValid())
                sendToSleep(card, noted.value(card.environment.name), toIso(end));
            else if (noted.contains(card.environment.name))
                wake(card, noted.value(card.environment.name));
        }
    }

    void sendToSleep(const Card &card, const QString &note, const QString &end)
    {
        const Environment &environment = card.environment;
        if (environment.state == EnvironmentState::Suspended) {
            if (!note.isEmpty() && note != end && !note.startsWith(kWoken))
                add(kOff, {}, environment.name, end); // sleeps on through the next ones
        } else if (note == end) {
            add(kOff, {}, environment.name, kWoken + end);
        } else if (note != kWoken + end && environment.state == EnvironmentState::Running) {
            add(kOff, Intent(lifecycle(environment, LifecycleAction::Suspend, Words::tr("Off hours"))),
                environment.name, end);
        }
    }

    void wake(const Card &card, const QString &note)
    {
        const bool ended = card.lifetime && card.lifetime->shutDownAt.isValid();
        if (note.startsWith(kWoken) || ended || card.environment.state != EnvironmentState::Suspended) {
            add(kOff, {}, card.environment.name, {});
            return;
        }
        add(kOff, Intent(lifecycle(card.environment, LifecycleAction::Resume, Words::tr("Off hours are over"))),
            card.environment.name, {});
    }

    /// The first in the queue goes once staging is clean; one that failed is not tried again by itself.
    void queue()
    {
        const auto noted = notes(kQueue);
        if (!isOn(kQueue, m_policy.queueStarts(), noted))
            return;
        forgetGone(kQueue, noted);
        const StagingGauge gauge = m_reader.gauge(m_pipeline, m_now);
        if (gauge.queue.isEmpty() || !gauge.queue.constFirst().ready)
            return;
        const QueueEntry &first = gauge.queue.constFirst().entry;
        const auto card = m_reader.card(m_pipeline + u'/' + first.environment);
        if (!card)
            return;
        PromoteIntent promote;
        promote.pipeline = m_pipeline;
        promote.from = first.environment;
        promote.shutDownAfter = true;
        promote.reason = first.reason;
        add(kQueue, Intent(promote), first.environment, queueTurn(first, *card));
    }

    const BoardReader &m_reader;
    const QString &m_pipeline;
    const QDateTime m_now;
    const bool m_clockJumped;
    const Policy m_policy;
    const Rules m_rules;
    const QList<Change> m_changes;
    QList<Card> m_cards; ///< of dev environments
    QList<RuleAct> m_acts;
};

} // namespace

QList<RuleAct> dueActs(const BoardReader &reader, const QString &pipeline, const QDateTime &now, bool clockJumped)
{
    const auto known = reader.store().pipeline(pipeline);
    if (!known || known->readOnly)
        return {};
    if (!reader.environmentAt(pipeline, Stage::Staging) && !reader.environmentAt(pipeline, Stage::Production))
        return {}; // a cache that was deleted: what is not known yet is not gone
    return Look(reader, pipeline, now, clockJumped).acts();
}

} // namespace Slipway
