// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QByteArray>
#include <QHash>
#include <QMap>
#include <QString>

namespace Slipway {

/// Turns config values into what may be stored and shown to be equal or different: keyed hashes. The key is this
/// installation's own, so that nobody can try values against a hash elsewhere. A value; thread-safe.
class ConfigHasher
{
public:
    /// The key in `file`, made (mode 0600) when it is not there. Storage: it cannot be written.
    static Result<ConfigHasher> open(const QString &file);
    QHash<QString, QString> hashes(const QMap<QString, QString> &values) const; ///< by config key

private:
    QByteArray m_key;
};

} // namespace Slipway
