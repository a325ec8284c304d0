// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/changemodel.h"
#include "models/board/pipelinemodel.h"
#include "models/board/whereabouts.h"
#include "ui/actions/accountactions.h"
#include "ui/actions/cardactions.h"
#include "ui/board/boardview.h"
#include "ui/mainwindow_p.h"
#include "ui/palette/commandpalette.h"
#include "ui/theme/words.h"
#include "ui/widgets/banner.h"

using namespace Qt::StringLiterals;

namespace Slipway {

void MainWindow::Private::openPalette()
{
    if (covered())
        return;
    if (!palette)
        palette = new CommandPalette(q);
    palette->open(paletteEntries());
}

/// "Where is #482?", answered from what is known here; choosing it leads to the environment that is farthest on.
QList<PaletteEntry> MainWindow::Private::whereEntries()
{
    QList<PaletteEntry> entries;
    const auto where = std::make_shared<const Whereabouts>(models.reader, pipeline);
    for (const int number : where->numbers()) {
        const QString title = where->title(number);
        const auto answer = [where, number, title] {
            return title.isEmpty() ? where->sentence(number) : u"%1 %2"_s.arg(where->sentence(number), title);
        };
        const auto show = [this, where, number] {
            banner->showNotice(where->sentence(number));
            const QStringList names = where->containing(number);
            if (names.isEmpty())
                return;
            activityShown = false;
            showFittingPage();
            board->select(pipeline + u'/' + names.constLast());
            board->focusBoard();
        };
        entries.append({MainWindow::tr("Where is #%1? %2").arg(QString::number(number), title),
                        MainWindow::tr("change"), show, answer});
    }
    return entries;
}

QList<PaletteEntry> MainWindow::Private::paletteEntries()
{
    QList<PaletteEntry> entries;
    const QString shown = pipeline;
    for (const Card &card : models.reader.cards(shown)) {
        const QString id = card.id();
        QString text = card.environment.name;
        if (card.environment.release && !card.environment.release->change.title.isEmpty()) {
            const Change &change = card.environment.release->change;
            text += u"  %1 %2"_s.arg(change.title, Words::mark(change));
        }
        entries.append({text.trimmed(), MainWindow::tr("environment"), [this, id] {
                            activityShown = false;
                            showFittingPage();
                            board->select(id);
                            board->focusBoard();
                        }});
    }
    entries += whereEntries();
    for (int row = 0; row < models.changes.rowCount(); ++row) {
        const auto change = models.changes.index(row).data(ChangeModel::ChangeRole).value<Change>();
        CodeChoice code;
        code.change = change.ref();
        entries.append({MainWindow::tr("Clone staging with %1 %2").arg(change.title, Words::mark(change)),
                        MainWindow::tr("change"), [this, shown, code] { actions->cloneStaging(shown, code); }});
    }
    const QString id = board->selectedId();
    const auto selected = id.isEmpty() ? std::nullopt : models.reader.card(id);
    const QString command = MainWindow::tr("command");
    if (selected) {
        const QString name = selected->environment.name;
        const QString promote = Words::promoteLabel(selected->environment.stage);
        if (!promote.isEmpty())
            entries.append({u"%1: %2"_s.arg(promote, name), command, [this, id] { actions->promote(id); }});
        entries.append({MainWindow::tr("Open %1").arg(name), command, [this, id] { actions->open(id); }});
        entries.append(
            {MainWindow::tr("Copy the address of %1").arg(name), command, [this, id] { actions->copyAddress(id); }});
        entries.append({MainWindow::tr("Deploy another version to %1…").arg(name), command,
                        [this, id] { actions->deployOther(id); }});
        entries.append({MainWindow::tr("Compare %1…").arg(name), command, [this, id] { actions->compare(id); }});
        entries.append({MainWindow::tr("Restart %1").arg(name), command,
                        [this, id] { actions->lifecycle(id, LifecycleAction::Restart); }});
        entries.append({MainWindow::tr("Roll %1 back…").arg(name), command, [this, id] { actions->rollBack(id, 0); }});
        entries.append({MainWindow::tr("Shut %1 down…").arg(name), command, [this, id] { actions->shutDown(id); }});
    }
    if (!shown.isEmpty()) {
        entries.append({MainWindow::tr("Clone staging…"), command, [this, shown] { actions->cloneStaging(shown); }});
        entries.append({MainWindow::tr("Source and checks of %1…").arg(shown), command,
                        [this, shown] { actions->setProjects(shown); }});
        const bool held = models.reader.hold(shown, QDateTime::currentDateTimeUtc()).has_value();
        if (held) {
            entries.append(
                {MainWindow::tr("Release staging…"), command, [this, shown] { actions->releaseStaging(shown); }});
        }
        entries.append({held ? MainWindow::tr("Take staging over…") : MainWindow::tr("Hold staging…"), command,
                        [this, shown] { actions->holdStaging(shown); }});
    }
    entries += moveEntries();
    entries.append({MainWindow::tr("Ask the providers again"), command, [this] { Q_EMIT q->refreshWanted(); }});
    entries.append({MainWindow::tr("Show activity"), command, [this] { showActivity(); }});
    entries.append({MainWindow::tr("Add a pipeline…"), command, [this] { actions->addPipeline(); }});
    entries.append({MainWindow::tr("Accounts…"), command, [this] { accounts->showAccounts(); }});
    entries.append({MainWindow::tr("Add an account…"), command, [this] { accounts->add(); }});
    for (int row = 0; row < models.pipelines.rowCount(); ++row) {
        const QString name = models.pipelines.index(row).data(PipelineModel::NameRole).toString();
        entries.append(
            {MainWindow::tr("Show %1").arg(name), MainWindow::tr("pipeline"), [this, name] { showPipeline(name); }});
    }
    return entries;
}

} // namespace Slipway
