// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Slipway {

/// Without escape sequences and control characters; tabs stay.
QString plainText(const QByteArray &text);

} // namespace Slipway
