// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/session.h"

namespace Slipway {

/// A session on the ModelProvider whose world is `home`/world.json.
std::unique_ptr<Session> openModelSession(const QString &home, bool recover, int undoWindowMs = 0,
                                          const std::function<void()> &journaled = {}, bool automate = false);

using OperationCall = void (Session::*)(const QString &, std::function<void(Result<void>)>);

// Each waits for the answer, or for the operation's end.
Result<QString> startNow(Session &session, const Intent &intent);
Result<void> callNow(Session &session, OperationCall call, const QString &id);
Result<void> decideNow(Session &session, const Decision &decision);
Result<void> refreshNow(Session &session);
bool endedSoon(Session &session, const QString &id);
/// The operation as it ended; one that was refused has no id and the error.
Operation runNow(Session &session, const Intent &intent);

/// Where a process dies, as by kill -9: "before" or "after" its `count`-th change of the world, at the `count`-th write
/// of the "journal", "never".
struct Death
{
    QString where = QStringLiteral("never");
    int count = 0;
};

/// This program once more, as a process that carries the intent out, or only recovers: 0 live, 1 failed, 2 recovery did
/// not end, 9 it died where it was told to. Its main() hands the arguments to childOf().
int inChild(const QString &home, const Death &death, const std::optional<Intent> &intent);
/// What the child does; nothing when these arguments are no child's.
std::optional<int> childOf(const QStringList &arguments);

Intent setUpIntent();
Intent cloneIntent(const QString &name = QStringLiteral("dev1"));
/// dev1 to staging.
Intent promoteIntent();
Decision acceptance(const QString &environment = QStringLiteral("dev1"));

} // namespace Slipway
