// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/pictures.h"
#include "tests/ui/sourcescene.h"
#include "ui/board/boardview.h"

using namespace Slipway;

/// Pictures, as tst_gallery's, of a pipeline whose changes come from elsewhere and whose commits are checked.
class SourceGallery final : public QObject
{
    Q_OBJECT
private:
    QPalette m_light;

private Q_SLOTS:
    void initTestCase() { m_light = lightPalette(); }
    void cleanup() { plainLook(m_light); }

    void tray()
    {
        Scene scene;
        fillSource(scene);
        scene.addLogLines();
        keep(*scene.window, u"tray"_s);
        scene.window->findChild<BoardView *>()->pickUp(standingChanges().at(1));
        keep(*scene.window, u"tray-picked"_s);
        scene.window->findChild<BoardView *>()->putDown();
        QApplication::setPalette(darkPalette());
        keep(*scene.window, u"tray-dark"_s);
    }

    void inLargeText()
    {
        largeText();
        Scene scene;
        scene.window->resize(1900, 1200);
        fillSource(scene);
        keep(*scene.window, u"tray-large"_s);
    }
};

QTEST_MAIN(SourceGallery)
#include "tst_sourcegallery.moc"
