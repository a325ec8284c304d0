// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/logfiles.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <cstdio>

// Writing log files, and getting rid of them.
namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

// As slipway-run has it.
constexpr qint64 kMaxSize = 10LL * 1024 * 1024;
constexpr int kKeptFiles = 5; ///< the one being written and .1 to .4

constexpr int kRuntimeDays = 7;
constexpr int kBuildDays = 30; ///< few and small, and asked for as long as the release runs

void rotate(const QString &path)
{
    for (int number = kKeptFiles - 1; number > 0; --number) {
        const QString newer = number == 1 ? path : path + u'.' + QString::number(number - 1);
        const QString older = path + u'.' + QString::number(number);
        ::rename(QFile::encodeName(newer).constData(), QFile::encodeName(older).constData());
    }
}

} // namespace

void pruneLogs(const QString &folder, const QDate &today)
{
    static const QRegularExpression pattern(u"^(.+)-([0-9]{8})\\.log(\\.[0-9]+)?$"_s);
    const auto names = QDir(folder).entryList(QDir::Files | QDir::NoSymLinks);
    for (const QString &name : names) {
        const auto match = pattern.match(name);
        const QDate day = QDate::fromString(match.captured(2), u"yyyyMMdd"_s);
        const bool build = match.captured(1) == u"build" || match.captured(1) == u"release";
        if (day.isValid() && day.daysTo(today) >= (build ? kBuildDays : kRuntimeDays))
            QFile::remove(folder + u'/' + name);
    }
}

bool LogWriter::open(const QDateTime &now)
{
    const QString path = u"%1/%2-%3.log"_s.arg(m_folder, m_process, now.toString(u"yyyyMMdd"_s));
    const bool full = m_file.isOpen() && m_file.size() >= kMaxSize;
    if (m_file.isOpen() && m_file.fileName() == path && !full)
        return true;
    m_file.close();
    if (full || QFileInfo(path).size() >= kMaxSize)
        rotate(path);
    m_file.setFileName(path);
    if (!m_file.open(QIODevice::Append | QIODevice::Unbuffered))
        return false;
    m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return true;
}

void LogWriter::write(const QString &text, char stream)
{
    const QMutexLocker lock(&m_mutex);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (!open(now))
        return;
    const QByteArray prefix = now.toString(Qt::ISODateWithMs).toLatin1() + ' ' + stream + ' ';
    QByteArray bytes;
    const QList<QByteArray> lines = text.toUtf8().split('\n');
    for (const QByteArray &line : lines)
        bytes += prefix + line + '\n';
    m_file.write(bytes); // a full disk loses log lines, never a deploy
}

} // namespace Slipway
