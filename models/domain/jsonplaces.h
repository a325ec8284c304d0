// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace Slipway {

/// Line (from 1) of a byte offset.
int lineOfOffset(const QByteArray &text, qsizetype offset);
/// Line of the key or element that `path` leads to ("data", "1", "sqlite") in a JSON text that parses; of the deepest
/// part that exists when it does not. QJsonDocument keeps no positions, and people want to know where to look.
int lineOfPath(const QByteArray &json, const QStringList &path);

} // namespace Slipway
