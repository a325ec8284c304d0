// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/git/git.h"
#include "providers/git/mirror.h"

#include <QDir>

#include <algorithm>

using namespace Qt::StringLiterals;

// The part of Mirror that reads one file without unpacking anything.
namespace Slipway {
namespace {

constexpr qint64 kLargestFile = 256 * 1024;

/// Relative, below the root and on one line, which is how git is asked for it.
Result<QString> cleanPath(const QString &path)
{
    const QString clean = QDir::cleanPath(path);
    const bool odd =
        std::any_of(path.cbegin(), path.cend(), [](QChar c) { return c.category() == QChar::Other_Control; });
    if (!path.isEmpty() && !odd && clean != u"."_s && clean != u".."_s && !clean.startsWith(u"../"_s)
        && !QDir::isAbsolutePath(clean))
        return clean;
    return fail(Error::Kind::Invalid, u"“%1” is no path of a file in a repository."_s.arg(path),
                u"Give a path from the repository's root, such as slipway.json."_s);
}

} // namespace

Result<std::optional<QByteArray>> Mirror::file(const QString &sha, const QString &path) const
{
    const auto clean = cleanPath(path);
    if (!clean)
        return tl::unexpected(clean.error());
    const Git git(m_directory);
    const QString what = u"The file %1 at %2 cannot be read"_s.arg(*clean, sha.left(7));
    const QByteArray object = sha.toLatin1() + ':' + QFile::encodeName(*clean) + '\n';
    const auto found = git.ask({u"cat-file"_s, u"--batch-check"_s, u"--follow-symlinks"_s}, what, Cancel(), {}, object);
    if (!found)
        return tl::unexpected(found.error());
    // "<id> <type> <size>", or what was asked and why there is none.
    const QByteArrayList words = found->left(found->indexOf('\n')).split(' ');
    if (words.size() != 3 || words.at(0).contains(':') || words.at(1) != "blob")
        return std::optional<QByteArray>();
    if (words.at(2).toLongLong() > kLargestFile)
        return fail(Error::Kind::Invalid,
                    u"%1 is too large to be read: %2 KiB, where 256 KiB is the most."_s.arg(*clean).arg(
                        words.at(2).toLongLong() / 1024),
                    u"Look at it in the repository."_s);
    const auto content =
        git.ask({u"cat-file"_s, u"blob"_s, u"--end-of-options"_s, QString::fromLatin1(words.at(0))}, what);
    return content ? Result<std::optional<QByteArray>>(*content) : tl::unexpected(content.error());
}

} // namespace Slipway
