// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/scene.h"
#include "ui/actions/cardactions.h"
#include "ui/board/boardview.h"
#include "ui/dialogs/clonedialog.h"
#include "ui/inspector/inspector.h"

#include <QApplication>
#include <QDir>
#include <QStyleFactory>

using namespace Slipway;

/// Pictures of the window for people to look at; asserted is only that they are drawn, and in the palette's tone.
class Gallery final : public QObject
{
    Q_OBJECT
private:
    QPalette m_light;

    static QPalette darkPalette()
    {
        QPalette dark;
        const QColor window(28, 32, 40);
        dark.setColor(QPalette::Window, window);
        dark.setColor(QPalette::Base, QColor(22, 25, 32));
        dark.setColor(QPalette::AlternateBase, window);
        dark.setColor(QPalette::Button, QColor(38, 43, 53));
        for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::BrightText})
            dark.setColor(role, QColor(232, 235, 240));
        dark.setColor(QPalette::PlaceholderText, QColor(140, 146, 158));
        dark.setColor(QPalette::Highlight, QColor(120, 150, 255));
        dark.setColor(QPalette::HighlightedText, QColor(16, 20, 30));
        dark.setColor(QPalette::Link, QColor(134, 165, 255));
        return dark;
    }

    static QImage keep(QWidget &window, const QString &name)
    {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QCoreApplication::processEvents();
        QDir().mkpath(QStringLiteral(GALLERY_DIR));
        const QImage image = window.grab().toImage();
        image.save(QStringLiteral(GALLERY_DIR "/") + name + u".png"_s);
        return image;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
        QFont font(u"Inter"_s);
        font.setPixelSize(13);
        QApplication::setFont(font);
        m_light = QApplication::palette();
        m_light.setColor(QPalette::Highlight, QColor(47, 91, 234));
        QApplication::setPalette(m_light);
    }

    void cleanup()
    {
        QApplication::setPalette(m_light);
        QFont font(u"Inter"_s);
        font.setPixelSize(13);
        QApplication::setFont(font);
    }

    void boardLight()
    {
        Scene scene;
        scene.addLogLines();
        QVERIFY(keep(*scene.window, u"board-light"_s).pixelColor(600, 700).lightnessF() > 0.7);
        QApplication::setPalette(darkPalette());
        QVERIFY(keep(*scene.window, u"board-dark"_s).pixelColor(600, 700).lightnessF() < 0.3);
    }

    void drag()
    {
        Scene scene;
        auto *board = scene.window->findChild<BoardView *>();
        board->pickUp(u"acme-web/dev3"_s);
        keep(*scene.window, u"drag"_s);
    }

    void sheet()
    {
        Scene scene;
        scene.window->showPreflight(scene.preflight());
        keep(*scene.window, u"sheet-light"_s);
        Preflight warned = scene.preflight();
        warned.checks[3] = {u"drift"_s, CheckResult::Warn, u"Staging will hold 3 changes"_s,
                            u"limit 2, Coupon stacking rules and Gift cards are not yet in production"_s};
        warned.notIncluded = {u"Saved payment cards stays on dev1."_s};
        scene.window->showPreflight(warned);
        keep(*scene.window, u"sheet-warning"_s);
        warned.checks[2] = {u"contains-staging"_s, CheckResult::Block, u"3 commits of staging are missing"_s,
                            u"Update from staging first"_s};
        QApplication::setPalette(darkPalette());
        scene.window->showPreflight(warned);
        keep(*scene.window, u"sheet-blocked-dark"_s);
    }

    void dialogs()
    {
        Scene scene;
        auto *actions = scene.window->findChild<CardActions *>();
        actions->cloneStaging(u"acme-web"_s);
        keep(*scene.window, u"clone"_s);
        actions->deployOther(u"acme-web/dev3"_s);
        keep(*scene.window, u"deploy"_s);
        actions->addPipeline();
        keep(*scene.window, u"pipeline"_s);
        actions->shutDown(u"acme-web/production"_s);
        keep(*scene.window, u"shutdown"_s);
    }

    void palette()
    {
        Scene scene;
        QTest::keyClick(scene.window.get(), Qt::Key_K, Qt::ControlModifier);
        keep(*scene.window, u"palette"_s);
    }

    void inspectorPages()
    {
        Scene scene;
        scene.addLogLines();
        auto *inspector = scene.window->findChild<Inspector *>();
        for (const auto &[tab, name] : {std::pair{Inspector::Logs, u"tab-logs"_s},
                                        {Inspector::Releases, u"tab-releases"_s},
                                        {Inspector::Config, u"tab-config"_s},
                                        {Inspector::Activity, u"tab-activity"_s}}) {
            inspector->showTab(tab);
            keep(*scene.window, name);
        }
    }

    void trouble()
    {
        Scene scene;
        scene.window->findChild<BoardView *>()->select(u"acme-web/dev5"_s);
        const auto changes = scene.store->saveOperation(makeOperation(u"op-1"_s, u"dev1"_s, OperationState::Failed));
        scene.window->apply(*changes);
        scene.window->showError(Error(Error::Kind::Conflict, u"dev1 is busy: Deploy Saved payment cards is running."_s,
                                      u"Wait until it has ended, or cancel it at the foot of the window."_s));
        keep(*scene.window, u"crashed"_s);
        scene.window->findChild<BoardView *>()->select(u"acme-web/dev1"_s);
        keep(*scene.window, u"failed"_s);
    }

    void empty()
    {
        Scene scene;
        scene.window->selectPipeline(u"acme-api"_s);
        keep(*scene.window, u"empty"_s);
        Scene fresh(false);
        keep(*fresh.window, u"first-run"_s);
    }

    void largeText()
    {
        QFont font(u"Inter"_s);
        font.setPixelSize(26);
        QApplication::setFont(font);
        Scene scene;
        scene.addLogLines();
        scene.window->resize(1900, 1200);
        keep(*scene.window, u"large-text"_s);
        scene.window->showPreflight(scene.preflight());
        keep(*scene.window, u"large-text-sheet"_s);
    }

    void narrow()
    {
        Scene scene;
        scene.window->resize(900, 640);
        keep(*scene.window, u"narrow"_s);
    }
};

QTEST_MAIN(Gallery)
#include "tst_gallery.moc"
