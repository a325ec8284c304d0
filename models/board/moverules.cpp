// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/moverules.h"

#include <QCoreApplication>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::MoveRules)
};

constexpr int kShortVersion = 7;

DropAnswer no(const QString &why)
{
    return {false, why, {}};
}

/// What the change on the card is called in "Deploy … to staging".
QString changeName(const Release &release)
{
    if (!release.change.title.isEmpty())
        return release.change.title;
    const QString ref = release.change.number || !release.change.branch.isEmpty() ? release.change.ref() : QString();
    return ref.isEmpty() ? release.version.left(kShortVersion) : ref;
}

/// Moves that no release of Slipway can make yet, or that make no sense: said before anything else, for they are about
/// the columns and not about this card.
QString columnProblem(Stage from, Stage to)
{
    if (from == Stage::Development && to == Stage::Production)
        return Words::tr("Goes to staging first");
    if (from == Stage::Staging && to == Stage::Development)
        return Words::tr("Send back is not available yet: clone staging instead");
    if (from == Stage::Production && to == Stage::Staging)
        return Words::tr("Reset to production is not available yet: roll staging back instead");
    if (from == Stage::Production && to == Stage::Development)
        return Words::tr("Dev environments are cloned from staging");
    return {};
}

/// Why the card itself cannot be promoted now; empty when it can.
QString cardProblem(const Card &card)
{
    const Environment &environment = card.environment;
    if (card.operation && card.operation->isActive())
        return Words::tr("%1 is busy: %2").arg(environment.name, card.operation->title);
    if (!environment.release)
        return Words::tr("%1 has no release yet").arg(environment.name);
    switch (environment.state) {
    case EnvironmentState::Crashed:
    case EnvironmentState::Stopped: {
        const QString why = environment.stateText.isEmpty() ? Words::tr("look at its log") : environment.stateText;
        return Words::tr("%1 does not run: %2").arg(environment.name, why);
    }
    case EnvironmentState::Deploying:
        return Words::tr("%1 is busy: a deploy runs").arg(environment.name);
    case EnvironmentState::Running:
    case EnvironmentState::Suspended:
    case EnvironmentState::Unknown:
        break;
    }
    return {};
}

QString targetProblem(const Card &card, const std::optional<Card> &target, Stage stage)
{
    if (!target) {
        return stage == Stage::Staging ? Words::tr("There is no staging environment")
                                       : Words::tr("There is no production environment");
    }
    if (target->operation && target->operation->isActive())
        return Words::tr("%1 is busy: %2").arg(target->environment.name, target->operation->title);
    const bool same = !card.version().isEmpty() && card.version() == target->version();
    if (same && target->environment.state == EnvironmentState::Running)
        return Words::tr("%1 runs this already").arg(target->environment.name);
    return {};
}

} // namespace

DropAnswer dropAnswer(const BoardReader &reader, const QString &environmentId, Stage target)
{
    const std::optional<Card> card = reader.card(environmentId);
    if (!card)
        return no(Words::tr("This environment is gone"));
    const Stage from = card->environment.stage;
    if (from == target)
        return no({});
    const QString &pipeline = card->environment.pipeline;
    if (const auto known = reader.store().pipeline(pipeline); known && known->readOnly)
        return no(Words::tr("%1 is open read-only").arg(pipeline));
    if (const QString problem = columnProblem(from, target); !problem.isEmpty())
        return no(problem);
    if (const QString problem = cardProblem(*card); !problem.isEmpty())
        return no(problem);
    const QStringList names = reader.cache().environmentNames(pipeline, target);
    const auto goal = names.isEmpty() ? std::nullopt : reader.card(pipeline + u'/' + names.constFirst());
    if (const QString problem = targetProblem(*card, goal, target); !problem.isEmpty())
        return no(problem);
    const QString change = changeName(*card->environment.release);
    return {true,
            target == Stage::Staging ? Words::tr("Deploy %1 to staging").arg(change)
                                     : Words::tr("Promote %1 to production").arg(change),
            goal->environment.name};
}

} // namespace Slipway
