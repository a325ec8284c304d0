// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/boardcontroller.h"
#include "app/desktop/headstart.h"
#include "app/desktop/prefault.h"
#include "app/session/interrupt.h"
#include "app/session/session.h"
#include "ui/theme/outlinedstyle.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QMessageBox>

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

constexpr int kUndoWindowMs = 5000; ///< DESIGN section 5: a drop can be taken back before the first provider call

struct Arguments
{
    QString pipeline;
};

Arguments parseArguments(const QCoreApplication &app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "A desktop board for a team's deployment pipeline."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption pipeline(u"pipeline"_s, QCoreApplication::translate("main", "Show this pipeline first."),
                                      u"name"_s);
    parser.addOption(pipeline);
    parser.process(app);
    return {parser.value(pipeline)};
}

/// Nothing can be shown without the databases: say why, and end with the exit code of a failure.
int refuse(const Error &error)
{
    qCritical("slipway: %s", qUtf8Printable(error.text()));
    auto *box = new QMessageBox(QMessageBox::Critical, QCoreApplication::translate("main", "Slipway cannot start"),
                                error.message());
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(error.remedy());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
    QApplication::exec();
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    prefaultHeap();
    QApplication app(argc, argv);
    QApplication::setApplicationName(u"slipway"_s);
    QApplication::setApplicationDisplayName(u"Slipway"_s);
    QApplication::setApplicationVersion(QStringLiteral(SLIPWAY_VERSION));
    QGuiApplication::setDesktopFileName(u"io.github.slipway.Slipway"_s);
    QApplication::setStyle(new OutlinedStyle);
    const Arguments arguments = parseArguments(app);

    const auto home = slipwayHome();
    if (!home)
        return refuse(home.error());
    HeadStart ahead(*home);
    auto session = Session::open({.home = *home,
                                  .files = ahead.files(),
                                  .poll = true,
                                  .automate = true,
                                  .recover = true,
                                  .undoWindowMs = kUndoWindowMs});
    if (!session)
        return refuse(session.error());

    // At logout or a kill the window closes as by hand: operations stop at a step boundary, its place is remembered.
    const Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::raised, &app, &QApplication::quit);

    ahead.wait();
    BoardController board(**session);
    board.show(arguments.pipeline);
    return QApplication::exec();
}
