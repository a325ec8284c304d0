// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/machine/treewalk.h"

#include <QDir>
#include <QFile>

#include <cerrno>

#include <unistd.h>

namespace Slipway {

TreeWalk::TreeWalk(const QString &root)
    : m_root(QFile::encodeName(QDir::cleanPath(root)))
{
    char *paths[] = {m_root.data(), nullptr};
    m_walk = ::fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, nullptr);
}

TreeWalk::~TreeWalk()
{
    if (m_walk)
        ::fts_close(m_walk);
}

bool TreeWalk::next()
{
    m_entry = m_walk ? ::fts_read(m_walk) : nullptr;
    if (!m_entry)
        return false;
    m_path = QByteArray(m_entry->fts_path, m_entry->fts_pathlen);
    if (kind() == Kind::Unreadable)
        errno = m_entry->fts_errno;
    return true;
}

void TreeWalk::skip()
{
    ::fts_set(m_walk, m_entry, FTS_SKIP);
}

TreeWalk::Kind TreeWalk::kind() const
{
    switch (m_entry->fts_info) {
    case FTS_D:
        return Kind::Folder;
    case FTS_DP:
        return Kind::FolderEnd;
    case FTS_F:
        return Kind::File;
    case FTS_SL:
    case FTS_SLNONE:
        return Kind::Link;
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        return Kind::Unreadable;
    default:
        return Kind::Special;
    }
}

QByteArray TreeWalk::linkTarget() const
{
    QByteArray target(4096, Qt::Uninitialized);
    const ssize_t size = ::readlink(m_path.constData(), target.data(), static_cast<size_t>(target.size()));
    target.resize(size < 0 ? 0 : size);
    return target;
}

} // namespace Slipway
