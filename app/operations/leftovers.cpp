// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/leftovers.h"

#include <QDir>
#include <QSet>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace Slipway {

void removeLeftovers(const QString &home, const SlipwayStore &store)
{
    // What is listed first and belongs to no active operation afterwards is nobody's: one is active before it packs.
    const QDir folder(home + u"/packed"_s);
    const QFileInfoList entries = folder.entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    if (entries.isEmpty())
        return;
    QSet<QString> active;
    for (const Operation &operation : store.activeOperations())
        active.insert(operation.id);
    QStringList stale;
    for (const QFileInfo &entry : entries) {
        if (!active.contains(entry.fileName().section(u'.', 0, 0))) // after the operation's id, see Ticket
            stale.append(entry.absoluteFilePath());
    }
    QThreadPool::globalInstance()->start([stale] {
        for (const QString &path : stale) {
            const QFileInfo entry(path);
            if (entry.isDir() && !entry.isSymLink())
                QDir(path).removeRecursively();
            else
                QFile::remove(path);
        }
    });
}

} // namespace Slipway
