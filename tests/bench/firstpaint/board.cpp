// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The program's own composition (app/desktop/main.cpp) up to the first paint from the cache.
#include "app/desktop/boardcontroller.h"
#include "app/session/session.h"
#include "tests/bench/firstpaint/firstpaint.h"

int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    const bool stay = QApplication::arguments().contains(QLatin1StringView("--stay"));
    const FirstPaint watch(stay);
    const auto home = Slipway::slipwayHome();
    if (!home)
        return 1;
    auto session = Slipway::Session::open({.home = *home, .poll = stay});
    if (!session)
        return 1;
    Slipway::BoardController board(**session);
    board.show(QStringLiteral("pipeline-07"));
    return QApplication::exec();
}
