// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/machine/packtree.h"

#include "providers/machine/childprocess.h"
#include "providers/machine/filetree.h"

#include <QFile>
#include <QScopeGuard>

using namespace Qt::StringLiterals;

namespace Slipway {

Result<void> packTree(const QString &tree, const QString &file, const Cancel &cancel)
{
    ChildSpec tar;
    tar.program = u"tar"_s;
    // Nothing of this machine goes along: no names of users, no times.
    tar.arguments = {u"--create"_s,
                     u"--gzip"_s,
                     u"--file"_s,
                     file,
                     u"--directory"_s,
                     tree,
                     u"--sort=name"_s,
                     u"--owner=0"_s,
                     u"--group=0"_s,
                     u"--numeric-owner"_s,
                     u"--mtime=@0"_s,
                     u"--exclude=./.git"_s,
                     u"."_s};
    tar.environment = userEnvironment();
    tar.environment.insert(u"GZIP"_s, QString());
    tar.nice = true;
    const auto packed = runChild(tar, cancel);
    if (packed && packed->ok())
        return {};
    QFile::remove(file);
    if (!packed)
        return tl::unexpected(packed.error());
    return fail(Error::Kind::Storage, u"The files could not be packed into %1."_s.arg(file),
                u"Free some space there and try again."_s, packed->errorText());
}

Result<void> packScratch(const QString &file, const std::function<Result<QString>(const QString &scratch)> &fill,
                         const Cancel &cancel)
{
    const QString scratch = file + u".tree"_s;
    std::ignore = deleteTree(scratch);
    const auto clean = qScopeGuard([&scratch] { std::ignore = deleteTree(scratch); });
    const auto filled = fill(scratch);
    return filled ? packTree(*filled, file, cancel) : tl::unexpected(filled.error());
}

} // namespace Slipway
