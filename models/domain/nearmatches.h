// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace Slipway {

/// Up to three of `names` that somebody who wrote `wanted` may have meant, best first.
QStringList nearMatches(const QString &wanted, const QStringList &names);

} // namespace Slipway
