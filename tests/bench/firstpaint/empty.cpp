// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/firstpaint/firstpaint.h"

#include <QMainWindow>

int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    const FirstPaint watch(QApplication::arguments().contains(QLatin1StringView("--stay")));
    QMainWindow window;
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}
