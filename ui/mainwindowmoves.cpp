// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The sheets of a pipeline's moves and what leads to them.
#include "models/board/boardreader.h"
#include "models/board/pipelinemodel.h"
#include "ui/actions/cardactions.h"
#include "ui/actions/moveactions.h"
#include "ui/board/boardview.h"
#include "ui/footer/footerbar.h"
#include "ui/header/headerbar.h"
#include "ui/inspector/activitypage.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow_p.h"
#include "ui/palette/commandpalette.h"
#include "ui/theme/words.h"
#include "ui/widgets/banner.h"

#include <QMenu>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace Slipway {

void MainWindow::Private::connectMoves()
{
    connect(moves, &MoveActions::raised, q, &MainWindow::intentRaised);
    connect(moves, &MoveActions::decided, q, &MainWindow::decided);
    connect(moves, &MoveActions::preflightWanted, q, &MainWindow::preflightWanted);
    connect(moves, &MoveActions::retryWanted, q, &MainWindow::retryWanted);
    connect(moves, &MoveActions::codeGiven, q, &MainWindow::codeGiven);
    connect(moves, &MoveActions::undoWanted, q, &MainWindow::undoWanted);
    connect(moves, &MoveActions::dismissWanted, q, &MainWindow::dismissWanted);
    connect(moves, &MoveActions::shutDownWanted, actions, &CardActions::shutDown);
    connect(moves, &MoveActions::environmentWanted, q, [this](const QString &id) { reveal(id); });
    connect(moves, &MoveActions::said, q, [this](const QString &sentence) { banner->showNotice(sentence); });
    connect(actions, &CardActions::operationWanted, moves, &MoveActions::showOperation);
    connect(actions, &CardActions::holdWanted, moves, &MoveActions::hold);
    connect(footer, &FooterBar::operationWanted, moves, &MoveActions::showOperation);
    connect(inspector, &Inspector::operationWanted, moves, &MoveActions::showOperation);
    connect(inspector, &Inspector::exportWanted, q, &MainWindow::exportWanted);
    connect(header, &HeaderBar::menuWanted, q, [this](const QPoint &at) { popupPipeline(pipeline, at); });
}

ActivityPage *MainWindow::Private::makeActivityPage()
{
    auto *made = new ActivityPage(models.activity, true, pages);
    connect(made, &ActivityPage::chosen, q, [this](const QString &id) {
        if (models.pipelines.rowOf(EnvironmentRef::parse(id).pipeline) >= 0)
            reveal(id);
    });
    connect(made, &ActivityPage::operationWanted, moves, &MoveActions::showOperation);
    connect(made, &ActivityPage::exportWanted, q, &MainWindow::exportWanted);
    pages->addWidget(made);
    return made;
}

void MainWindow::Private::reveal(const QString &environmentId)
{
    const auto ref = EnvironmentRef::parse(environmentId);
    if (activityShown || ref.pipeline != pipeline)
        showPipeline(ref.pipeline);
    board->select(environmentId);
    board->focusBoard();
}

void MainWindow::Private::popupPipeline(const QString &name, const QPoint &global)
{
    auto *menu = new QMenu(q);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    moves->fillPipelineMenu(*menu, name);
    menu->addSeparator();
    actions->fillPipelineMenu(*menu, name);
    menu->popup(global);
}

QList<PaletteEntry> MainWindow::Private::moveEntries() const
{
    QList<PaletteEntry> entries;
    if (pipeline.isEmpty())
        return entries;
    const QString command = MainWindow::tr("command");
    const QString name = pipeline;
    entries.append({MainWindow::tr("Settings of %1…").arg(name), command, [this, name] { moves->editPolicy(name); }});
    return entries;
}

/// One below the other until they are dismissed: none takes another one's place before it was read.
void MainWindow::Private::tell(const QList<Message> &messages)
{
    if (notes->isHidden())
        told.clear();
    for (const Message &message : messages) {
        const QString line = MainWindow::tr("%1 (%2)").arg(message.text, Words::when(message.at));
        if (!told.contains(line))
            told.append(line);
    }
    if (!told.isEmpty())
        notes->showNotice(told.join(u'\n'));
}

} // namespace Slipway
