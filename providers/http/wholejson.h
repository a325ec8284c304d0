// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace Slipway {

/// Whether all that a JSON object or array opens is closed again: no beginning of one passes. Text that does not start
/// with either passes. Cheap; it does not look whether the rest is right.
bool isWholeJson(QByteArrayView text);

} // namespace Slipway
