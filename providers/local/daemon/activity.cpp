// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/activity.h"

#include <QDir>
#include <QFileInfo>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kOwnProbesMs = 5000; ///< health is asked until a release is live; its lines may be written a little later

} // namespace

QDateTime lastActive(const QString &logFolder, const QDateTime &since)
{
    // One file a day: the last by name is the last by time.
    const auto files = QDir(logFolder).entryInfoList({u"web.*-*.log"_s}, QDir::Files, QDir::Name);
    const QDateTime written = files.isEmpty() ? QDateTime() : files.last().lastModified().toUTC();
    const bool used = written.isValid() && (!since.isValid() || written > since.addMSecs(kOwnProbesMs));
    const QDateTime at = used ? written : since.toUTC();
    if (!at.isValid())
        return at;
    const QTime time = at.time();
    return QDateTime(at.date(), QTime(time.hour(), time.minute()), Qt::UTC);
}

} // namespace Slipway
