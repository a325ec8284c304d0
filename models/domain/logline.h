// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>

namespace Slipway {

enum class LogKind { Runtime, Build, Release };
QString toString(LogKind kind); ///< "runtime", "build", "release"
LogKind logKindFromString(const QString &text); ///< Runtime for anything else

/// One line of an environment's log. Text is hostile: control and escape sequences are stripped before it gets here.
struct LogLine
{
    QDateTime at; ///< UTC, milliseconds
    QString process; ///< "web.1", "release", "build", "slipway" for the provider's own remarks
    bool isError = false; ///< came on stderr
    QString text;
    friend bool operator==(const LogLine &, const LogLine &) = default;
};

struct LogPage
{
    QList<LogLine> lines; ///< oldest first
    QString cursor; ///< opaque; give it back to get what came after
    friend bool operator==(const LogPage &, const LogPage &) = default;
};

} // namespace Slipway
