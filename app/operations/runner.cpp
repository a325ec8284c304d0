// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/runner.h"

#include "app/operations/observation.h"
#include "app/operations/wayback.h"
#include "app/operations/operationwords.h"
#include "app/operations/team.h"

#include <QProcess>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

constexpr int kProgressMs = 250; ///< a progress line costs a write that waits for the disk
constexpr int kJournalRetryMs = 2000; ///< the disk is full: somebody makes room
const auto kUndoing = u"undoing"_s; ///< in Operation::intent
const auto kAttempt = u"attempt"_s; ///< in OperationStep::result: counts definite failures
const auto kUndoAttempt = u"undoAttempt"_s;

const auto kUnknown = u"unknown"_s; ///< in OperationStep::result: it failed, and may have been done for all that

/// Whether the provider has answered for good; it remembers that answer under the ticket.
bool isDefinite(Error::Kind kind)
{
    return kind != Error::Kind::Network && kind != Error::Kind::Server && kind != Error::Kind::RateLimited;
}

} // namespace

bool isOutcomeUnknown(const OperationStep &step)
{
    return step.state == StepState::Running
        || (step.state == StepState::Failed && step.result.value(kUnknown).toBool());
}

void setOutcomeUnknown(OperationStep &step)
{
    step.state = StepState::Failed;
    step.result.insert(kUnknown, true);
}

OperationRunner::OperationRunner(const Setting &setting, const Operation &operation, Plan plan, QObject *parent)
    : QObject(parent)
    , m_setting(setting)
    , m_operation(operation)
    , m_plan(std::move(plan))
    , m_mailbox(Mailbox::of(this))
{
    m_progress.setSingleShot(true);
    m_progress.setInterval(kProgressMs);
    connect(&m_progress, &QTimer::timeout, this, [this] { std::ignore = journal(); });
}

void OperationRunner::start()
{
    if (m_operation.intent.value(kUndoing).toBool())
        takeBack();
    else
        carryOut();
}

bool OperationRunner::cancel()
{
    if (!m_waiting)
        return false;
    m_secondThoughts.settle(false);
    return true;
}

void OperationRunner::stop()
{
    m_stopping = true;
    m_progress.stop();
    const auto processes = findChildren<QProcess *>();
    for (QProcess *process : processes)
        process->kill();
    m_secondThoughts.settle(false);
    m_pause.settle(false);
}

Task<bool> OperationRunner::pause(int ms)
{
    m_pause = Later<bool>();
    QTimer::singleShot(ms, this, [later = m_pause] { later.settle(true); });
    const bool over = co_await m_pause;
    co_return Result<bool>(over);
}

Task<bool> OperationRunner::waitForSecondThoughts()
{
    const bool begun = !m_operation.steps.isEmpty() && m_operation.steps.constFirst().state != StepState::Pending;
    if (!m_plan.undoWindow || m_setting.undoWindowMs <= 0 || begun)
        co_return Result<bool>(true);
    m_operation.state = OperationState::Waiting;
    m_operation.waitingFor = OperationWords::startsIn(m_setting.undoWindowMs);
    m_operation.startsAt = QDateTime::currentDateTimeUtc().addMSecs(m_setting.undoWindowMs);
    const auto journaled = journal();
    if (!journaled)
        co_return Result<bool>(tl::unexpect, journaled.error());
    m_waiting = true;
    QTimer::singleShot(m_setting.undoWindowMs, this, [later = m_secondThoughts] { later.settle(true); });
    const bool on = co_await m_secondThoughts;
    m_waiting = false;
    m_operation.waitingFor.clear();
    m_operation.startsAt = {};
    co_return Result<bool>(on);
}

QCoro::Task<> OperationRunner::carryOut()
{
    const auto on = co_await waitForSecondThoughts();
    Result<void> done;
    if (!on)
        done = tl::unexpected(on.error());
    if (on && !*on && !m_stopping) {
        co_await finish(OperationState::Cancelled);
        co_return;
    }
    for (int i = 0; done && !m_stopping && i < m_operation.steps.size(); ++i) {
        if (m_operation.steps.at(i).state == StepState::Done || m_operation.steps.at(i).state == StepState::Skipped)
            continue;
        done = co_await carryOutStep(i);
    }
    if (m_stopping && (done || done.error().kind() == Error::Kind::Cancelled)) {
        leave();
        co_return;
    }
    if (done) {
        co_await finish(OperationState::Live);
        co_return;
    }
    m_operation.error = OperationWords::failure(m_operation, m_plan, done.error());
    if (m_plan.undoAtOnce && undoable()) {
        m_operation.intent.insert(kUndoing, true);
        co_await takeBack();
        co_return;
    }
    co_await finish(OperationState::Failed);
}

Task<void> OperationRunner::carryOutStep(int index)
{
    m_operation.state = OperationState::Running;
    m_operation.step = index;
    OperationStep &step = m_operation.steps[index];
    const OperationStep before = step;
    step.state = StepState::Running;
    step.text.clear();
    if (!step.startedAt.isValid())
        step.startedAt = QDateTime::currentDateTimeUtc();
    step.endedAt = {};
    if (const auto journaled = journal(); !journaled) {
        m_operation.steps[index] = before; // what is not in the journal does not start
        co_return journaled;
    }
    const StepContext c = contextFor(index, QString(), kAttempt);
    const Result<QJsonObject> outcome = co_await m_plan.steps.at(index).run(c);
    m_progress.stop();
    if (!outcome && m_stopping && outcome.error().kind() == Error::Kind::Cancelled)
        co_return Result<void>(tl::unexpect, outcome.error());
    settleStep(index, outcome);
    const auto journaled = journal();
    if (!outcome)
        co_return Result<void>(tl::unexpect, outcome.error());
    co_return journaled;
}

void OperationRunner::settleStep(int index, const Result<QJsonObject> &outcome)
{
    OperationStep &step = m_operation.steps[index];
    step.endedAt = QDateTime::currentDateTimeUtc();
    step.text.clear();
    step.result.remove(kUnknown);
    if (outcome) {
        step.state = StepState::Done;
        for (auto fact = outcome->begin(); fact != outcome->end(); ++fact)
            step.result.insert(fact.key(), fact.value());
        return;
    }
    step.state = StepState::Failed;
    step.text = outcome.error().message();
    if (isDefinite(outcome.error().kind()))
        step.result.insert(kAttempt, step.result.value(kAttempt).toInt(1) + 1); // a retry is a new request
    else
        setOutcomeUnknown(step);
}

QCoro::Task<> OperationRunner::takeBack()
{
    m_operation.state = OperationState::Running;
    const auto undone = co_await undoSteps();
    if (m_stopping && (undone || undone.error().kind() == Error::Kind::Cancelled)) {
        leave();
        co_return;
    }
    if (!undone) {
        const Error first = m_operation.error.value_or(Error());
        m_operation.error = OperationWords::undoFailure(first, undone.error());
        m_operation.intent.remove(kUndoing); // a retry goes forward, another undo comes back here
        co_await finish(OperationState::Failed);
        co_return;
    }
    if (m_operation.error) {
        m_operation.error = OperationWords::tookBack(*m_operation.error);
        co_await finish(OperationState::Failed);
        co_return;
    }
    co_await finish(OperationState::Cancelled);
}

Task<void> OperationRunner::undoSteps()
{
    for (int i = int(m_operation.steps.size()) - 1; i >= 0 && !m_stopping; --i) {
        if (!canUndo(i)) {
            if (m_operation.steps.at(i).state == StepState::Done)
                setUndone(i); // what it did goes with the effect of a step before it
            continue;
        }
        m_operation.step = i;
        m_operation.steps[i].text = OperationWords::takingBack();
        if (const auto journaled = journal(); !journaled)
            co_return journaled;
        const StepContext c = contextFor(i, u".undo"_s, kUndoAttempt);
        const Result<void> undone = co_await m_plan.steps.at(i).undo(c);
        OperationStep &step = m_operation.steps[i];
        if (!undone) {
            step.text = undone.error().message();
            if (isDefinite(undone.error().kind()))
                step.result.insert(kUndoAttempt, step.result.value(kUndoAttempt).toInt(1) + 1);
            co_return undone;
        }
        setUndone(i);
    }
    const auto journaled = journal();
    co_return journaled;
}

void OperationRunner::setUndone(int index)
{
    OperationStep &step = m_operation.steps[index];
    step.state = StepState::Undone;
    step.text.clear();
    step.result.insert(kAttempt, step.result.value(kAttempt).toInt(1) + 1); // doing it again is a new request
}

/// Only what this operation is known to have done: a step that failed may have found somebody else's thing of that
/// name.
bool OperationRunner::canUndo(int index) const
{
    return m_plan.steps.at(index).undo && m_operation.steps.at(index).state == StepState::Done;
}

bool OperationRunner::undoable() const
{
    for (int i = 0; i < m_operation.steps.size(); ++i) {
        if (canUndo(i))
            return true;
    }
    return false;
}

QCoro::Task<> OperationRunner::finish(OperationState state)
{
    // Whoever hears of the end reads a cache that knows it.
    const bool begun = !m_operation.steps.isEmpty() && m_operation.steps.constFirst().state != StepState::Pending;
    if (begun && m_setting.store->pipeline(m_operation.pipeline)) {
        QStringList concerned;
        for (const QString &id : m_plan.leases)
            concerned.append(EnvironmentRef::parse(id).name);
        const StepContext c = contextFor(m_operation.step, QString(), kAttempt);
        const bool seen = state == OperationState::Live && m_plan.looksLast;
        if (!seen) {
            const auto looked = co_await observeEnvironments(c, concerned, true);
            std::ignore = looked; // what could not be seen the account's state tells
        }
    }
    m_operation.state = state;
    m_operation.endedAt = QDateTime::currentDateTimeUtc();
    m_operation.undoable = state == OperationState::Failed && undoable();
    if (state == OperationState::Live)
        setWayBack(m_operation, BoardReader(*m_setting.cache, *m_setting.store));
    auto journaled = journalEnd();
    while (!journaled && !m_stopping) {
        co_await pause(kJournalRetryMs);
        journaled = journalEnd();
    }
    if (journaled && pipeline().isShared()) {
        const StepContext c = contextFor(m_operation.step, QString(), kAttempt);
        const auto told = co_await tellTeam(c);
        std::ignore = told; // told at the next look
    }
    if (journaled)
        Q_EMIT ended(m_operation.id);
    leave();
}

void OperationRunner::leave()
{
    m_left = true;
    Q_EMIT left(m_operation.id);
}

/// The end, its line in Activity and what it frees: all or nothing, so that an end is recorded once and whoever sees it
/// may act on the environment at once.
Result<void> OperationRunner::journalEnd()
{
    SlipwayStore &store = *m_setting.store;
    ChangeSet changes;
    const auto add = [&changes](const Result<ChangeSet> &written) -> Result<void> {
        if (!written)
            return tl::unexpected(written.error());
        changes.unite(*written);
        return {};
    };
    const bool arrived = m_operation.state == OperationState::Live && m_operation.kind == u"promote";
    const auto kept = store.database().transaction([&]() -> Result<void> {
        Result<void> done = add(store.saveOperation(m_operation));
        if (done && arrived && !m_operation.from.isEmpty()) // what has arrived waits no more
            done = add(store.dequeue(m_operation.pipeline, m_operation.from));
        if (done)
            done = add(store.record(activity()));
        const QList<TeamNote> notes = notesOf(m_operation, BoardReader(*m_setting.cache, store));
        for (const TeamNote &note : notes) {
            if (done)
                done = add(store.addTeamNote(note));
        }
        return done ? store.dropLeases(m_operation.id) : done;
    });
    if (!kept)
        return kept;
    if (m_setting.journaled)
        m_setting.journaled();
    Q_EMIT wrote(changes);
    return {};
}

ActivityEntry OperationRunner::activity() const
{
    ActivityEntry entry = OperationWords::activity(m_operation);
    entry.version = facts().value(u"release"_s).toObject().value(u"version"_s).toString();
    if (entry.version.isEmpty())
        entry.version = facts().value(u"code"_s).toObject().value(u"version"_s).toString();
    return entry;
}

Result<void> OperationRunner::journal()
{
    const auto saved = m_setting.store->saveOperation(m_operation);
    if (!saved)
        return tl::unexpected(saved.error());
    if (m_setting.journaled)
        m_setting.journaled();
    Q_EMIT wrote(*saved);
    return {};
}

Pipeline OperationRunner::pipeline() const
{
    if (const auto known = m_setting.store->pipeline(m_operation.pipeline))
        return *known;
    Pipeline pipeline; // not on the board yet, or not any more
    pipeline.name = m_operation.pipeline;
    pipeline.deploysAccount = m_setting.host->account().name;
    pipeline.deploysId = facts().value(u"deploysId"_s).toString(m_operation.pipeline);
    return pipeline;
}

QJsonObject OperationRunner::facts() const
{
    QJsonObject all;
    for (const OperationStep &step : m_operation.steps) {
        for (auto fact = step.result.begin(); fact != step.result.end(); ++fact)
            all.insert(fact.key(), fact.value());
    }
    return all;
}

StepContext OperationRunner::contextFor(int index, const QString &suffix, const QString &counter)
{
    StepContext c;
    c.cache = m_setting.cache;
    c.store = m_setting.store;
    c.host = m_setting.host;
    c.context = this;
    c.home = m_setting.home;
    c.pipeline = pipeline();
    c.accounts = m_setting.accounts;
    c.facts = facts();
    c.ticket = {u"%1.%2%3"_s.arg(m_operation.id).arg(index).arg(suffix), m_operation.by};
    if (const int attempt = m_operation.steps.at(index).result.value(counter).toInt(1); attempt > 1)
        c.ticket.id += u".%1"_s.arg(attempt);
    c.wrote = [this](const ChangeSet &changes) { Q_EMIT wrote(changes); };
    c.progress = [this, mailbox = m_mailbox, index](const QString &text) {
        mailbox->post([this, index, text] { showProgress(index, text); });
    };
    return c;
}

void OperationRunner::showProgress(int index, const QString &text)
{
    if (m_stopping || m_operation.step != index || m_operation.steps.at(index).state != StepState::Running)
        return;
    m_operation.steps[index].text = text;
    if (!m_progress.isActive())
        m_progress.start();
}

} // namespace Slipway
