// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QString>
#include <QStringList>

namespace Slipway {

/// Makes `view`, a copy of `release` of hard links, in which each path of `writable` is a link to the same path below
/// `writableRoot` (filled from the release the first time). A release is shared and read-only: an application that must
/// write beside its own files runs in such a view. Replaces an older view. With nothing writable: `release` itself.
Result<QString> writableView(const QString &release, const QStringList &writable, const QString &writableRoot,
                             const QString &view);

} // namespace Slipway
