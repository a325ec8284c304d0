// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/machine/cancel.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>

namespace Slipway {

/// How to run one program to its end.
struct ChildSpec
{
    QString program; ///< absolute path, or a name looked up in this process' PATH
    QStringList arguments;
    QString directory; ///< empty: where this process is
    QMap<QString, QString> environment; ///< the whole environment of the child
    QByteArray input; ///< its standard input; empty: /dev/null
    std::chrono::milliseconds limit{0}; ///< 0: none
    bool nice = false; ///< background priority
    bool guarded = false; ///< a command of an application: below slipway-run, so that nothing of it is left, whatever
                          ///< it does and whatever happens to us
    QString outputFile; ///< standard output goes there instead of to the caller
};

struct ChildResult
{
    int status = -1; ///< exit status; 128 + n when signal n ended it
    bool timedOut = false; ///< ended because `limit` was over
    QByteArray output; ///< standard output, unless a sink took it
    QByteArray errors; ///< standard error, the last 64 KiB
    bool ok() const { return status == 0; }
    QString errorText() const; ///< errors, trimmed, at most 30 lines
};

/// Runs a program in a process group of its own and waits for it. No descriptor but 0-2 reaches it; when it has ended
/// (or is cancelled, or out of time) nothing of its group is left. Blocking, thread-safe.
/// With a sink, output and errors go there line by line and ChildResult::output stays empty.
/// Error NotFound: no such program; Cancelled; any exit status is a ChildResult.
Result<ChildResult> runChild(const ChildSpec &spec, const Cancel &cancel, const LineSink &sink = {});

/// This process' environment without what belongs to the desktop or to git: what tools of the user may see.
QMap<QString, QString> userEnvironment();

/// PATH of the user's login shell, asked once with a time limit (version managers put themselves there), else our own.
QString loginPath();

/// What builds and processes of an application start from: PATH, HOME, USER, SHELL, LANG, TMPDIR and nothing else.
QMap<QString, QString> cleanEnvironment();

} // namespace Slipway
