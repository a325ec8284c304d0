// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/activityfile.h"

#include "models/activity/activityexport.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <limits>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

struct ActivityFileTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::ActivityFile)
};

QByteArray written(const QList<ActivityEntry> &entries, bool json)
{
    if (!json)
        return activityAsCsv(entries);
    QJsonArray lines;
    for (const ActivityEntry &entry : entries)
        lines.append(activityDocument(entry));
    return QJsonDocument(QJsonObject{{u"activity"_s, lines}}).toJson();
}

} // namespace

Result<int> writeActivity(const SlipwayStore &store, const ActivityFile &file)
{
    const ActivitySelection &wanted = file.selection;
    QList<ActivityEntry> entries = store.activity(wanted.pipeline, wanted.environment, std::numeric_limits<int>::max());
    entries.removeIf([&wanted](const ActivityEntry &entry) { return !wanted.holds(entry); });
    QSaveFile to(file.path);
    const bool isWritten = to.open(QIODevice::WriteOnly) && to.write(written(entries, file.json)) >= 0 && to.commit();
    if (!isWritten) {
        return fail(Error::Kind::Storage,
                    ActivityFileTr::tr("“%1” could not be written: %2.").arg(file.path, to.errorString()),
                    ActivityFileTr::tr("Choose another folder, or make room there."));
    }
    return int(entries.size());
}

} // namespace Slipway
