// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QMap>
#include <QString>

namespace Slipway {

/// A .env file by foreman's rules: KEY=VALUE, an optional `export `, '…' literal, "…" with \n and \", no expansion,
/// never run by a shell. Lines that are no assignment are Invalid with `name` and the line number.
Result<QMap<QString, QString>> parseEnvFile(const QByteArray &text, const QString &name);
/// Reads DIRECTORY/.env; an absent one gives nothing.
Result<QMap<QString, QString>> readEnvFile(const QString &directory);

} // namespace Slipway
