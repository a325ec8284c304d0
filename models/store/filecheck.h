// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

struct sqlite3;

namespace Slipway {

/// What is known of a database file before it is opened.
enum class FileState {
    Unknown,
    Whole ///< a FileCheck of this process has just found nothing
};

/// Has SQLite look over a whole file (PRAGMA quick_check), changing nothing. By a plain connection of SQLite, whose
/// page cache goes with it, and which may be closed in another thread than the one that made it, as Qt's may not. Keep
/// it until the file's other connections of this process are closed: closing a descriptor gives up the process's locks
/// on its file, unless both came from one copy of SQLite (sqlite.org/howtocorrupt.html, 2.2).
class FileCheck
{
public:
    explicit FileCheck(const QString &file);
    FileCheck(FileCheck &&other) noexcept;
    FileCheck &operator=(FileCheck &&other) = delete;
    ~FileCheck();

    bool isWhole() const { return m_whole; } ///< not when there is no such file

    /// Whether looking is worth it at each start: a small file always (a few ms), a large one after an unclean end.
    static bool isDue(const QString &file);

private:
    sqlite3 *m_db = nullptr;
    bool m_whole = false;
};

} // namespace Slipway
