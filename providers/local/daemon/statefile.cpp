// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/statefile.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

Error::Kind kindOf(int code)
{
    return code == ENOSPC || code == EDQUOT ? Error::Kind::NoSpace : Error::Kind::Storage;
}

QString why(int code)
{
    return QString::fromLocal8Bit(std::strerror(code));
}

tl::unexpected<Error> notWritten(const QString &path, const QString &reason, int code)
{
    return fail(kindOf(code), u"Slipway cannot write %1: %2."_s.arg(path, reason),
                code == ENOSPC ? u"Free some space on this disk, then try again."_s
                               : u"Check that the folder belongs to you and can be written."_s);
}

} // namespace

Result<QJsonObject> readState(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return fail(Error::Kind::NotFound, u"%1 does not exist."_s.arg(path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error::Kind::Storage, u"Slipway cannot read %1: %2."_s.arg(path, file.errorString()),
                    u"Check that the file belongs to you."_s);
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &problem);
    if (!document.isObject())
        return fail(Error::Kind::Storage,
                    u"%1 is damaged: %2 at byte %3."_s.arg(path, problem.errorString()).arg(problem.offset),
                    u"Restore it from a backup, or remove its folder and set it up again."_s);
    const int format = document.object().value(u"format"_s).toInt();
    if (format > kStateFormat)
        return fail(Error::Kind::Unsupported,
                    u"%1 was written by a newer Slipway (format %2; this one knows %3)."_s.arg(path).arg(format).arg(
                        kStateFormat),
                    u"Start the newer Slipway. Nothing was changed."_s);
    return document.object();
}

Result<void> writeState(const QString &path, QJsonObject state)
{
    state[u"format"_s] = kStateFormat;
    QSaveFile file(path);
    errno = 0;
    if (!file.open(QIODevice::WriteOnly))
        return notWritten(path, file.errorString(), errno);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    const QByteArray bytes = QJsonDocument(state).toJson(QJsonDocument::Indented);
    if (file.write(bytes) != bytes.size() || !file.flush()) // commit() renames; what it renames must be on disk
        return notWritten(path, file.errorString(), errno);
    if (::fsync(file.handle()) != 0)
        return notWritten(path, why(errno), errno);
    if (!file.commit())
        return notWritten(path, file.errorString(), errno);
    return {};
}

Result<void> makeFolder(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    if (::mkdir(name.constData(), 0700) == 0 || errno == EEXIST)
        return {};
    if (errno == ENOENT) {
        const QString parent = QFileInfo(path).path();
        if (parent != path) {
            if (const auto made = makeFolder(parent); !made)
                return made;
            if (::mkdir(name.constData(), 0700) == 0 || errno == EEXIST)
                return {};
        }
    }
    return notWritten(path, why(errno), errno);
}

} // namespace Slipway
