// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QJsonObject>
#include <QString>

namespace Slipway {

/// State on disk: JSON with a "format" number, replaced as a whole or not at all. Thread-safe as plain functions.
constexpr int kStateFormat = 1;

/// NotFound when absent, Storage when unreadable or damaged, Unsupported when a newer Slipway wrote it.
Result<QJsonObject> readState(const QString &path);
/// Adds the format, writes aside, syncs, renames. Mode 0600.
Result<void> writeState(const QString &path, QJsonObject state);
/// Makes `path` (and what is above it) with mode 0700.
Result<void> makeFolder(const QString &path);

} // namespace Slipway
