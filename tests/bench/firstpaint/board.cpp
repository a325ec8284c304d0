// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The program's own composition (app/desktop/main.cpp) up to the first paint from the cache.
#include "app/desktop/boardcontroller.h"
#include "app/desktop/headstart.h"
#include "app/desktop/prefault.h"
#include "app/session/session.h"
#include "ui/theme/outlinedstyle.h"
#include "tests/bench/firstpaint/firstpaint.h"

int main(int argc, char **argv)
{
    Slipway::prefaultHeap();
    const QApplication app(argc, argv);
    QApplication::setStyle(new Slipway::OutlinedStyle);
    const bool stay = QApplication::arguments().contains(QLatin1StringView("--stay"));
    const FirstPaint watch(stay);
    const auto home = Slipway::slipwayHome();
    if (!home)
        return 1;
    Slipway::HeadStart ahead(*home);
    auto session = Slipway::Session::open({.home = *home, .files = ahead.files(), .poll = stay});
    if (!session)
        return 1;
    ahead.wait();
    Slipway::BoardController board(**session);
    board.show(QStringLiteral("pipeline-07"));
    return QApplication::exec();
}
