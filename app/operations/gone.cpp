// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/gone.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

struct GoneTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Gone)
};

void recordGone(const StepContext &c, const QString &name)
{
    ActivityEntry entry;
    entry.at = QDateTime::currentDateTimeUtc();
    entry.by = GoneTr::tr("somebody else");
    entry.pipeline = c.pipeline.name;
    entry.environment = name;
    entry.kind = u"gone"_s;
    entry.text = GoneTr::tr("%1 was shut down outside Slipway").arg(name);
    if (const auto recorded = c.store->record(entry))
        c.wrote(*recorded);
}

/// Decided after the look began: about a newer environment than the ones the look saw.
bool isNewer(const StepContext &c, const QString &name, const QDateTime &since)
{
    const auto verdict = c.store->verdict(c.pipeline.name + u'/' + name);
    if (verdict && verdict->at >= since)
        return true;
    const QList<QueueEntry> queue = c.store->queue(c.pipeline.name);
    return std::any_of(queue.cbegin(), queue.cend(),
                       [&](const QueueEntry &entry) { return entry.environment == name && entry.since >= since; });
}

} // namespace

void forgetEnvironment(const StepContext &c, const QString &name)
{
    const QString id = c.pipeline.name + u'/' + name;
    for (const auto &gone :
         {c.store->removeVerdicts(id), c.store->dequeue(c.pipeline.name, name), c.store->removeLifetime(id)}) {
        if (gone && !gone->isEmpty())
            c.wrote(*gone);
    }
}

void forgetGone(const StepContext &c, const Snapshot &snapshot, const ChangeSet &written, const QDateTime &since)
{
    QSet<QString> gone = c.store->rememberedEnvironments(c.pipeline.name);
    for (const QString &id : written.environments)
        gone.insert(EnvironmentRef::parse(id).name);
    for (const Environment &environment : snapshot.environments)
        gone.remove(environment.name);
    for (const QString &name : std::as_const(gone)) {
        const QString id = c.pipeline.name + u'/' + name;
        if (c.store->isLeased(id) || isNewer(c, name, since))
            continue;
        forgetEnvironment(c, name);
        if (written.environments.contains(id))
            recordGone(c, name);
    }
}

} // namespace Slipway
