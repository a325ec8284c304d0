// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "models/activity/activitymodel.h"
#include "models/activity/operationmodel.h"
#include "models/board/accountmodel.h"
#include "models/board/boardreader.h"
#include "models/board/changemodel.h"
#include "models/board/pipelinemodel.h"
#include "models/board/releasemodel.h"
#include "ui/actions/accountactions.h"
#include "ui/actions/cardactions.h"
#include "ui/actions/moveactions.h"
#include "ui/board/boardview.h"
#include "ui/dialogs/sheethost.h"
#include "ui/firstrun/firstrunpage.h"
#include "ui/footer/footerbar.h"
#include "ui/inspector/checkspage.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow_p.h"
#include "ui/palette/commandpalette.h"
#include "ui/sidebar/sidebar.h"
#include "ui/theme/words.h"
#include "ui/widgets/banner.h"

#include <QShortcut>
#include <QShowEvent>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Slipway {

MainWindow::MainWindow(const BoardModels &models, QWidget *parent)
    : QMainWindow(parent)
    , d(std::make_unique<Private>(this, models))
{
    setWindowTitle(tr("Slipway"));
    d->build();
    d->ages.setInterval(30s);
    d->ages.setTimerType(Qt::VeryCoarseTimer);
    connect(&d->ages, &QTimer::timeout, this, [this] {
        d->board->repaintAges();
        d->refreshHeader();
        d->sidebar->refresh();
    });
    d->seconds.setSingleShot(true);
    connect(&d->seconds, &QTimer::timeout, this, [this] { d->countDown(); });
    if (models.pipelines.rowCount() == 0)
        d->showFittingPage();
}

MainWindow::~MainWindow()
{
    // The parts go first, while what they are connected to is still whole; nobody is asked for anything any more.
    blockSignals(true);
    delete takeCentralWidget();
    delete d->host;
    delete d->palette;
}

void MainWindow::apply(const ChangeSet &changes)
{
    const BoardReader::Reading reading(d->models.reader);
    const bool none = d->models.pipelines.rowCount() == 0;
    d->models.pipelines.apply(changes);
    d->models.accounts.apply(changes);
    d->models.changes.apply(changes);
    d->models.releases.apply(changes);
    d->models.activity.apply(changes);
    d->models.operations.apply(changes);
    d->board->apply(changes);
    d->sidebar->apply(changes);
    d->countDown();
    if (!changes.operations.isEmpty() || changes.activity) // a decision is a line of Activity
        d->host->settle();
    d->moves->apply(changes);
    d->accounts->apply(changes);
    const bool gone = d->models.pipelines.rowOf(d->pipeline) < 0;
    if (gone && d->models.pipelines.rowCount() > 0)
        d->showPipeline(d->models.pipelines.index(0).data(PipelineModel::NameRole).toString());
    else if (gone || none)
        d->showFittingPage();
    if (changes.everything || !changes.accounts.isEmpty() || !changes.pipelines.isEmpty())
        d->refreshHeader();
    d->refreshWaiting();
    // Whether it may move on depends on its neighbours too, and on who holds staging: any change of the shown
    // pipeline's counts.
    if (!d->inspected.isEmpty()
        && (changes.everything || !changes.environments.isEmpty() || !changes.operations.isEmpty()
            || changes.pipelines.contains(d->pipeline)))
        d->inspector->refresh();
}

void MainWindow::showPreflight(const Preflight &preflight)
{
    d->moves->showPreflight(preflight);
}

void MainWindow::showError(const Error &error)
{
    if (!d->host->takeError(error))
        d->banner->showError(error);
}

void MainWindow::setAccountKinds(const QList<AccountKind> &kinds)
{
    d->accounts->setKinds(kinds);
}

void MainWindow::showPipelinesOf(const QString &account, const QList<ListedPipeline> &pipelines)
{
    d->accounts->choosePipeline(account, pipelines);
}

void MainWindow::showSignInCode(const SignInCode &code)
{
    d->accounts->showSignInCode(code);
}

void MainWindow::showSignedIn(const Result<void> &done)
{
    d->accounts->showSignedIn(done);
}

void MainWindow::accountDone()
{
    d->accounts->done();
}

void MainWindow::showNotice(const QString &sentence)
{
    d->banner->showNotice(sentence);
}

void MainWindow::showMessages(const QList<Message> &messages)
{
    d->tell(messages);
}

void MainWindow::setPerson(const QString &name)
{
    d->moves->setPerson(name);
}

void MainWindow::showConfigValue(const QString &environmentId, const QString &key, const QString &value)
{
    d->inspector->showConfigValue(environmentId, key, value);
}

void MainWindow::showCiReport(const QString &environmentId, const QString &version, const Result<CiReport> &report)
{
    if (ChecksPage *page = d->inspector->checks())
        page->showReport(environmentId, version, report);
}

void MainWindow::showJobLog(const QString &environmentId, const QString &job, const Result<LogPage> &page)
{
    if (ChecksPage *checks = d->inspector->checks())
        checks->showLog(environmentId, job, page);
}

void MainWindow::showCiDone(const QString &environmentId, const Result<void> &done)
{
    ChecksPage *page = d->inspector->checks();
    if (page && page->isVisible() && d->inspector->environmentId() == environmentId)
        page->showDone(environmentId, done);
    else if (!done)
        showError(done.error());
}

void MainWindow::showComparison(const CommitPair &commits, const CommitRange &range, const Result<Comparison> &part)
{
    d->actions->showComparison(commits, range, part);
}

void MainWindow::showCloneOffer(const QString &pipeline, const QString &from, const Result<CloneOffer> &offer)
{
    d->actions->showCloneOffer(pipeline, from, offer);
}

void MainWindow::selectPipeline(const QString &name)
{
    d->showPipeline(name);
}

QList<Operation> MainWindow::Private::cancellable() const
{
    QList<Operation> waiting;
    for (int row = 0; row < models.operations.rowCount(); ++row) {
        const auto operation = models.operations.index(row).data(OperationModel::OperationRole).value<Operation>();
        if (!operation.isActive())
            break; // those that ended follow
        if (Words::canStillCancel(operation))
            waiting.append(operation);
    }
    std::sort(waiting.begin(), waiting.end(),
              [](const Operation &a, const Operation &b) { return a.startsAt < b.startsAt; });
    return waiting;
}

/// Says the seconds that are left, and comes again when the next one is over.
void MainWindow::Private::countDown()
{
    constexpr int kSecond = 1000;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QList<Operation> waiting = cancellable();
    qint64 next = kSecond + 1;
    for (const Operation &operation : waiting) {
        board->repaintCard(operation.environmentId());
        if (const qint64 left = now.msecsTo(operation.startsAt); left > 0)
            next = qMin(next, 1 + (left - 1) % kSecond);
    }
    footer->refresh();
    moves->countDown();
    undo->setEnabled(!waiting.isEmpty());
    if (next <= kSecond && q->isVisible())
        seconds.start(int(next));
    else
        seconds.stop();
}

void MainWindow::Private::undoLast()
{
    const QList<Operation> waiting = cancellable();
    if (!waiting.isEmpty())
        Q_EMIT q->undoWanted(waiting.last().id);
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (d->pipeline.isEmpty() && d->models.pipelines.rowCount() > 0) // nobody chose one
        d->showPipeline(d->models.pipelines.index(0).data(PipelineModel::NameRole).toString());
    d->ages.start();
    d->countDown();
    // Otherwise Qt gives the focus to the first button of the window.
    if (d->host->isOpen() || focusWidget())
        return;
    if (d->models.pipelines.rowCount() > 0)
        d->board->focusBoard();
    else
        d->firstRun->setFocus();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    d->ages.stop();
    d->seconds.stop();
}

} // namespace Slipway
