// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/machine/cancel.h"

#include <QByteArray>
#include <QString>

namespace Slipway {

/// Whether the file starts as SQLite databases do.
bool isSqliteFile(const QByteArray &path);

/// Copies a database that may be in use through SQLite's backup: what was committed before is there, in one consistent
/// state. `to` must not exist. Errors: NotFound, NoSpace, Storage (damaged, locked for too long), Cancelled; no
/// half-made copy stays.
Result<void> copySqlite(const QString &from, const QString &to, const Cancel &cancel);

} // namespace Slipway
