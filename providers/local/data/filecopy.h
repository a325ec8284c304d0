// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/machine/cancel.h"

#include <QByteArray>
#include <QSet>
#include <QString>

#include <functional>

namespace Slipway {

/// Copies one file: cloned where the file system can, holes kept, mode and time taken over, writable by its owner.
/// Errors: NoSpace, Storage (names the file), Cancelled; a half-made copy is removed.
Result<void> copyFile(const QByteArray &from, const QByteArray &to, const Cancel &cancel);

/// What copyTree may be told.
struct CopyChoice
{
    /// Called with the path below the root; true: left out, with all that is in it.
    std::function<bool(const QByteArray &relativePath)> leaveOut;
    bool databases = false; ///< SQLite files go through SQLite's backup instead of as bytes
    std::function<void(const QString &)> progress;
};

/// Copies a file or a tree; links are copied as links, sockets and pipes are left out. `to` may exist as a folder.
/// On an error what was made of `to` stays: whoever owns it removes it.
Result<void> copyTree(const QString &from, const QString &to, const Cancel &cancel, const CopyChoice &choice = {});

} // namespace Slipway
