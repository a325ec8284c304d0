// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/activity/activitymodel.h"
#include "models/activity/operationmodel.h"
#include "models/board/accountmodel.h"
#include "models/board/boardreader.h"
#include "models/board/changemodel.h"
#include "models/board/pipelinemodel.h"
#include "models/domain/accounttitle.h"
#include "ui/actions/accountactions.h"
#include "ui/actions/cardactions.h"
#include "ui/actions/moveactions.h"
#include "ui/board/boardview.h"
#include "ui/board/staginghead.h"
#include "ui/dialogs/sheethost.h"
#include "ui/firstrun/firstrunpage.h"
#include "ui/footer/footerbar.h"
#include "ui/header/headerbar.h"
#include "ui/inspector/activitypage.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow_p.h"
#include "ui/palette/commandpalette.h"
#include "ui/sidebar/changelist.h"
#include "ui/sidebar/sidebar.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/banner.h"

#include <QDir>
#include <QMenu>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

/// A path as people say it: "~/shop".
QString atHome(const QString &path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}

} // namespace

MainWindow::Private::Private(MainWindow *window, const BoardModels &shown)
    : q(window)
    , models(shown)
{ }

void MainWindow::Private::build()
{
    const int unit = unitOf(q);
    auto *splitter = new QSplitter(Qt::Horizontal, q);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    sidebar = new Sidebar(models.reader, models.pipelines, models.accounts, splitter);
    auto *center = new Page(splitter);
    auto *layout = new QVBoxLayout(center);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    header = new HeaderBar(center);
    banner = new Banner(center);
    notes = new Banner(center);
    pages = new QStackedWidget(center);
    board = new BoardView(models.reader, pages);
    footer = new FooterBar(models.operations, center);
    inspector =
        new Inspector(models.reader, models.releases, models.activity, models.logs, splitter); // Tab's last stop
    pages->addWidget(board);
    layout->addWidget(header);
    layout->addWidget(notes);
    layout->addWidget(banner);
    layout->addWidget(pages, 1);
    layout->addWidget(footer);
    splitter->addWidget(sidebar);
    splitter->addWidget(center);
    splitter->addWidget(inspector);
    splitter->setStretchFactor(1, 1);
    splitter->setCollapsible(2, true);
    splitter->setSizes({unit * 51, unit * 222, unit * 87});
    q->setCentralWidget(splitter);
    q->setMinimumSize(unit * 150, unit * 100);
    host = new SheetHost(q);
    actions = new CardActions(models, *host, q);
    moves = new MoveActions(models, *host, q);
    accounts = new AccountActions(models, *host, q);
    connectBoard();
    connectStaging();
    connectChanges();
    connectInspector();
    connectRest();
    connectMoves();
    addShortcuts();
}

void MainWindow::Private::connectBoard()
{
    connect(board, &BoardView::selectionChanged, q, [this](const QString &id) { showEnvironment(id); });
    connect(board, &BoardView::moveWanted, actions, &CardActions::begin);
    connect(board, &BoardView::kept, actions, &CardActions::keep);
    connect(board, &BoardView::lifted, banner, &Banner::hideNotice);
    connect(board, &BoardView::moveRefused, q, [this](const QString &why) { banner->showNotice(why); });
    connect(board, &BoardView::opened, actions, &CardActions::open);
    connect(board, &BoardView::copied, actions, &CardActions::copyAddress);
    connect(board, &BoardView::chosen, q, [this](const QString &id) {
        inspector->show();
        inspector->setEnvironment(id);
        inspector->showTab(Inspector::Overview);
    });
    connect(board, &BoardView::menuWanted, q, [this](const QString &id, const QPoint &at) { popup(id, at); });
}

void MainWindow::Private::connectStaging()
{
    StagingHead *head = &board->stagingHead();
    const auto idOf = [this](const QString &environment) { return QString(pipeline + u'/' + environment); };
    connect(head, &StagingHead::holdWanted, q, [this] { actions->holdStaging(pipeline); });
    connect(head, &StagingHead::releaseWanted, q, [this] { actions->releaseStaging(pipeline); });
    connect(head, &StagingHead::placeWanted, q, [this](const QString &environment, int place) {
        Q_EMIT q->decided(QueueIntent{pipeline, environment, place, {}});
    });
    connect(head, &StagingHead::leaveWanted, q, [this](const QString &environment) {
        Q_EMIT q->decided(LeaveQueueIntent{pipeline, environment});
    });
    connect(head, &StagingHead::deployWanted, q,
            [this, idOf](const QString &environment) { actions->promote(idOf(environment)); });
    connect(head, &StagingHead::chosen, q, [this, idOf](const QString &environment) {
        board->select(idOf(environment));
        board->focusBoard();
    });
    connect(head, &StagingHead::menuWanted, q,
            [this, idOf](const QString &environment, const QPoint &at) { popup(idOf(environment), at); });
}

void MainWindow::Private::connectChanges()
{
    ChangeList *changes = &sidebar->changes();
    board->listenTo(changes);
    connect(changes, &ChangeList::dragStarted, q, [this](const Change &change) { board->startDrag({{}, change}); });
    connect(changes, &ChangeList::dragEnded, board, &BoardView::putDown);
    connect(changes, &ChangeList::picked, board, qOverload<const Change &>(&BoardView::pickUp));
    connect(changes, &ChangeList::cloneWanted, q,
            [this](const Change &change) { actions->cloneFor(pipeline, change); });
    connect(changes, &ChangeList::carrierWanted, q, [this](const QString &environment) {
        board->select(pipeline + u'/' + environment);
        board->focusBoard();
    });
    connect(changes, &ChangeList::menuWanted, q,
            [this](const Change &change, const QString &carrier, const QPoint &at) {
                auto *menu = new QMenu(q);
                menu->setAttribute(Qt::WA_DeleteOnClose);
                QAction *clone = menu->addAction(tr("Clone staging for it…"), q,
                                                 [this, change] { actions->cloneFor(pipeline, change); });
                clone->setEnabled(carrier.isEmpty());
                if (actions->isRemote(pipeline)) {
                    menu->addAction(tr("Make a review app for it"), q,
                                    [this, change] { actions->reviewFor(pipeline, change); });
                }
                if (isOpenable(change.url)) {
                    menu->addAction(tr("Open %1 in the browser").arg(change.ref()), q,
                                    [this, change] { actions->openLink(change.url); });
                }
                if (!carrier.isEmpty()) {
                    menu->addAction(tr("Show %1").arg(carrier), q, [this, carrier] {
                        board->select(pipeline + u'/' + carrier);
                        board->focusBoard();
                    });
                }
                menu->popup(at);
            });
}

void MainWindow::Private::connectInspector()
{
    connect(inspector, &Inspector::promoteWanted, actions, &CardActions::promote);
    connect(inspector, &Inspector::openWanted, actions, &CardActions::open);
    connect(inspector, &Inspector::rollBackWanted, actions, &CardActions::rollBack);
    connect(inspector, &Inspector::verdictGiven, q, &MainWindow::decided);
    connect(inspector, &Inspector::logsWanted, q, &MainWindow::logsWanted);
    connect(inspector, &Inspector::ciRequested, q, &MainWindow::ciRequested);
    connect(inspector, &Inspector::linkWanted, actions, &CardActions::openLink);
    connect(inspector, &Inspector::configWanted, q, &MainWindow::configWanted);
    connect(inspector, &Inspector::configChangeWanted, actions, &CardActions::setConfig);
    connect(inspector, &Inspector::configRemovalWanted, actions, &CardActions::removeConfig);
    connect(inspector, &Inspector::menuWanted, q, [this](const QString &id, const QPoint &at) { popup(id, at); });
}

void MainWindow::Private::connectRest()
{
    connect(actions, &CardActions::raised, q, &MainWindow::intentRaised);
    connect(actions, &CardActions::cloneOfferWanted, q, &MainWindow::cloneOfferWanted);
    connect(actions, &CardActions::comparisonWanted, q, &MainWindow::comparisonWanted);
    connect(actions, &CardActions::decided, q, &MainWindow::decided);
    connect(actions, &CardActions::preflightWanted, q, &MainWindow::preflightWanted);
    connect(actions, &CardActions::said, q, [this](const QString &sentence) { banner->showNotice(sentence); });
    connect(sidebar, &Sidebar::pipelineChosen, q, [this](const QString &name) { showPipeline(name); });
    connect(sidebar, &Sidebar::activityChosen, q, [this] { showActivity(); });
    connect(sidebar, &Sidebar::newPipelineWanted, actions, &CardActions::addPipeline);
    connect(sidebar, &Sidebar::accountsWanted, accounts, &AccountActions::showAccounts);
    connect(actions, &CardActions::accountsWanted, accounts, &AccountActions::showAccounts, Qt::QueuedConnection);
    connect(accounts, &AccountActions::requested, q, &MainWindow::accountRequested);
    connect(accounts, &AccountActions::raised, q, &MainWindow::intentRaised);
    connect(sidebar, &Sidebar::pipelineMenuWanted, q,
            [this](const QString &name, const QPoint &at) { popupPipeline(name, at); });
    connect(header, &HeaderBar::searchWanted, q, [this] { openPalette(); });
    connect(header, &HeaderBar::cloneWanted, q, [this] { actions->cloneStaging(pipeline); });
    connect(header, &HeaderBar::refreshWanted, q, &MainWindow::refreshWanted);
    connect(footer, &FooterBar::retryWanted, q, &MainWindow::retryWanted);
    connect(footer, &FooterBar::undoWanted, q, &MainWindow::undoWanted);
    connect(footer, &FooterBar::dismissWanted, q, &MainWindow::dismissWanted);
    connect(footer, &FooterBar::activityWanted, q, [this] { showActivity(); });
}

void MainWindow::Private::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, const std::function<void()> &run) {
        auto *shortcut = new QShortcut(keys, q);
        connect(shortcut, &QShortcut::activated, q, [this, run] {
            if (!covered())
                run();
        });
    };
    add(QKeySequence(Qt::CTRL | Qt::Key_K), [this] { openPalette(); });
    add(QKeySequence::New, [this] { actions->cloneStaging(pipeline); });
    add(QKeySequence(Qt::Key_F5), [this] { Q_EMIT q->refreshWanted(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_I), [this] { inspector->setVisible(inspector->isHidden() && !activityShown); });
    add(QKeySequence(Qt::CTRL | Qt::Key_B), [this] { board->focusBoard(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_Comma), [this] { moves->editPolicy(pipeline); });
    add(QKeySequence::Quit, [this] { q->close(); });
    // Not in a sheet or the palette, which are none of the central widget's, nor over a card in the air, which takes
    // the key before.
    undo = new QShortcut(QKeySequence(Qt::Key_Escape), q->centralWidget());
    undo->setContext(Qt::WidgetWithChildrenShortcut);
    undo->setEnabled(false);
    connect(undo, &QShortcut::activated, q, [this] { undoLast(); });
}

bool MainWindow::Private::covered() const
{
    return host->isOpen() || (palette && palette->isVisible());
}

void MainWindow::Private::showPipeline(const QString &name)
{
    const BoardReader::Reading reading(models.reader);
    const bool same = name == pipeline && !activityShown;
    activityShown = false;
    if (name != pipeline) {
        pipeline = name;
        models.changes.setPipeline(name);
        board->setPipeline(name);
        Q_EMIT q->pipelineShown(name);
    }
    if (!same)
        sidebar->showPipeline(name);
    showFittingPage();
    refreshHeader();
    refreshWaiting();
}

void MainWindow::Private::showActivity()
{
    activityShown = true;
    sidebar->showActivity();
    showFittingPage();
    refreshHeader();
}

void MainWindow::Private::showFittingPage()
{
    const bool none = models.pipelines.rowCount() == 0;
    if (activityShown) {
        models.activity.setScope({}, {});
        if (!activity)
            activity = makeActivityPage();
        pages->setCurrentWidget(activity);
    } else if (none) {
        if (!firstRun) {
            firstRun = new FirstRunPage(pages);
            connect(firstRun, &FirstRunPage::sampleWanted, actions, &CardActions::trySample);
            connect(firstRun, &FirstRunPage::repositoryWanted, actions, &CardActions::addPipeline);
            pages->addWidget(firstRun);
        }
        pipeline.clear();
        pages->setCurrentWidget(firstRun);
    } else {
        pages->setCurrentWidget(board);
    }
    inspector->setVisible(!activityShown && !none);
    header->setCloneable(!activityShown && !none, models.reader.environmentAt(pipeline, Stage::Staging).has_value(),
                         tr("There is no staging environment to clone yet."));
    refreshHeader();
    refreshWaiting();
}

void MainWindow::Private::showEnvironment(const QString &environmentId)
{
    inspected = environmentId;
    inspector->setEnvironment(environmentId);
}

void MainWindow::Private::refreshHeader()
{
    if (activityShown) {
        header->setTitle(tr("Activity"), tr("all pipelines"));
        header->setStatus({});
        return;
    }
    const auto shown = models.reader.store().pipeline(pipeline);
    if (!shown) {
        header->setTitle(tr("Welcome"), {});
        header->setStatus({});
        return;
    }
    QStringList origin;
    if (!shown->repository.isEmpty())
        origin += atHome(shown->repository);
    if (!shown->mainBranch.isEmpty())
        origin += shown->mainBranch;
    header->setTitle(shown->name, origin.join(u" · "_s));
    header->setCloneable(true, models.reader.environmentAt(pipeline, Stage::Staging).has_value(),
                         tr("There is no staging environment to clone yet."));
    for (int row = 0; row < models.accounts.rowCount(); ++row) {
        const auto status = models.accounts.index(row).data(AccountModel::StatusRole).value<AccountStatus>();
        if (status.account.name == shown->deploysAccount) {
            header->setStatus(status);
            return;
        }
    }
    header->setStatus({});
}

QString MainWindow::Private::setupProgress() const
{
    for (int row = 0; row < models.operations.rowCount(); ++row) {
        const auto operation = models.operations.index(row).data(OperationModel::OperationRole).value<Operation>();
        if (operation.kind == "setup"_L1 && operation.isActive()
            && (pipeline.isEmpty() || operation.pipeline == pipeline))
            return u"%1\n%2"_s.arg(operation.title, Words::step(operation));
    }
    return {};
}

void MainWindow::Private::refreshWaiting()
{
    const QString progress = setupProgress();
    if (firstRun)
        firstRun->setProgress(progress);
    QString words = progress;
    if (words.isEmpty()) {
        const auto shown = models.reader.store().pipeline(pipeline);
        const auto status = shown ? models.reader.cache().accountStatus(shown->deploysAccount) : std::nullopt;
        if (shown && status && !status->error.isEmpty())
            words = status->error;
        else if (shown && (!status || !status->asOf.isValid()))
            words = tr("%1 has not answered yet…").arg(accountTitle(shown->deploysAccount));
    }
    board->setWaiting(words);
}

void MainWindow::Private::popup(const QString &environmentId, const QPoint &global)
{
    auto *menu = new QMenu(q);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    actions->fillMenu(*menu, environmentId);
    if (!menu->isEmpty())
        menu->popup(global);
    else
        delete menu;
}

} // namespace Slipway
