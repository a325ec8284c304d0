// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/firstpaint/firstpaint.h"

#include <QLabel>
#include <QMainWindow>

int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    const FirstPaint watch(QApplication::arguments().contains(QLatin1StringView("--stay")));
    QMainWindow window;
    // The first word costs what no board can do without: the font database, a font, a text engine.
    if (QApplication::arguments().contains(QLatin1StringView("--word")))
        window.setCentralWidget(new QLabel(QStringLiteral("Slipway")));
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}
