// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/operations.h"

#include "app/operations/admission.h"
#include "app/operations/operationwords.h"

#include <QSet>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

Operation operationFor(const Admitted &admitted, const Plan &plan, const BoardReader &reader)
{
    const Intent &intent = admitted.intent;
    const OperationPlace place = placeOf(intent);
    Operation operation;
    operation.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    operation.intent = toJson(intent);
    operation.kind = operation.intent.value(u"kind"_s).toString();
    operation.pipeline = place.pipeline;
    operation.environment = place.environment;
    operation.from = place.from;
    operation.targets = place.targets;
    OperationWords::name(operation, intent, reader);
    operation.reason = reasonOf(intent);
    operation.overridden = admitted.overridden;
    operation.requestedAt = QDateTime::currentDateTimeUtc();
    for (const Step &step : plan.steps) {
        OperationStep row;
        row.name = step.name;
        operation.steps.append(row);
    }
    return operation;
}

/// For another go: what failed, was taken back or only looks comes again. A step that may have been done stays failed
/// until it comes: should an earlier one fail first, the journal must not say that nothing was begun.
void reopen(Operation &operation, const Plan &plan)
{
    for (qsizetype i = 0; i < operation.steps.size(); ++i) {
        OperationStep &step = operation.steps[i];
        const bool looks = plan.steps.at(i).again;
        if (!looks && isOutcomeUnknown(step))
            setOutcomeUnknown(step);
        else if (looks || step.state != StepState::Done)
            step.state = StepState::Pending;
    }
    operation.state = OperationState::Requested;
    operation.error.reset();
    operation.endedAt = {};
    operation.undoable = false;
    operation.intent.remove(u"undoing"_s);
}

} // namespace

Operations::Operations(const Setting &setting, QObject *parent)
    : QObject(parent)
    , m_setting(setting)
{ }

Operations::~Operations() = default;

BoardReader Operations::reader() const
{
    return BoardReader(*m_setting.cache, *m_setting.store);
}

Result<QString> Operations::start(const Intent &intent, const QString &by)
{
    const BoardReader board = reader();
    const auto admitted = admit(board, intent, by);
    if (!admitted)
        return tl::unexpected(admitted.error());
    const Plan plan = planFor(admitted->intent, board);
    Operation operation = operationFor(*admitted, plan, board);
    operation.by = by;
    if (const auto begun = begin(operation, plan); !begun)
        return tl::unexpected(begun.error());
    return operation.id;
}

Result<void> Operations::journalFirst(const Operation &operation)
{
    const auto saved = m_setting.store->saveOperation(operation);
    if (saved) {
        Q_EMIT wrote(*saved);
        return {};
    }
    std::ignore =
        m_setting.store->dropLeases(operation.id); // the disk may refuse this too; an ended owner holds nothing
    return fail(saved.error().kind(),
                OperationWords::tr("“%1” was not started: it could not be written down. %2")
                    .arg(operation.title, saved.error().message()),
                saved.error().remedy(), saved.error().detail());
}

/// A half-done operation is carried on or given up before another one touches the same environment.
Result<void> Operations::refuseInterrupted(const QStringList &leases) const
{
    const QList<Operation> active = m_setting.store->activeOperations();
    for (const Operation &operation : active) {
        if (m_setting.store->isHeld(operation.id))
            continue; // its leases speak for it
        const auto before = interrupted(operation);
        const QStringList others = before ? before->plan.leases : QStringList(operation.environmentId());
        for (const QString &lease : others) {
            if (!leases.contains(lease))
                continue;
            return fail(Error::Kind::Conflict,
                        OperationWords::tr("“%1” was interrupted and has not ended.").arg(operation.title),
                        OperationWords::tr("Carry it on with `slipwayctl operations resume %1`, or give it up with "
                                           "`slipwayctl operations abandon %1`.")
                            .arg(operation.id));
        }
    }
    return {};
}

Result<AccountHost *> Operations::hostFor(const Operation &operation, const Plan &plan) const
{
    const auto pipeline = m_setting.store->pipeline(operation.pipeline);
    const QString name = pipeline ? pipeline->deploysAccount : plan.account;
    // Without a name its pipeline is forgotten already.
    const auto account = m_setting.store->account(name.isEmpty() ? QString(kLocalAccount) : name);
    return account ? m_setting.accounts->host(*account) : tl::unexpected(account.error());
}

Result<void> Operations::launch(const Operation &operation, const Plan &plan)
{
    if (m_stopping)
        return tl::unexpected(stoppedError());
    const auto host = hostFor(operation, plan);
    if (!host)
        return tl::unexpected(host.error());
    if (const auto taken = m_setting.store->takeLeases(operation.id, plan.leases); !taken)
        return taken;
    const OperationRunner::Setting setting{m_setting.cache,    m_setting.store, *host,
                                           m_setting.accounts, m_setting.home,  m_setting.undoWindowMs,
                                           m_setting.journaled};
    auto *runner = new OperationRunner(setting, operation, plan, this);
    m_runners[operation.id] = runner;
    connect(runner, &OperationRunner::wrote, this, &Operations::wrote);
    connect(runner, &OperationRunner::ended, this, &Operations::ended);
    // Not from within its own coroutine.
    connect(runner, &OperationRunner::left, this, &Operations::forget, Qt::QueuedConnection);
    QMetaObject::invokeMethod(runner, &OperationRunner::start, Qt::QueuedConnection);
    return {};
}

void Operations::forget(const QString &id)
{
    const auto found = m_runners.find(id);
    if (found == m_runners.end() || !found->second->hasLeft())
        return; // forgotten already; perhaps it runs again
    delete found->second;
    m_runners.erase(found);
    if (m_stopping)
        std::ignore = m_setting.store->dropLeases(id); // whoever starts next may carry it on
    if (m_runners.empty())
        Q_EMIT idle();
}

Result<Operations::Known> Operations::interrupted(const Operation &operation) const
{
    const auto intent = intentFromJson(operation.intent);
    Plan plan = intent ? planFor(*intent, reader()) : Plan();
    if (intent && plan.steps.size() == operation.steps.size())
        return Known{operation, std::move(plan)};
    return fail(Error::Kind::Unsupported,
                OperationWords::tr("“%1” was written by another Slipway.").arg(operation.title),
                OperationWords::tr("Give it up, or carry it on with the Slipway that began it."));
}

Result<Operations::Known> Operations::known(const QString &id) const
{
    const auto operation = m_setting.store->operation(id);
    if (!operation) {
        return fail(Error::Kind::NotFound, OperationWords::tr("There is no operation “%1”.").arg(id),
                    OperationWords::tr("`slipwayctl operations` lists the ones there are."));
    }
    if (operation->isActive() && m_setting.store->isHeld(id))
        return fail(Error::Kind::Conflict, OperationWords::tr("“%1” is running.").arg(operation->title),
                    OperationWords::tr("Wait until it has ended."));
    return interrupted(*operation);
}

Result<void> Operations::retry(const QString &id)
{
    forget(id);
    auto found = known(id);
    if (!found)
        return tl::unexpected(found.error());
    Operation &operation = found->operation;
    if (operation.isActive())
        return launch(operation, found->plan); // interrupted: as if nothing had happened
    if (operation.state != OperationState::Failed)
        return fail(Error::Kind::Invalid, OperationWords::tr("“%1” did not fail.").arg(operation.title),
                    OperationWords::tr("Start it anew."));
    reopen(operation, found->plan);
    return begin(operation, found->plan);
}

Result<void> Operations::begin(const Operation &operation, const Plan &plan)
{
    if (const auto free = refuseInterrupted(plan.leases); !free)
        return free;
    if (const auto host = hostFor(operation, plan); !host)
        return tl::unexpected(host.error());
    if (const auto taken = m_setting.store->takeLeases(operation.id, plan.leases); !taken)
        return taken;
    if (const auto journaled = journalFirst(operation); !journaled)
        return journaled;
    return launch(operation, plan);
}

Result<void> Operations::undo(const QString &id)
{
    forget(id);
    if (const auto running = m_runners.find(id); running != m_runners.end()) {
        if (running->second->cancel())
            return {};
        return fail(Error::Kind::Conflict,
                    OperationWords::tr("“%1” has begun.").arg(running->second->operation().title),
                    OperationWords::tr("Wait until it has ended."));
    }
    const auto found = known(id);
    if (!found)
        return tl::unexpected(found.error());
    if (found->operation.isActive() || !found->operation.undoable) {
        return fail(Error::Kind::Invalid,
                    OperationWords::tr("“%1” left nothing that can be taken back.").arg(found->operation.title),
                    found->operation.isActive() ? OperationWords::tr("Carry it on or give it up first.") : QString());
    }
    Operation operation = found->operation;
    operation.intent.insert(u"undoing"_s, true);
    operation.state = OperationState::Requested;
    operation.error.reset();
    operation.endedAt = {};
    operation.undoable = false;
    return begin(operation, found->plan);
}

Result<void> Operations::dismiss(const QString &id)
{
    const auto operation = m_setting.store->operation(id);
    if (operation && operation->isActive()) {
        const auto found = known(id);
        if (!found && found.error().kind() != Error::Kind::Unsupported)
            return tl::unexpected(found.error());
        Operation given = *operation;
        given.state = OperationState::Failed;
        given.endedAt = QDateTime::currentDateTimeUtc();
        if (found)
            given.error = OperationWords::givenUp(*operation, found->plan);
        else
            given.error = found.error();
        const auto saved = m_setting.store->saveOperation(given);
        if (!saved)
            return tl::unexpected(saved.error());
        Q_EMIT wrote(*saved);
        std::ignore = m_setting.store->dropLeases(id);
        if (const auto recorded = m_setting.store->record(OperationWords::activity(given)); recorded)
            Q_EMIT wrote(*recorded);
        return {};
    }
    const auto dismissed = m_setting.store->dismissOperation(id);
    if (!dismissed)
        return tl::unexpected(dismissed.error());
    Q_EMIT wrote(*dismissed);
    return {};
}

void Operations::recover()
{
    const QList<Operation> active = m_setting.store->activeOperations();
    for (const Operation &operation : active) {
        if (m_runners.count(operation.id) || m_setting.store->isHeld(operation.id))
            continue;
        const auto found = interrupted(operation);
        // What cannot be carried on stays in the journal, where the user can give it up.
        if (found)
            std::ignore = launch(found->operation, found->plan);
    }
}

void Operations::stop()
{
    m_stopping = true;
    const auto runners = m_runners; // a runner may leave meanwhile
    for (const auto &[id, runner] : runners)
        runner->stop();
}

} // namespace Slipway
