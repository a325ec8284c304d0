// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/machine/helperprogram.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStandardPaths>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

bool runnable(const QString &path)
{
    const QFileInfo info(path);
    return info.isFile() && info.isExecutable();
}

} // namespace

Result<QString> helperProgram(const QString &name)
{
    const QString chosen = qEnvironmentVariable("SLIPWAY_LIBEXEC");
    if (!chosen.isEmpty()) {
        const QString path = chosen + u'/' + name;
        if (runnable(path))
            return path;
        return fail(Error::Kind::NotFound, u"The program %1 is missing."_s.arg(path),
                    u"SLIPWAY_LIBEXEC must name the folder that holds slipwayd and slipway-run."_s);
    }
    const QString here = QCoreApplication::applicationDirPath();
    const QString beside = here + u'/' + name;
    for (const QString &path : {beside, here + u"/../libexec/slipway/"_s + name, here + u"/../lib/slipway/"_s + name}) {
        if (runnable(path))
            return QFileInfo(path).canonicalFilePath();
    }
    if (const QString found = QStandardPaths::findExecutable(name); !found.isEmpty())
        return found;
    return fail(Error::Kind::NotFound, u"The program %1 is missing."_s.arg(beside),
                u"Install Slipway again, or set SLIPWAY_LIBEXEC to the folder that holds %1."_s.arg(name));
}

} // namespace Slipway
