// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/filecheck.h"

#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>

#include <utility>

namespace Slipway {

namespace {

constexpr qint64 kAlwaysChecked = 2 * 1024 * 1024;
constexpr int kCheckBusyTimeout = 5000; ///< milliseconds
constexpr auto kFewPages = "PRAGMA cache_size = -64"; ///< KiB: each page is read once

int isOk(void *whole, int columns, char **values, char **)
{
    *static_cast<bool *>(whole) = columns > 0 && qstrcmp(values[0], "ok") == 0;
    return 0;
}

} // namespace

FileCheck::FileCheck(const QString &file)
{
    const QByteArray path = QFile::encodeName(file);
    // For writing, though it writes nothing: a log that a killed process left is taken in by its first reader.
    if (sqlite3_open_v2(path.constData(), &m_db, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK)
        return;
    sqlite3_busy_timeout(m_db, kCheckBusyTimeout);
    sqlite3_exec(m_db, kFewPages, nullptr, nullptr, nullptr);
    bool ok = false;
    const int done = sqlite3_exec(m_db, "PRAGMA quick_check(1)", &isOk, &ok, nullptr);
    m_whole = done == SQLITE_OK && ok;
}

FileCheck::FileCheck(FileCheck &&other) noexcept
    : m_db(std::exchange(other.m_db, nullptr))
    , m_whole(other.m_whole)
{ }

FileCheck::~FileCheck()
{
    sqlite3_close(m_db);
}

bool FileCheck::isDue(const QString &file)
{
    return QFileInfo(file).size() <= kAlwaysChecked || QFileInfo(file + QLatin1StringView("-wal")).size() > 0;
}

} // namespace Slipway
