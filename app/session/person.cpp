// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/person.h"

#include <QtGlobal>

#include <array>

#include <pwd.h>
#include <unistd.h>

namespace Slipway {

QString personName()
{
    passwd entry{};
    passwd *found = nullptr;
    std::array<char, 4096> space{};
    if (::getpwuid_r(::getuid(), &entry, space.data(), space.size(), &found) == 0 && found) {
        // The first of the comma-separated fields of GECOS is the name.
        const QString full = QString::fromLocal8Bit(found->pw_gecos).section(QLatin1Char(','), 0, 0).trimmed();
        return full.isEmpty() ? QString::fromLocal8Bit(found->pw_name) : full;
    }
    return qEnvironmentVariable("USER", QString::number(::getuid()));
}

} // namespace Slipway
