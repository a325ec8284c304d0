// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace Slipway {

struct ProcfileEntry
{
    QString type; ///< "web", "worker", "release"
    QString command; ///< for /bin/sh -c, with the variables in its environment
    int line = 0; ///< from 1
    friend bool operator==(const ProcfileEntry &, const ProcfileEntry &) = default;
};

/// What an application runs, in the order of the file.
struct Procfile
{
    QList<ProcfileEntry> entries;

    const ProcfileEntry *find(const QString &type) const; ///< nullptr when there is none
    const ProcfileEntry *release() const
    {
        return find(QStringLiteral("release"));
    } ///< run once a deploy, before start
    QList<ProcfileEntry> processes() const; ///< all but `release`

    /// Invalid with the line number for a duplicate, a line that is no entry, or a file that names no process.
    static Result<Procfile> parse(const QByteArray &text);
    /// Reads DIRECTORY/Procfile. NotFound when there is none; the remedy offers commands found by looking around.
    static Result<Procfile> read(const QString &directory);
    friend bool operator==(const Procfile &, const Procfile &) = default;
};

/// Procfile lines that would probably run what is in `directory` ("web: npm start"); may be empty.
QStringList suggestedProcfile(const QString &directory);

} // namespace Slipway
