// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operation.h"
#include "models/domain/staging.h"
#include "ui/mainwindow.h"

#include <QPointer>
#include <QTimer>

class QShortcut;
class QSplitter;
class QStackedWidget;

namespace Slipway {

class AccountActions;
class ActivityPage;
class Banner;
class BoardView;
class CardActions;
class CommandPalette;
class FirstRunPage;
class FooterBar;
class HeaderBar;
class Inspector;
class MoveActions;
class SheetHost;
class Sidebar;
struct PaletteEntry;

/// The window's parts and how they are joined.
class MainWindow::Private
{
public:
    Private(MainWindow *window, const BoardModels &shown);
    void build();
    void connectBoard();
    void connectStaging();
    void connectChanges();
    void connectInspector();
    void connectRest();
    void connectMoves();
    void addShortcuts();

    void showPipeline(const QString &name);
    void showActivity();
    void showFittingPage(); ///< first run, board or activity
    void showEnvironment(const QString &environmentId);
    void refreshHeader();
    void refreshWaiting(); ///< words for empty columns and the first-run page while something is being set up
    void popup(const QString &environmentId, const QPoint &global);
    void popupPipeline(const QString &name, const QPoint &global);
    void reveal(const QString &environmentId); ///< on the board, wherever the window is
    void tell(const QList<Message> &messages);
    ActivityPage *makeActivityPage();
    void openPalette();
    QList<PaletteEntry> paletteEntries();
    QList<PaletteEntry> whereEntries();
    QList<PaletteEntry> moveEntries() const;
    bool covered() const; ///< a sheet or the palette is open: shortcuts rest
    QString setupProgress() const;
    QList<Operation> cancellable() const; ///< those in their undo window, the next one to start first
    void countDown();
    void undoLast(); ///< what was dropped last, while it can be taken back whole

    MainWindow *q;
    BoardModels models;
    QString pipeline; ///< shown
    QString inspected; ///< environment the inspector shows
    bool activityShown = false;

    Sidebar *sidebar = nullptr;
    HeaderBar *header = nullptr;
    Banner *banner = nullptr;
    Banner *notes = nullptr; ///< what others did to what is this person's; stays until dismissed
    QStringList told; ///< in it
    QStackedWidget *pages = nullptr;
    BoardView *board = nullptr;
    FooterBar *footer = nullptr;
    Inspector *inspector = nullptr;
    FirstRunPage *firstRun = nullptr; ///< made when first needed, as the next two
    ActivityPage *activity = nullptr;
    CommandPalette *palette = nullptr;
    SheetHost *host = nullptr;
    CardActions *actions = nullptr;
    MoveActions *moves = nullptr;
    AccountActions *accounts = nullptr;
    QShortcut *undo = nullptr; ///< Esc; enabled while there is something to undo
    QTimer seconds; ///< runs only while something is in its undo window and the window is shown
    QTimer ages; ///< coarse; rests while the window is hidden
};

} // namespace Slipway
