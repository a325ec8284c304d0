// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace Slipway {

Result<QString> slipwayHome()
{
    const QString given = qEnvironmentVariable("SLIPWAY_HOME");
    const QString home = given.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/slipway"_s
        : QDir::cleanPath(QDir::current().absoluteFilePath(given));
    const QString remedy = given.isEmpty() ? Session::tr("Set SLIPWAY_HOME to a folder of your own.")
                                           : Session::tr("SLIPWAY_HOME names it: point it to a folder of your own.");
    const QFileInfo info(home);
    if (info.exists() && !info.isDir())
        return fail(Error::Kind::Storage, Session::tr("“%1” is not a folder.").arg(home), remedy);
    if (!info.exists()) {
        if (!QDir().mkpath(QFileInfo(home).path()) || ::mkdir(QFile::encodeName(home).constData(), 0700) != 0)
            return fail(Error::Kind::Storage, Session::tr("“%1” could not be made.").arg(home), remedy);
        return home;
    }
    if (!info.isReadable() || !info.isWritable() || !info.isExecutable())
        return fail(Error::Kind::Storage, Session::tr("“%1” cannot be read and written by you.").arg(home), remedy);
    return home;
}

} // namespace Slipway
