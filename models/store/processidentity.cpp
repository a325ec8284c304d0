// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/processidentity.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringList>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

QString currentBoot()
{
    QFile file(u"/proc/sys/kernel/random/boot_id"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll().trimmed()) : QString();
}

/// Start time of a process that runs; nothing for one that is gone or waits to be reaped.
std::optional<qint64> startOf(qint64 pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray stat = file.readAll();
    // Field 2 is the command in parentheses and may itself hold spaces and parentheses; field 3 follows the last one.
    const qsizetype end = stat.lastIndexOf(')');
    if (end < 0)
        return std::nullopt;
    const QList<QByteArray> fields = stat.mid(end + 2).split(' ');
    constexpr int kState = 0;
    constexpr int kStartTime = 22 - 3;
    if (fields.size() <= kStartTime || fields.at(kState) == "Z" || fields.at(kState) == "X")
        return std::nullopt;
    return fields.at(kStartTime).toLongLong();
}

} // namespace

ProcessIdentity ProcessIdentity::current()
{
    const qint64 pid = QCoreApplication::applicationPid();
    return {pid, startOf(pid).value_or(0), currentBoot()};
}

std::optional<ProcessIdentity> ProcessIdentity::parse(const QString &text)
{
    const QStringList parts = text.split(u':');
    if (parts.size() != 3)
        return std::nullopt;
    return ProcessIdentity{parts.at(0).toLongLong(), parts.at(1).toLongLong(), parts.at(2)};
}

QString ProcessIdentity::toString() const
{
    return u"%1:%2:%3"_s.arg(pid).arg(startTime).arg(bootId);
}

bool ProcessIdentity::isAlive() const
{
    if (pid <= 0 || bootId != currentBoot())
        return false;
    return startOf(pid) == startTime;
}

} // namespace Slipway
