// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/git/largefiles.h"

#include "providers/git/git.h"
#include "providers/machine/lfspointers.h"

#include <QFile>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Slipway {

Result<void> fetchLargeFiles(const QString &directory, const QString &source, const Cancel &cancel)
{
    const Git git(source);
    const QStringList names = largeFilePointers(directory);
    for (const QString &name : names) {
        const QString path = directory + u'/' + name;
        QFile pointed(path);
        const QByteArray pointer = pointed.open(QIODevice::ReadOnly) ? pointed.readAll() : QByteArray();
        pointed.close();
        const auto content = git.run({u"lfs"_s, u"smudge"_s, u"--"_s, name}, cancel, {}, pointer);
        if (!content)
            return tl::unexpected(content.error());
        if (content->errors.contains("is not a git command"_L1))
            return fail(Error::Kind::Unsupported,
                        u"%1 is kept in Git LFS, and git-lfs is not installed here."_s.arg(name),
                        u"Install git-lfs, run \"git lfs pull\" in %1 and deploy again."_s.arg(source));
        if (content->status != 0 || content->output == pointer)
            return fail(Error::Kind::NotFound, u"The content of the Git LFS file %1 cannot be had."_s.arg(name),
                        u"Run \"git lfs pull\" in %1 and deploy again."_s.arg(source), content->errors);
        const QFileDevice::Permissions permissions = QFile::permissions(path);
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content->output) < 0 || !file.commit())
            return fail(Error::Kind::Storage, u"%1 cannot be written: %2."_s.arg(name, file.errorString()));
        QFile::setPermissions(path, permissions);
    }
    return {};
}

} // namespace Slipway
