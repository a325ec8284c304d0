// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/configkey.h"

#include <QRegularExpression>

namespace Slipway {

using namespace Qt::StringLiterals;

bool isConfigKey(const QString &key)
{
    static const QRegularExpression good(u"^[A-Za-z_][A-Za-z0-9_]*\\z"_s);
    return good.match(key).hasMatch();
}

} // namespace Slipway
