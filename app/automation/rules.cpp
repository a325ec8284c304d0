// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/automation/look.h"

#include "app/operations/commentcommand.h"
#include "models/board/waitingwords.h"
#include "models/domain/json.h"

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

const auto kNewChange = u"new-change"_s;
const auto kNewCommit = u"new-commit"_s;
const auto kAccepted = u"accepted"_s;
const auto kClosed = u"closed"_s;
const auto kQueue = u"queue"_s;
const auto kBegun = u"*"_s; ///< the subject that says since when a rule watches

} // namespace

LifecycleIntent lifecycle(const Environment &environment, LifecycleAction action, const QString &reason)
{
    LifecycleIntent intent;
    intent.pipeline = environment.pipeline;
    intent.environment = environment.name;
    intent.action = action;
    intent.reason = reason;
    return intent;
}

Look::Look(const BoardReader &reader, const QString &pipeline, const QDateTime &now, bool clockJumped)
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

QList<RuleAct> Look::acts()
{
    // With a cache that was deleted nothing is new, and above all nothing is closed, until somebody asked.
    if (m_reader.cache().knowsChanges(m_pipeline)) {
        newChanges();
        newCommits();
        closed();
    }
    accepted();
    comments();
    lifetimes();
    idle();
    offHours();
    queue();
    return m_acts;
}

void Look::add(const QString &rule, const std::variant<std::monostate, Intent, Decision> &deed, const QString &subject,
               const QString &note)
{
    m_acts.append(RuleAct{rule, deed, subject, note, {}, {}});
}

bool Look::isOn(const QString &rule, bool on, const QHash<QString, QString> &noted)
{
    if (!on) {
        for (auto one = noted.keyBegin(); one != noted.keyEnd(); ++one)
            add(rule, {}, *one, {});
    }
    return on;
}

void Look::forgetGone(const QString &rule, const QHash<QString, QString> &noted)
{
    for (auto one = noted.keyBegin(); one != noted.keyEnd(); ++one) {
        const auto isIt = [&](const Card &card) { return card.environment.name == *one; };
        if (std::none_of(m_cards.cbegin(), m_cards.cend(), isIt))
            add(rule, {}, *one, {});
    }
}

bool Look::hasFailed(const Card &card, LifecycleAction action)
{
    return card.operation && card.operation->state == OperationState::Failed
        && card.operation->kind == toString(action);
}

bool Look::isBeingCloned(const QString &ref) const
{
    const QList<Operation> active = m_reader.store().activeOperations();
    return std::any_of(active.cbegin(), active.cend(), [&](const Operation &operation) {
        const auto intent = intentFromJson(operation.intent);
        const auto *clone = intent ? std::get_if<CloneIntent>(&*intent) : nullptr;
        return clone && clone->pipeline == m_pipeline && clone->code.change == ref;
    });
}

bool Look::isWanted(const Change &change) const
{
    return m_rules.label.isEmpty() ? !change.fork : change.labels.contains(m_rules.label, Qt::CaseInsensitive);
}

void Look::newChanges()
{
    const auto noted = notes(kNewChange);
    if (!isOn(kNewChange, m_rules.newChange, noted))
        return;
    const QString begun = noted.value(kBegun);
    const bool watching = !begun.isEmpty() && begun.section(u' ', 1) == m_rules.label;
    if (!watching)
        add(kNewChange, {}, kBegun, (toIso(m_now) + u' ' + m_rules.label).trimmed());
    for (const Change &change : m_changes) {
        if (noted.contains(change.ref()) || !isWanted(change))
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

void Look::newCommits()
{
    const auto noted = notes(kNewCommit);
    if (!isOn(kNewCommit, m_rules.newCommit, noted))
        return;
    forgetGone(kNewCommit, noted);
    for (const Change &change : m_changes) {
        const auto carrier = m_reader.environmentOf(m_pipeline, change);
        if (!carrier || change.head.isEmpty() || noted.value(carrier->name) == change.head)
            continue; // it was tried once: a commit that does not build is not built for ever
        if (change.fork)
            continue; // somebody of the team chose the commit that runs; what came after it nobody has seen
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

bool Look::waitsForCi(const Environment &environment) const
{
    const auto pipeline = m_reader.store().pipeline(m_pipeline);
    if (!pipeline || ciOf(*pipeline).account.isEmpty() || m_policy.level(u"ci"_s) == PolicyLevel::Off)
        return false;
    const CiState state = environment.ci.state;
    return state != CiState::Passed && (state != CiState::None || !pipeline->ci.account.isEmpty());
}

void Look::accepted()
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
        if (waitsForCi(card.environment))
            continue;
        QueueIntent wait;
        wait.pipeline = m_pipeline;
        wait.environment = card.environment.name;
        add(kAccepted, Decision(wait), card.environment.name, card.version());
    }
}

void Look::closed()
{
    const auto noted = notes(kClosed);
    if (!isOn(kClosed, m_rules.closed, noted))
        return;
    QSet<QString> open;
    QSet<QString> pulled; ///< branches of open pull requests
    for (const Change &change : m_changes) {
        open |= {change.ref(), change.branch}; // a branch that became a pull request is open still
        if (change.number && !change.fork)
            pulled.insert(change.branch);
        if (!noted.contains(change.ref()))
            add(kClosed, {}, change.ref(), change.head);
    }
    QSet<QString> carried;
    for (const Card &card : std::as_const(m_cards)) {
        const Release release = card.environment.release.value_or(Release());
        const QString ref = release.change.ref();
        carried.insert(ref);
        // The branch of a pull request may outlive it; the change is then over, unless it was opened again.
        const bool isOpen =
            open.contains(ref) || (release.change.number ? pulled : open).contains(release.change.branch);
        if (release.uncommitted || isOpen || !noted.contains(ref) || !isFree(card)
            || hasFailed(card, LifecycleAction::ShutDown))
            continue; // work that no commit holds is never thrown away by a rule
        add(kClosed,
            Intent(lifecycle(card.environment, LifecycleAction::ShutDown,
                             RuleWords::tr("“%1” was merged or closed").arg(release.change.title))),
            {}, {});
    }
    for (auto one = noted.keyBegin(); one != noted.keyEnd(); ++one) {
        if (!open.contains(*one) && !carried.contains(*one) && !isBeingCloned(*one))
            add(kClosed, {}, *one, {}); // nothing of it is left
    }
}

void Look::comments()
{
    const auto noted = notes(kCommentsRule);
    if (isOn(kCommentsRule, m_rules.comments, noted) && !noted.contains(kBegun))
        add(kCommentsRule, {}, kBegun, toIso(m_now));
}

void Look::queue()
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
