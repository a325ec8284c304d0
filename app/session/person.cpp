// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/person.h"

#include <QDir>
#include <QProcess>

#include <array>
#include <atomic>

#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

std::atomic<bool> known = false; ///< personName() has its answer

constexpr int kGitMs = 3000; ///< a home on a slow network; whoever waits longer is called by the login's name

/// What git signs this person's commits with, where the team knows the name from.
QString gitName()
{
    QProcess git;
    git.setWorkingDirectory(QDir::rootPath()); // a repository's own setting is for that repository
    git.start(u"git"_s, {u"config"_s, u"--get"_s, u"user.name"_s}, QIODevice::ReadOnly);
    if (!git.waitForFinished(kGitMs) || git.exitStatus() != QProcess::NormalExit || git.exitCode() != 0) {
        git.kill();
        git.waitForFinished(kGitMs);
        return {};
    }
    return QString::fromUtf8(git.readAllStandardOutput()).simplified().left(100);
}

QString loginName()
{
    passwd entry{};
    passwd *found = nullptr;
    std::array<char, 4096> space{};
    if (::getpwuid_r(::getuid(), &entry, space.data(), space.size(), &found) == 0 && found) {
        // The first of the comma-separated fields of GECOS is the name.
        const QString full = QString::fromLocal8Bit(found->pw_gecos).section(u',', 0, 0).trimmed();
        return full.isEmpty() ? QString::fromLocal8Bit(found->pw_name) : full;
    }
    return qEnvironmentVariable("USER", QString::number(::getuid()));
}

} // namespace

QString personName()
{
    static const QString name = [] {
        const QString signature = gitName();
        return signature.isEmpty() ? loginName() : signature;
    }();
    known = true;
    return name;
}

QString personNameAtOnce()
{
    return known ? personName() : loginName();
}

} // namespace Slipway
