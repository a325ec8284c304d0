// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/machine/cancel.h"

#include <QSet>
#include <QString>
#include <QStringList>

namespace Slipway {

/// Removes a tree, read-only folders included, never following a link out of it. Already gone is success.
Result<void> deleteTree(const QString &directory);
/// Takes write permission (and setuid, setgid) from everything in a tree but keeps what is executable.
Result<void> makeReadOnly(const QString &directory);
/// SHA-256 (hex) over the sorted list of (path, mode, content hash, link target): equal exactly for equal trees.
/// Names are bytes, not text; a mode is "executable or not". Links are recorded, never followed. Error Invalid names a
/// socket, pipe or device: a release can hold none.
Result<QString> manifestHash(const QString &directory, const Cancel &cancel);

/// Makes a tree that was built in one place right for another: absolute links into it become relative, the interpreter
/// line of scripts that names a program in it finds that program beside the script. Answers the links that leave the
/// tree (relative paths), which the artifact does not hold.
Result<QStringList> makeRelocatable(const QString &directory);

} // namespace Slipway
