// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of CardActions that fills menus: every move and decision about a card or a pipeline has its item.
#include "models/board/boardreader.h"
#include "models/board/moverules.h"
#include "ui/actions/cardactions.h"
#include "ui/theme/words.h"

#include <QMenu>

using namespace Qt::StringLiterals;

namespace Slipway {

void CardActions::fillMenu(QMenu &menu, const QString &environmentId)
{
    const auto card = m_models.reader.card(environmentId);
    if (!card)
        return;
    const QString id = environmentId; // NOLINT(performance-unnecessary-copy-initialization): the menu outlives it
    const Stage stage = card->environment.stage;
    const bool busy = card->operation && card->operation->isActive();
    addMoves(menu, *card);
    if (card->operation) {
        menu.addAction(busy ? tr("Show what runs…") : tr("Show what failed…"), this,
                       [this, operation = card->operation->id] { Q_EMIT operationWanted(operation); });
    }
    menu.addSeparator();
    const bool reachable = isOpenable(card->environment.address);
    menu.addAction(tr("Open the address"), this, [this, id] { open(id); })->setEnabled(reachable);
    QAction *copy = menu.addAction(tr("Copy the address"), this, [this, id] { copyAddress(id); });
    copy->setEnabled(reachable);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutVisibleInContextMenu(true);
    menu.addSeparator();
    if (stage == Stage::Staging) {
        addHold(menu, card->environment.pipeline);
        menu.addAction(tr("Clone staging…"), this, [this, card] { cloneStaging(card->environment.pipeline); });
    }
    menu.addAction(tr("Deploy another version…"), this, [this, id] { deployOther(id); })->setEnabled(!busy);
    menu.addAction(tr("Compare…"), this, [this, id] { compare(id); })
        ->setEnabled(card->environment.release.has_value());
    menu.addAction(tr("Roll back…"), this, [this, id] { rollBack(id, 0); })
        ->setEnabled(!busy && card->environment.release && card->environment.release->number > 1);
    addLifecycle(menu, *card);
}

/// A move as a menu item: off, with the reason in its words, where a drop would be refused.
void CardActions::addMove(QMenu &menu, const QString &environmentId, Stage target, const QString &label)
{
    const DropAnswer answer = dropAnswer(m_models.reader, environmentId, target);
    QAction *move = menu.addAction(label + u'…', this, [this, answer] {
        if (answer.intent)
            begin(*answer.intent);
    });
    move->setEnabled(answer.legal);
    if (!answer.legal && !answer.text.isEmpty())
        move->setText(tr("%1: %2").arg(label, answer.text));
    move->setToolTip(answer.text);
}

void CardActions::addMoves(QMenu &menu, const Card &card)
{
    const QString id = card.id();
    switch (card.environment.stage) {
    case Stage::Development:
        addMove(menu, id, Stage::Staging, Words::promoteLabel(Stage::Development));
        addVerdicts(menu, card);
        addQueue(menu, card);
        break;
    case Stage::Staging:
        addMove(menu, id, Stage::Production, Words::promoteLabel(Stage::Staging));
        addMove(menu, id, Stage::Development, tr("Send back to its author"));
        break;
    case Stage::Production:
        addMove(menu, id, Stage::Staging, tr("Reset staging to production"));
        break;
    }
}

void CardActions::addQueue(QMenu &menu, const Card &card)
{
    const Environment environment = card.environment;
    const auto add = [&](const QString &text, const QString &problem, const Decision &decision) {
        QAction *action = menu.addAction(text, this, [this, decision] { Q_EMIT decided(decision); });
        action->setEnabled(problem.isEmpty());
        if (!problem.isEmpty())
            action->setText(tr("%1: %2").arg(text, problem));
    };
    const QString &pipeline = environment.pipeline;
    const QString &name = environment.name;
    if (const int place = card.queuePlace; place > 0) {
        if (place > 1)
            add(tr("Move up in the queue"), {}, QueueIntent{pipeline, name, place - 1, {}});
        if (place < m_models.reader.store().queue(pipeline).size())
            add(tr("Move down in the queue"), {}, QueueIntent{pipeline, name, place + 1, {}});
        add(tr("Take out of the queue"), {}, LeaveQueueIntent{pipeline, name});
    } else {
        add(tr("Queue for staging"), queueProblem(m_models.reader, card), QueueIntent{pipeline, name, 0, {}});
    }
    const QString problem = updateProblem(m_models.reader, card);
    const QString update = tr("Update from staging");
    menu.addAction(problem.isEmpty() ? update : tr("%1: %2").arg(update, problem), this,
                   [this, pipeline, name] {
                       Q_EMIT raised(UpdateIntent{pipeline, name});
                   })
        ->setEnabled(problem.isEmpty());
    if (card.lifetime)
        add(tr("Keep longer"), {}, KeepIntent{pipeline, name});
}

void CardActions::addHold(QMenu &menu, const QString &pipeline)
{
    const auto hold = m_models.reader.hold(pipeline, QDateTime::currentDateTimeUtc());
    if (hold) {
        menu.addAction(hold->afterRollBack ? tr("Say that the roll back is resolved…") : tr("Release staging…"), this,
                       [this, pipeline] { releaseStaging(pipeline); });
    }
    menu.addAction(hold ? tr("Take staging over…") : tr("Hold staging…"), this,
                   [this, pipeline] { holdStaging(pipeline); });
}

void CardActions::addVerdicts(QMenu &menu, const Card &card)
{
    const QString id = card.id();
    const Environment environment = card.environment;
    menu.addAction(
            tr("Accept"), this,
            [this, environment] {
                Q_EMIT decided(VerdictIntent{environment.pipeline, environment.name, VerdictState::Accepted, {}});
            })
        ->setEnabled(environment.release.has_value());
    menu.addAction(tr("Request changes…"), this, [this, id] { requestChanges(id); })
        ->setEnabled(environment.release.has_value());
}

void CardActions::addLifecycle(QMenu &menu, const Card &card)
{
    const QString id = card.id();
    const bool busy = card.operation && card.operation->isActive();
    const EnvironmentState state = card.environment.state;
    menu.addSeparator();
    const auto add = [&](const QString &text, LifecycleAction action) {
        menu.addAction(text, this, [this, id, action] { lifecycle(id, action); })->setEnabled(!busy);
    };
    if (state == EnvironmentState::Suspended || state == EnvironmentState::Stopped)
        add(tr("Resume"), LifecycleAction::Resume);
    else if (card.environment.stage != Stage::Production)
        add(tr("Suspend"), LifecycleAction::Suspend);
    if (isRemote(card.environment.pipeline) && state == EnvironmentState::Running
        && card.environment.stage != Stage::Production) {
        menu.addAction(tr("Suspend, and show a maintenance page"), this,
                       [this, id] { lifecycle(id, LifecycleAction::Suspend, true); })
            ->setEnabled(!busy);
    }
    if (state != EnvironmentState::Suspended && state != EnvironmentState::Stopped)
        add(tr("Restart"), LifecycleAction::Restart);
    if (isRemote(card.environment.pipeline)) { // what runs here has the processes of its Procfile
        menu.addAction(tr("Scale…"), this, [this, id] { scale(id); })
            ->setEnabled(!busy && !card.environment.processes.isEmpty());
    }
    menu.addAction(tr("Shut down…"), this, [this, id] { shutDown(id); })->setEnabled(!busy);
}

void CardActions::fillPipelineMenu(QMenu &menu, const QString &pipeline)
{
    menu.addAction(tr("Clone staging…"), this, [this, pipeline] { cloneStaging(pipeline); });
    menu.addAction(tr("Source and checks…"), this, [this, pipeline] { setProjects(pipeline); });
    menu.addAction(tr("Add a pipeline…"), this, &CardActions::addPipeline);
    menu.addSeparator();
    menu.addAction(tr("Remove %1…").arg(pipeline), this, [this, pipeline] { removePipeline(pipeline); });
}

} // namespace Slipway
