// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The rules that know times: lifetimes, idle environments, off-hours.
#include "app/automation/look.h"

#include "models/domain/json.h"

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

constexpr qint64 kHour = 3600;
const auto kIdle = u"idle-hours"_s;
const auto kLive = u"live-hours"_s;
const auto kOff = u"off-hours"_s;
const auto kWoken = u"woken "_s; ///< before the end of the off-hours in which somebody woke what slept for them

} // namespace

void Look::lifetimes()
{
    for (const Card &card : std::as_const(m_cards)) {
        if (m_rules.liveHours == 0) {
            if (card.lifetime)
                live(card, {}, std::nullopt);
        } else if (!card.lifetime) {
            const qint64 hours = m_rules.liveHours * kHour;
            const QDateTime born = card.environment.createdAt.isValid() ? card.environment.createdAt : m_now;
            // One that is old when the rule is turned on gets the grace at least.
            live(card, {}, Lifetime{std::max(born.addSecs(hours), m_now.addSecs(m_rules.graceHours * kHour)), {}, {}});
        } else if (isFree(card)) {
            age(card, *card.lifetime);
        }
    }
}

void Look::age(const Card &card, Lifetime lifetime)
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
        live(card, Intent(lifecycle(card.environment, LifecycleAction::ShutDown, RuleWords::tr("Its time was up"))),
             lifetime);
    } else if (!lifetime.shutDownAt.isValid() && lifetime.ends <= m_now && !m_clockJumped) {
        lifetime.shutDownAt = grace;
        const auto sleep =
            Intent(lifecycle(card.environment, LifecycleAction::Suspend, RuleWords::tr("Its time is up")));
        if (asleep)
            live(card, {}, lifetime);
        else
            live(card, sleep, lifetime);
    }
}

void Look::live(const Card &card, const std::variant<std::monostate, Intent, Decision> &deed,
                const std::optional<Lifetime> &lifetime)
{
    m_acts.append(RuleAct{kLive, deed, {}, {}, card.id(), lifetime});
}

void Look::idle()
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
        const QString why = RuleWords::tr("Nobody used it for %1 hours").arg(m_rules.idleHours);
        add(kIdle, Intent(lifecycle(environment, LifecycleAction::Suspend, why)), {}, {});
    }
}

void Look::offHours()
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

void Look::sendToSleep(const Card &card, const QString &note, const QString &end)
{
    const Environment &environment = card.environment;
    if (environment.state == EnvironmentState::Suspended) {
        if (!note.isEmpty() && note != end && !note.startsWith(kWoken))
            add(kOff, {}, environment.name, end); // sleeps on through the next ones
    } else if (note == end) {
        add(kOff, {}, environment.name, kWoken + end);
    } else if (note != kWoken + end && environment.state == EnvironmentState::Running) {
        add(kOff, Intent(lifecycle(environment, LifecycleAction::Suspend, RuleWords::tr("Off hours"))),
            environment.name, end);
    }
}

void Look::wake(const Card &card, const QString &note)
{
    const bool ended = card.lifetime && card.lifetime->shutDownAt.isValid();
    if (note.startsWith(kWoken) || ended || card.environment.state != EnvironmentState::Suspended) {
        add(kOff, {}, card.environment.name, {});
        return;
    }
    add(kOff, Intent(lifecycle(card.environment, LifecycleAction::Resume, RuleWords::tr("Off hours are over"))),
        card.environment.name, {});
}

} // namespace Slipway
