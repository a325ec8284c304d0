// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/moverules.h"

#include "models/board/changewords.h"

#include <QCoreApplication>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

struct MoveRulesTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::MoveRules)
};

constexpr int kShortVersion = 7;

DropAnswer no(const QString &why)
{
    return {false, why, {}, {}};
}

/// What the change on the card is called in "Deploy … to staging".
QString changeName(const Release &release)
{
    if (!release.change.title.isEmpty())
        return release.change.title;
    const QString ref = release.change.number || !release.change.branch.isEmpty() ? release.change.ref() : QString();
    return ref.isEmpty() ? release.version.left(kShortVersion) : ref;
}

QString readOnlyProblem(const BoardReader &reader, const QString &pipeline)
{
    const auto known = reader.store().pipeline(pipeline);
    return known && known->readOnly ? MoveRulesTr::tr("%1 is open read-only").arg(pipeline) : QString();
}

QString missing(Stage stage)
{
    return stage == Stage::Staging ? MoveRulesTr::tr("There is no staging environment")
                                   : MoveRulesTr::tr("There is no production environment");
}

QString busyProblem(const Card &card)
{
    if (card.operation && card.operation->isActive())
        return MoveRulesTr::tr("%1 is busy: %2").arg(card.environment.name, card.operation->title);
    if (card.environment.state == EnvironmentState::Deploying)
        return MoveRulesTr::tr("%1 is busy: a deploy runs").arg(card.environment.name);
    return {};
}

QString releaseProblem(const Card &card)
{
    return card.environment.release ? QString() : MoveRulesTr::tr("%1 has no release yet").arg(card.environment.name);
}

/// Why the card itself cannot be promoted now; empty when it can.
QString promotionProblem(const Card &card)
{
    const Environment &environment = card.environment;
    if (const QString busy = busyProblem(card); !busy.isEmpty())
        return busy;
    if (const QString none = releaseProblem(card); !none.isEmpty())
        return none;
    if (environment.state == EnvironmentState::Crashed || environment.state == EnvironmentState::Stopped) {
        const QString why =
            environment.stateText.isEmpty() ? MoveRulesTr::tr("look at its log") : environment.stateText;
        return MoveRulesTr::tr("%1 does not run: %2").arg(environment.name, why);
    }
    return {};
}

bool sameRelease(const Card &a, const Card &b)
{
    return !a.version().isEmpty() && a.version() == b.version();
}

QList<Card> cardsAt(const BoardReader &reader, const QString &pipeline, Stage stage)
{
    QList<Card> cards;
    const QStringList names = reader.cache().environmentNames(pipeline, stage);
    for (const QString &name : names) {
        if (auto card = reader.card(pipeline + u'/' + name))
            cards.append(std::move(*card));
    }
    return cards;
}

QString promotionText(const Card &card, const QStringList &targets, Stage stage, bool all)
{
    const QString change = changeName(*card.environment.release);
    if (stage == Stage::Staging)
        return MoveRulesTr::tr("Deploy %1 to staging").arg(change);
    if (targets.size() > 1)
        return MoveRulesTr::tr("Promote %1 to %2 production environments").arg(change).arg(targets.size());
    return MoveRulesTr::tr("Promote %1 to %2").arg(change, all ? MoveRulesTr::tr("production") : targets.constFirst());
}

/// One stage on; to production: to all of its environments that do not run it yet, in one move.
DropAnswer promotion(const BoardReader &reader, const Card &card, Stage target)
{
    if (const QString problem = promotionProblem(card); !problem.isEmpty())
        return no(problem);
    const QList<Card> all = cardsAt(reader, card.environment.pipeline, target);
    const QList<Card> goals = target == Stage::Staging ? all.mid(0, 1) : all;
    if (goals.isEmpty())
        return no(missing(target));
    QStringList targets;
    for (const Card &goal : goals) {
        if (goal.operation && goal.operation->isActive())
            return no(busyProblem(goal));
        if (!sameRelease(card, goal) || goal.environment.state != EnvironmentState::Running)
            targets.append(goal.environment.name);
    }
    if (targets.isEmpty()) {
        return no(goals.size() == 1
                      ? MoveRulesTr::tr("%1 runs this already").arg(goals.constFirst().environment.name)
                      : MoveRulesTr::tr("All %1 production environments run this already").arg(goals.size()));
    }
    PromoteIntent intent;
    intent.pipeline = card.environment.pipeline;
    intent.from = card.environment.name;
    intent.to = targets.constFirst();
    intent.alsoTo = targets.mid(1);
    intent.shutDownAfter = card.environment.stage == Stage::Development;
    return {true, promotionText(card, targets, target, goals.size() == 1), intent.to, intent};
}

QString sendBackText(const BoardReader &reader, const Environment &staging)
{
    const QStringList changes = reader.gauge(staging.pipeline).changes;
    if (changes.size() > 1)
        return MoveRulesTr::tr("Send %1 changes back to a dev environment").arg(changes.size());
    const QString change = changes.isEmpty() ? changeName(*staging.release) : changes.constFirst();
    const QString &author = staging.release->change.author;
    return author.isEmpty() ? MoveRulesTr::tr("Send %1 back to a dev environment").arg(change)
                            : MoveRulesTr::tr("Send %1 back to %2").arg(change, author);
}

/// Staging's work goes to a dev environment for its author, and staging is production's again. A crashed staging is
/// the best reason for it.
DropAnswer sendBack(const BoardReader &reader, const Card &card)
{
    if (const QString busy = busyProblem(card); !busy.isEmpty())
        return no(busy);
    if (const QString none = releaseProblem(card); !none.isEmpty())
        return no(none);
    const QList<Card> productions = cardsAt(reader, card.environment.pipeline, Stage::Production);
    if (productions.isEmpty())
        return no(missing(Stage::Production));
    const Card &production = productions.constFirst();
    if (const QString busy = busyProblem(production); !busy.isEmpty())
        return no(busy);
    if (const QString none = releaseProblem(production); !none.isEmpty())
        return no(none);
    if (sameRelease(card, production))
        return no(MoveRulesTr::tr("Nothing to send back: staging runs what production runs"));
    SendBackIntent intent;
    intent.pipeline = card.environment.pipeline;
    intent.from = card.environment.name;
    intent.name = reader.nextFreeName(intent.pipeline);
    intent.production = production.environment.name;
    return {true, sendBackText(reader, card.environment), {}, intent};
}

DropAnswer reset(const BoardReader &reader, const Card &card)
{
    if (const QString busy = busyProblem(card); !busy.isEmpty())
        return no(busy);
    if (const QString none = releaseProblem(card); !none.isEmpty())
        return no(none);
    const QList<Card> stagings = cardsAt(reader, card.environment.pipeline, Stage::Staging);
    if (stagings.isEmpty())
        return no(missing(Stage::Staging));
    const Card &staging = stagings.constFirst();
    if (const QString busy = busyProblem(staging); !busy.isEmpty())
        return no(busy);
    if (sameRelease(card, staging))
        return no(MoveRulesTr::tr("Staging runs production's release already"));
    ResetIntent intent;
    intent.pipeline = card.environment.pipeline;
    intent.environment = staging.environment.name;
    intent.from = card.environment.name;
    return {true, MoveRulesTr::tr("Reset staging to what %1 runs").arg(card.environment.name), intent.environment,
            intent};
}

} // namespace

DropAnswer dropAnswer(const BoardReader &reader, const QString &environmentId, Stage target)
{
    const std::optional<Card> card = reader.card(environmentId);
    if (!card)
        return no(MoveRulesTr::tr("This environment is gone"));
    const Stage from = card->environment.stage;
    if (from == target)
        return no({});
    if (const QString problem = readOnlyProblem(reader, card->environment.pipeline); !problem.isEmpty())
        return no(problem);
    if (from == Stage::Development)
        return target == Stage::Staging ? promotion(reader, *card, target)
                                        : no(MoveRulesTr::tr("Goes to staging first"));
    if (from == Stage::Staging)
        return target == Stage::Production ? promotion(reader, *card, target) : sendBack(reader, *card);
    return target == Stage::Staging ? reset(reader, *card)
                                    : no(MoveRulesTr::tr("Dev environments are cloned from staging"));
}

DropAnswer dropAnswer(const BoardReader &reader, const QString &pipeline, const Change &change, Stage target)
{
    if (const QString problem = readOnlyProblem(reader, pipeline); !problem.isEmpty())
        return no(problem);
    if (target != Stage::Development)
        return no(MoveRulesTr::tr("Goes to a dev environment first"));
    if (const auto carrier = reader.environmentOf(pipeline, change))
        return no(MoveRulesTr::tr("%1 carries it already").arg(carrier->name));
    const auto staging = reader.environmentAt(pipeline, Stage::Staging);
    if (!staging)
        return no(MoveRulesTr::tr("There is no staging environment to clone"));
    CloneIntent intent;
    intent.pipeline = pipeline;
    intent.name = reader.nextFreeName(pipeline);
    intent.from = staging->name;
    intent.code.change = change.ref();
    const QString title = change.title.isEmpty() ? change.ref() : change.title;
    const QString caution = ChangeWords::caution(change);
    const QString what = caution.isEmpty() ? title : MoveRulesTr::tr("%1, %2").arg(title, caution);
    return {true, MoveRulesTr::tr("Clone staging for %1").arg(what), {}, intent};
}

DropAnswer shutDownAnswer(const BoardReader &reader, const QString &environmentId)
{
    const std::optional<Card> card = reader.card(environmentId);
    if (!card)
        return no(MoveRulesTr::tr("This environment is gone"));
    const Environment &environment = card->environment;
    if (const QString problem = readOnlyProblem(reader, environment.pipeline); !problem.isEmpty())
        return no(problem);
    if (card->operation && card->operation->isActive())
        return no(busyProblem(*card));
    if (environment.stage == Stage::Production
        && reader.cache().environmentNames(environment.pipeline, Stage::Production).size() < 2)
        return no(MoveRulesTr::tr("The only production environment stays"));
    return {true, MoveRulesTr::tr("Shut down %1").arg(environment.name), environment.name,
            LifecycleIntent{environment.pipeline, environment.name, LifecycleAction::ShutDown}};
}

QString updateProblem(const BoardReader &reader, const Card &card)
{
    const Environment &environment = card.environment;
    if (const QString problem = readOnlyProblem(reader, environment.pipeline); !problem.isEmpty())
        return problem;
    if (const QString busy = busyProblem(card); !busy.isEmpty())
        return busy;
    if (const QString none = releaseProblem(card); !none.isEmpty())
        return none;
    if (environment.release->uncommitted || environment.release->change.branch.isEmpty())
        return MoveRulesTr::tr("%1 runs no branch").arg(environment.name);
    if (!reader.environmentAt(environment.pipeline, Stage::Staging))
        return missing(Stage::Staging);
    if (environment.behind && *environment.behind == 0)
        return MoveRulesTr::tr("%1 contains all that staging runs").arg(environment.name);
    return {};
}

QString queueProblem(const BoardReader &reader, const Card &card)
{
    const Environment &environment = card.environment;
    if (const QString problem = readOnlyProblem(reader, environment.pipeline); !problem.isEmpty())
        return problem;
    if (const QString none = releaseProblem(card); !none.isEmpty())
        return none;
    const bool asksVerdict = reader.policy(environment.pipeline).level(u"verdict"_s) == PolicyLevel::Block;
    if (asksVerdict && card.verdict.state != VerdictState::Accepted)
        return MoveRulesTr::tr("%1 is not accepted yet").arg(environment.name);
    return {};
}

} // namespace Slipway
