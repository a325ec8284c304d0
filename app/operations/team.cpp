// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/team.h"

#include "app/decisions/decisions.h"
#include "app/operations/observation.h"

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

using Verdicts = QHash<QString, Verdict>;

/// What was refused for good is not told again and again: a commit that nobody pushed, a token that may not write.
bool isRefused(const Error &error)
{
    using Kind = Error::Kind;
    return error.kind() == Kind::Invalid || error.kind() == Kind::Unsupported || error.kind() == Kind::Blocked;
}

/// Whoever gave a verdict that the others will not hear of is told so.
void tellPerson(const StepContext &c, const TeamNote &note, const Error &error)
{
    const auto *verdict = std::get_if<VerdictNote>(&note.what);
    if (!verdict || error.kind() == Error::Kind::Unsupported)
        return;
    const QString text =
        QObject::tr("The others do not hear of your verdict on %1: %2").arg(verdict->environment, error.text());
    const auto sent = c.store->sendMessage(Message{0, verdict->verdict.by, QDateTime::currentDateTimeUtc(), text});
    if (sent)
        c.wrote(*sent);
}

using Publish = std::function<Task<void>(TeamProvider &)>;

Publish publishing(const QString &project, const TeamNote &note)
{
    if (const auto *verdict = std::get_if<VerdictNote>(&note.what))
        return [project, said = *verdict](TeamProvider &team) { return team.publishVerdict(project, said); };
    return [project, said = std::get<DeploymentNote>(note.what)](TeamProvider &team) {
        return team.publishDeployment(project, said);
    };
}

void tellOf(const StepContext &c, const Error *error)
{
    if (AccountHost *host = sourceHost(c); host != c.host)
        tellAccount(c, host->account(), error, {});
}

/// Whether the team's word takes the place of the one that is known here. Its times are whole seconds: within one,
/// with all of ours told, somebody else's word came last.
bool isNewer(const Verdict &told, const std::optional<Verdict> &known)
{
    if (!known)
        return true;
    const bool sameNote = told.note == known->note
        || (told.note.endsWith(u'…') && known->note.startsWith(told.note.chopped(1))); // it keeps no long ones
    const bool same = told.state == known->state && told.by == known->by && sameNote;
    const qint64 later = told.at.toSecsSinceEpoch() - known->at.toSecsSinceEpoch();
    return !same && (later > 0 || (later == 0 && told.by != known->by));
}

/// The newer word counts, whoever said it where.
void takeVerdicts(const StepContext &c, const Snapshot &snapshot, const Verdicts &verdicts)
{
    if (!c.store->teamNotes(c.pipeline.name).isEmpty())
        return; // ours first
    for (const Environment &environment : snapshot.environments) {
        if (environment.stage != Stage::Development || !environment.release)
            continue;
        const auto told = verdicts.constFind(environment.release->version);
        if (told == verdicts.cend())
            continue;
        const auto known = c.store->verdict(environment.id());
        Verdict verdict = *told;
        verdict.version = environment.release->identity();
        if (!isNewer(verdict, known))
            continue;
        const auto saved = c.store->saveVerdict(environment.id(), verdict);
        if (saved && !saved->isEmpty())
            c.wrote(*saved);
    }
}

void takeHold(const StepContext &c, const std::optional<Hold> &shared)
{
    const auto known = c.store->hold(c.pipeline.name);
    if (known == shared)
        return;
    const auto saved = shared ? c.store->saveHold(c.pipeline.name, *shared) : c.store->removeHold(c.pipeline.name);
    if (saved && !saved->isEmpty())
        c.wrote(*saved);
}

Task<void> hearHold(StepContext c)
{
    const std::function<Task<std::optional<Hold>>(TeamProvider &)> ask =
        [id = sourceOf(c.pipeline).id, name = c.pipeline.name](TeamProvider &team) { return team.hold(id, name); };
    const auto hold = co_await onTeam<std::optional<Hold>>(c, ask);
    if (!hold)
        co_return Result<void>(tl::unexpect, hold.error());
    takeHold(c, *hold);
    co_return Result<void>();
}

using HoldChange = std::function<Task<void>(TeamProvider &, const QString &project, const QString &pipeline)>;

/// Where somebody was faster the board then shows who.
Task<void> changeHold(StepContext c, HoldChange change)
{
    const std::function<Task<void>(TeamProvider &)> work = [id = sourceOf(c.pipeline).id, name = c.pipeline.name,
                                                            change](TeamProvider &team) {
        return change(team, id, name);
    };
    Result<void> done = co_await onTeam<void>(c, work);
    if (!done && done.error().kind() == Error::Kind::Conflict) {
        const auto heard = co_await hearHold(c);
        std::ignore = heard;
    }
    co_return done;
}

} // namespace

Task<void> tellTeam(StepContext c)
{
    if (!c.pipeline.isShared())
        co_return Result<void>();
    const QList<TeamNote> notes = c.store->teamNotes(c.pipeline.name);
    for (const TeamNote &note : notes) {
        const Publish work = publishing(sourceOf(c.pipeline).id, note);
        const auto told = co_await onTeam<void>(c, work);
        if (!told && !isRefused(told.error())) {
            tellOf(c, &told.error());
            co_return told;
        }
        if (!told)
            tellPerson(c, note, told.error());
        const auto removed = c.store->removeTeamNote(note.id);
        if (!removed)
            co_return removed;
    }
    co_return Result<void>();
}

Task<void> hearTeam(StepContext c, Snapshot snapshot)
{
    if (!c.pipeline.isShared())
        co_return Result<void>();
    QStringList versions;
    for (const Environment &environment : snapshot.environments) {
        if (environment.stage == Stage::Development && !environment.commit().isEmpty())
            versions.append(environment.commit());
    }
    versions.removeDuplicates();
    if (!versions.isEmpty()) {
        const std::function<Task<Verdicts>(TeamProvider &)> ask =
            [id = sourceOf(c.pipeline).id, versions](TeamProvider &team) { return team.verdicts(id, versions); };
        const auto verdicts = co_await onTeam<Verdicts>(c, ask);
        if (!verdicts) {
            tellOf(c, &verdicts.error());
            co_return Result<void>(tl::unexpect, verdicts.error());
        }
        takeVerdicts(c, snapshot, *verdicts);
    }
    Result<void> heard = co_await hearHold(c);
    co_return heard;
}

Task<void> takeSharedHold(StepContext c, Hold hold, std::optional<Hold> instead)
{
    const HoldChange work = [hold, instead](TeamProvider &team, const QString &project, const QString &pipeline) {
        return team.takeHold(project, pipeline, hold, instead);
    };
    Result<void> taken = co_await changeHold(c, work);
    co_return taken;
}

Task<void> decideTogether(StepContext c, Decision decision, QString by)
{
    const auto *taking = std::get_if<HoldIntent>(&decision);
    const bool giving = std::holds_alternative<ReleaseHoldIntent>(decision);
    const BoardReader reader(*c.cache, *c.store);
    if (taking || giving) {
        const auto heard = co_await hearHold(c);
        if (!heard)
            co_return heard;
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const auto wanted = rehearse(reader, *c.store, decision, by, now);
        if (!wanted)
            co_return Result<void>(tl::unexpect, wanted.error());
        const auto before = reader.hold(c.pipeline.name, now);
        if (taking) {
            const Hold hold = wanted->value_or(Hold());
            const auto taken = co_await takeSharedHold(c, hold, before);
            if (!taken)
                co_return taken;
        } else if (before) {
            const HoldChange release = [hold = *before](TeamProvider &team, const QString &project,
                                                        const QString &name) {
                return team.releaseHold(project, name, hold);
            };
            const auto given = co_await changeHold(c, release);
            if (!given)
                co_return given;
        }
    }
    const auto done = decide(reader, *c.store, decision, by, QDateTime::currentDateTimeUtc());
    if (!done)
        co_return Result<void>(tl::unexpect, done.error());
    c.wrote(*done);
    const auto told = co_await tellTeam(c);
    std::ignore = told; // it is kept, and told at the next look
    co_return Result<void>();
}

QList<TeamNote> notesOf(const Operation &operation, const BoardReader &reader)
{
    const auto pipeline = reader.store().pipeline(operation.pipeline);
    if (!pipeline || !pipeline->isShared() || operation.state != OperationState::Live)
        return {};
    QList<TeamNote> notes;
    const QStringList names = operation.targets.isEmpty() ? QStringList{operation.environment} : operation.targets;
    for (const QString &name : names) {
        const auto environment = reader.cache().environment(operation.pipeline + u'/' + name);
        if (!environment || environment->commit().isEmpty())
            continue; // shut down, or runs what no commit holds
        const DeploymentNote note{
            operation.id + u'.' + name, environment->id(),    environment->stage, environment->commit(),
            DeploymentState::Live,      environment->address, operation.title};
        notes.append(TeamNote{0, operation.pipeline, note});
    }
    return notes;
}

} // namespace Slipway
