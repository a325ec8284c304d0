// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/automation/automation.h"

#include "app/decisions/decisions.h"
#include "app/operations/team.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

constexpr int kEveryMs = 60'000; ///< hours are counted, not seconds
constexpr int kSettleMs = 200; ///< a snapshot comes in several writes
constexpr qint64 kJumpMs = 5 * 60'000; ///< the clock may drift and be put right; not by more than that
constexpr qint64 kHeedMs = 15'000; ///< between two questions for comments, of which most cost nothing: 304
constexpr qint64 kHeedGapMs = 2'000; ///< the same while something moves, such as an operation that will be told of
const auto kLease = u"automation"_s;

} // namespace

Automation::Automation(const Setting &setting, QObject *parent)
    : QObject(parent)
    , m_setting(setting)
    , m_owner(u"automation-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    m_timer.setInterval(kEveryMs);
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSettleMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_changed.clear();
        look();
    });
    connect(&m_soon, &QTimer::timeout, this, &Automation::look);
    m_heeding.setSingleShot(true);
    connect(&m_heeding, &QTimer::timeout, this, &Automation::heedAll);
}

Automation::~Automation() = default;

void Automation::start()
{
    m_running = true;
    m_soon.start();
}

void Automation::stop()
{
    m_running = false;
    m_timer.stop();
    m_soon.stop();
    m_heeding.stop();
    if (std::exchange(m_ours, false))
        std::ignore = m_setting.store->dropLeases(m_owner);
}

void Automation::consider(const ChangeSet &changes)
{
    if (!m_running)
        return;
    QSet<QString> touched = changes.pipelines | changes.changes;
    for (const QString &id : changes.environments)
        touched.insert(EnvironmentRef::parse(id).pipeline);
    if (touched.isEmpty() && !changes.everything)
        return;
    if (changes.everything || (m_soon.isActive() && m_changed.isEmpty()))
        m_changed.clear();
    else
        m_changed |= touched;
    if (!m_soon.isActive())
        m_soon.start();
}

/// The clock against a steady one: after a jump no time that ran out is believed at once.
bool Automation::clockJumped(const QDateTime &now)
{
    const bool jumped = m_lastLook.isValid() && std::abs(m_lastLook.msecsTo(now) - m_steady.elapsed()) > kJumpMs;
    m_lastLook = now;
    m_steady.start();
    return jumped;
}

bool Automation::isOurs()
{
    m_ours = m_ours || m_setting.store->takeLeases(m_owner, {kLease}).has_value();
    return m_ours;
}

void Automation::look()
{
    if (!m_running)
        return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const bool jumped = clockJumped(now);
    const BoardReader reader(*m_setting.cache, *m_setting.store);
    const QSet<QString> only = std::exchange(m_changed, {});
    bool timed = false;
    const QList<Pipeline> pipelines = m_setting.store->pipelines();
    for (const Pipeline &pipeline : pipelines) {
        const Policy policy = reader.policy(pipeline.name);
        const bool on = policy.rules().any() || policy.queueStarts();
        timed = timed || on;
        if ((only.isEmpty() || only.contains(pipeline.name)) && (on || m_setting.store->hasRuleTraces(pipeline.name))
            && isOurs())
            lookAt(pipeline.name, now, jumped);
    }
    heedSoon();
    if (!timed)
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start();
}

/// As soon as it is polite to ask again.
void Automation::heedSoon()
{
    const qint64 left = m_heeded.isValid() ? std::max<qint64>(kHeedGapMs - m_heeded.elapsed(), 0) : 0;
    if (!m_heeding.isActive() || m_heeding.remainingTime() > left)
        m_heeding.start(std::chrono::milliseconds(left));
}

void Automation::heedAll()
{
    if (!m_running || !m_setting.heed)
        return;
    const BoardReader reader(*m_setting.cache, *m_setting.store);
    bool any = false;
    const QList<Pipeline> pipelines = m_setting.store->pipelines();
    for (const Pipeline &pipeline : pipelines) {
        const bool wanted = reader.policy(pipeline.name).rules().comments && pipeline.isShared() && !pipeline.readOnly;
        any = any || wanted;
        if (!wanted || m_asking.contains(pipeline.name) || !isOurs())
            continue;
        m_asking.insert(pipeline.name);
        m_setting.heed(pipeline.name, [this, name = pipeline.name] { m_asking.remove(name); });
    }
    if (!any)
        return;
    m_heeded.start();
    m_heeding.start(std::chrono::milliseconds(kHeedMs));
}

void Automation::lookAt(const QString &pipeline, const QDateTime &now, bool clockJumped)
{
    const BoardReader reader(*m_setting.cache, *m_setting.store);
    const QList<RuleAct> acts = dueActs(reader, pipeline, now, clockJumped);
    for (const RuleAct &act : acts) {
        // One that is refused (busy, blocked by a check) is wanted again at the next look.
        if (carryOut(act))
            note(act, pipeline);
    }
}

bool Automation::carryOut(const RuleAct &act)
{
    const QString by = u"rule "_s + act.rule;
    if (const auto *intent = std::get_if<Intent>(&act.deed))
        return m_setting.operations->start(*intent, by).has_value();
    if (const auto *decision = std::get_if<Decision>(&act.deed)) {
        const BoardReader reader(*m_setting.cache, *m_setting.store);
        const auto done = decide(reader, *m_setting.store, *decision, by, QDateTime::currentDateTimeUtc());
        if (done)
            Q_EMIT wrote(*done);
        return done.has_value();
    }
    return true;
}

void Automation::note(const RuleAct &act, const QString &pipeline)
{
    if (!act.subject.isEmpty())
        std::ignore = m_setting.store->noteRule(pipeline, act.rule, act.subject, act.note);
    if (act.environment.isEmpty())
        return;
    const auto changed = act.lifetime ? m_setting.store->saveLifetime(act.environment, *act.lifetime)
                                      : m_setting.store->removeLifetime(act.environment);
    if (changed)
        Q_EMIT wrote(*changed);
}

} // namespace Slipway
