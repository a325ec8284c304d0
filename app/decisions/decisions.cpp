// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decisions/decisions.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

struct DecisionsTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Decisions)
};

QString shortTime(const QDateTime &at)
{
    return QLocale().toString(at.toLocalTime(), u"yyyy-MM-dd HH:mm"_s);
}

class Decider
{
public:
    Decider(const BoardReader &reader, SlipwayStore &store, const QString &by, const QDateTime &now)
        : m_reader(reader)
        , m_store(store)
        , m_by(by)
        , m_now(now)
    { }

    Result<ChangeSet> operator()(const VerdictIntent &i) const
    {
        const auto card = running(i.pipeline, i.environment);
        if (!card)
            return tl::unexpected(card.error());
        const Verdict verdict{i.state, m_by, i.note, card->version(), m_now};
        const QString title = card->environment.release->change.title;
        ActivityEntry entry = line(i.pipeline, i.environment, toString(i.state));
        entry.text = i.state == VerdictState::Accepted ? DecisionsTr::tr("Accepted %1 on %2").arg(title, i.environment)
            : i.state == VerdictState::ChangesRequested
            ? DecisionsTr::tr("Requested changes to %1 on %2").arg(title, i.environment)
            : DecisionsTr::tr("Took the verdict on %1 back").arg(title);
        entry.version = card->environment.release->version;
        entry.reason = i.note;
        const auto done = recorded(m_store.saveVerdict(card->id(), verdict), entry);
        const auto pipeline = m_store.pipeline(i.pipeline);
        const Environment &environment = card->environment;
        if (!done || !pipeline || !pipeline->isShared() || environment.commit().isEmpty())
            return done;
        const VerdictNote note{environment.commit(), environment.release->change.number, environment.id(),
                               environment.address, verdict};
        if (const auto kept = m_store.addTeamNote(TeamNote{0, i.pipeline, note}); !kept)
            return kept;
        return done;
    }

    Result<ChangeSet> operator()(const HoldIntent &i) const
    {
        if (const auto known = pipeline(i.pipeline); !known)
            return tl::unexpected(known.error());
        if (i.until.isValid() && i.until <= m_now) {
            return fail(Error::Kind::Invalid,
                        DecisionsTr::tr("A hold until %1 would be over already.").arg(shortTime(i.until)),
                        DecisionsTr::tr("Name a time to come, or none: then it lasts until it is released."));
        }
        const auto before = m_reader.hold(i.pipeline, m_now);
        const bool foreign = before && before->by != m_by;
        if (const auto may = mayTake(before, foreign, i); !may)
            return tl::unexpected(may.error());
        Hold hold{m_by, i.reason.trimmed(), foreign || !before ? m_now : before->since, i.until, false};
        hold.afterRollBack = before && before->afterRollBack; // stays what it is, in other hands
        if (before && hold.reason.isEmpty()) // renewed: what it is for has not changed
            hold.reason = before->reason;
        ActivityEntry entry = line(i.pipeline, {}, foreign ? u"takeover"_s : u"hold"_s);
        entry.text =
            foreign ? DecisionsTr::tr("Took staging over from %1").arg(before->by) : DecisionsTr::tr("Took staging");
        if (i.until.isValid())
            entry.text = DecisionsTr::tr("%1 until %2").arg(entry.text, shortTime(i.until));
        entry.reason = i.reason;
        const auto done = recorded(m_store.saveHold(i.pipeline, hold), entry);
        if (!foreign)
            return done;
        return tell(done, before->by,
                    DecisionsTr::tr("%1 took staging of %2 over from you: %3").arg(m_by, i.pipeline, hold.reason));
    }

    Result<ChangeSet> operator()(const ReleaseHoldIntent &i) const
    {
        if (const auto known = pipeline(i.pipeline); !known)
            return tl::unexpected(known.error());
        const auto before = m_reader.hold(i.pipeline, m_now);
        if (!before)
            return fail(Error::Kind::NotFound, DecisionsTr::tr("Nobody holds staging of “%1”.").arg(i.pipeline));
        const bool foreign = before->by != m_by;
        if (foreign && i.reason.trimmed().isEmpty()) {
            return fail(Error::Kind::Blocked, DecisionsTr::tr("%1 holds staging of “%2”.").arg(before->by, i.pipeline),
                        DecisionsTr::tr("Say why you release it: the holder is told."));
        }
        ActivityEntry entry = line(i.pipeline, {}, u"release-hold"_s);
        entry.text = before->afterRollBack
            ? DecisionsTr::tr("Said that the roll back is resolved: %1").arg(before->reason)
            : foreign ? DecisionsTr::tr("Released the hold of %1").arg(before->by)
                      : DecisionsTr::tr("Gave staging back");
        entry.reason = i.reason;
        const auto done = recorded(m_store.removeHold(i.pipeline), entry);
        if (!foreign)
            return done;
        return tell(done, before->by,
                    DecisionsTr::tr("%1 released your hold on staging of %2: %3").arg(m_by, i.pipeline, i.reason));
    }

    Result<ChangeSet> operator()(const QueueIntent &i) const
    {
        const auto card = running(i.pipeline, i.environment);
        if (!card)
            return tl::unexpected(card.error());
        if (card->environment.stage != Stage::Development) {
            return fail(Error::Kind::Invalid, DecisionsTr::tr("“%1” is not a dev environment.").arg(card->id()),
                        DecisionsTr::tr("What waits for staging is in a dev environment."));
        }
        if (i.place < 0) {
            return fail(Error::Kind::Invalid, DecisionsTr::tr("There is no place %1 in the queue.").arg(i.place),
                        DecisionsTr::tr("Places count from 1."));
        }
        const int waiting = int(m_store.queue(i.pipeline).size());
        const int place = std::min(i.place, waiting);
        if (card->queuePlace > 0 && (place == 0 || place == card->queuePlace) && i.reason.trimmed().isEmpty())
            return ChangeSet(); // waits there already
        const bool asksVerdict = m_reader.policy(i.pipeline).level(u"verdict"_s) == PolicyLevel::Block;
        if (card->queuePlace == 0 && asksVerdict && card->verdict.state != VerdictState::Accepted) {
            return fail(Error::Kind::Blocked, DecisionsTr::tr("“%1” is not accepted yet.").arg(card->id()),
                        DecisionsTr::tr("Look at it and accept it; then it may wait for staging."));
        }
        ActivityEntry entry = line(i.pipeline, i.environment, u"queue"_s);
        const QString title = card->environment.release->change.title;
        entry.text = card->queuePlace == 0 ? DecisionsTr::tr("Let %1 wait for staging").arg(title)
            : place == 0 || place == card->queuePlace
            ? DecisionsTr::tr("Gave a reason for %1, which waits for staging").arg(title)
            : DecisionsTr::tr("Moved %1 in the queue to place %2").arg(title).arg(place);
        entry.version = card->environment.release->version;
        entry.reason = i.reason;
        return recorded(m_store.enqueue(i.pipeline, QueueEntry{i.environment, m_by, m_now, i.reason}, i.place), entry);
    }

    Result<ChangeSet> operator()(const LeaveQueueIntent &i) const
    {
        const QList<QueueEntry> queue = m_store.queue(i.pipeline);
        const auto waits = [&i](const QueueEntry &entry) { return entry.environment == i.environment; };
        if (std::none_of(queue.cbegin(), queue.cend(), waits)) {
            return fail(Error::Kind::NotFound,
                        DecisionsTr::tr("“%1/%2” does not wait for staging.").arg(i.pipeline, i.environment));
        }
        ActivityEntry entry = line(i.pipeline, i.environment, u"leave-queue"_s);
        entry.text = DecisionsTr::tr("Took %1 out of the queue").arg(i.environment);
        return recorded(m_store.dequeue(i.pipeline, i.environment), entry);
    }

    Result<ChangeSet> operator()(const KeepIntent &i) const
    {
        const QString id = i.pipeline + u'/' + i.environment;
        const auto before = m_store.lifetime(id);
        const int hours = m_reader.policy(i.pipeline).rules().liveHours;
        if (!before || hours == 0) {
            return fail(
                Error::Kind::Invalid, DecisionsTr::tr("The time of “%1” does not end.").arg(id),
                DecisionsTr::tr("Only where the rule rules.live-hours is set do dev environments end by themselves."));
        }
        const Lifetime kept{m_now.addSecs(qint64(hours) * 3600), {}, m_by};
        ActivityEntry entry = line(i.pipeline, i.environment, u"keep"_s);
        entry.text = DecisionsTr::tr("Kept %1 until %2").arg(i.environment, shortTime(kept.ends));
        return recorded(m_store.saveLifetime(id, kept), entry);
    }

    Result<ChangeSet> operator()(const PolicyIntent &i) const
    {
        if (const auto known = pipeline(i.pipeline); !known)
            return tl::unexpected(known.error());
        for (const QString &key : i.set.keys() + i.unset) {
            if (!Policy::key(key)) {
                const auto problem = Policy::parse(key, {}); // says which ones there are
                return tl::unexpected(problem.error());
            }
        }
        if (i.set.isEmpty() && i.unset.isEmpty())
            return ChangeSet();
        const Policy before = m_reader.policy(i.pipeline);
        QStringList words;
        for (auto one = i.set.cbegin(); one != i.set.cend(); ++one) {
            words.append(DecisionsTr::tr("%1 from %2 to %3")
                             .arg(one.key(), Policy::shown(one.key(), before.value(one.key())),
                                  Policy::shown(one.key(), one.value())));
        }
        for (const QString &key : i.unset)
            words.append(DecisionsTr::tr("%1 back to the team's setting").arg(key));
        ActivityEntry entry = line(i.pipeline, {}, u"policy"_s);
        entry.text = DecisionsTr::tr("Set %1").arg(words.join(u", "_s));
        return recorded(m_store.savePolicy(i.pipeline, i.set, i.unset), entry);
    }

    Result<ChangeSet> operator()(const ProjectsIntent &i) const
    {
        auto known = m_store.pipeline(i.pipeline);
        if (const auto there = pipeline(i.pipeline); !there)
            return tl::unexpected(there.error());
        QStringList words;
        if (i.source) {
            known->source = *i.source;
            words.append(
                DecisionsTr::tr("changes come from %1").arg(projectName(*i.source, DecisionsTr::tr("its repository"))));
        }
        if (i.ci) {
            known->ci = *i.ci;
            words.append(DecisionsTr::tr("commits are checked by %1")
                             .arg(projectName(*i.ci, DecisionsTr::tr("nobody of its own"))));
        }
        ActivityEntry entry = line(i.pipeline, {}, u"pipeline"_s);
        entry.text = DecisionsTr::tr("Set that %1").arg(words.join(u", "_s));
        return recorded(m_store.savePipeline(*known), entry);
    }

private:
    static QString projectName(const RemoteProject &project, const QString &none)
    {
        return project.account.isEmpty() ? none : u"%1:%2"_s.arg(project.account, project.id);
    }

    Result<void> pipeline(const QString &name) const
    {
        if (m_store.pipeline(name))
            return {};
        return fail(Error::Kind::NotFound, DecisionsTr::tr("There is no pipeline “%1”.").arg(name),
                    DecisionsTr::tr("`slipwayctl pipeline list` shows the ones there are."));
    }

    /// The card of an environment that has a release to decide about.
    Result<Card> running(const QString &pipeline, const QString &environment) const
    {
        const QString id = pipeline + u'/' + environment;
        auto card = m_reader.card(id);
        if (!card) {
            return fail(Error::Kind::NotFound, DecisionsTr::tr("There is no environment “%1”.").arg(id),
                        DecisionsTr::tr("Refresh the board: it may have been shut down meanwhile."));
        }
        if (card->version().isEmpty()) {
            return fail(Error::Kind::Conflict,
                        DecisionsTr::tr("“%1” has no release yet: there is nothing to look at.").arg(id),
                        DecisionsTr::tr("Deploy something to it first."));
        }
        return *card;
    }

    Result<void> mayTake(const std::optional<Hold> &before, bool foreign, const HoldIntent &i) const
    {
        if (!foreign)
            return {};
        if (!i.takeOver) {
            return fail(Error::Kind::Conflict,
                        DecisionsTr::tr("%1 holds staging of “%2” since %3: %4")
                            .arg(before->by, i.pipeline, shortTime(before->since), before->reason),
                        DecisionsTr::tr("Ask for it, or take it over with a reason: the holder is told."));
        }
        if (i.reason.trimmed().isEmpty()) {
            return fail(Error::Kind::Invalid,
                        DecisionsTr::tr("Taking staging over from %1 needs a reason.").arg(before->by),
                        DecisionsTr::tr("Say why: the holder is told."));
        }
        return {};
    }

    ActivityEntry line(const QString &pipeline, const QString &environment, const QString &kind) const
    {
        ActivityEntry entry;
        entry.at = m_now;
        entry.by = m_by;
        entry.pipeline = pipeline;
        entry.environment = environment;
        entry.kind = kind;
        return entry;
    }

    Result<ChangeSet> recorded(Result<ChangeSet> saved, const ActivityEntry &entry) const
    {
        if (!saved)
            return saved;
        const auto written = m_store.record(entry);
        if (!written)
            return tl::unexpected(written.error());
        saved->unite(*written);
        return saved;
    }

    /// `done` and a message about it.
    Result<ChangeSet> tell(Result<ChangeSet> done, const QString &person, const QString &text) const
    {
        if (!done)
            return done;
        const auto sent = m_store.sendMessage(Message{0, person, m_now, text});
        if (!sent)
            return sent;
        done->unite(*sent);
        return done;
    }

    const BoardReader &m_reader;
    SlipwayStore &m_store;
    const QString &m_by;
    const QDateTime m_now;
};

} // namespace

Result<ChangeSet> decide(const BoardReader &reader, SlipwayStore &store, const Decision &decision, const QString &by,
                         const QDateTime &now)
{
    Result<ChangeSet> decided;
    const auto kept = store.database().transaction([&]() -> Result<void> {
        decided = std::visit(Decider(reader, store, by, now), decision);
        return decided ? Result<void>() : tl::unexpected(decided.error());
    });
    return kept ? decided : tl::unexpected(kept.error());
}

Result<std::optional<Hold>> rehearse(const BoardReader &reader, SlipwayStore &store, const Decision &decision,
                                     const QString &by, const QDateTime &now)
{
    Result<std::optional<Hold>> outcome = std::optional<Hold>();
    const auto undone = store.database().transaction([&]() -> Result<void> {
        const auto decided = std::visit(Decider(reader, store, by, now), decision);
        if (!decided)
            outcome = tl::unexpected(decided.error());
        else if (const auto *hold = std::get_if<HoldIntent>(&decision))
            outcome = store.hold(hold->pipeline);
        return fail(Error::Kind::Cancelled, {}); // takes everything back
    });
    std::ignore = undone;
    return outcome;
}

} // namespace Slipway
