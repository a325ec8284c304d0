// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/enumerated.h"

#include <QCoreApplication>

namespace Slipway {

QString enumerated(const QStringList &parts)
{
    if (parts.size() < 2)
        return parts.value(0);
    //: The last two parts of a list: "production, eu and us"
    return QCoreApplication::translate("Slipway::Enumerated", "%1 and %2")
        .arg(parts.mid(0, parts.size() - 1).join(QStringLiteral(", ")), parts.constLast());
}

} // namespace Slipway
