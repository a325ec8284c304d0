// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <fts.h>
#include <sys/stat.h>

namespace Slipway {

/// Steps through a tree without ever following a link; a folder comes before and again after what is in it. Names are
/// bytes: file systems do not promise UTF-8. An absent root gives one Unreadable with errno ENOENT.
class TreeWalk
{
public:
    enum class Kind { Folder, FolderEnd, File, Link, Special, Unreadable };

    explicit TreeWalk(const QString &root);
    ~TreeWalk();
    TreeWalk(const TreeWalk &) = delete;
    TreeWalk &operator=(const TreeWalk &) = delete;

    bool next(); ///< false at the end
    void skip(); ///< after Folder: do not go in
    Kind kind() const;
    const QByteArray &path() const { return m_path; }
    QByteArray relativePath() const { return m_path.mid(m_root.size() + 1); } ///< empty for the root
    QByteArray linkTarget() const;
    const struct stat &status() const { return *m_entry->fts_statp; }

private:
    QByteArray m_root;
    FTS *m_walk = nullptr;
    FTSENT *m_entry = nullptr;
    QByteArray m_path;
};

} // namespace Slipway
