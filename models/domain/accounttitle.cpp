// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/accounttitle.h"

#include <QCoreApplication>

namespace Slipway {

QString accountTitle(const QString &name)
{
    return name == QLatin1StringView("local") ? QCoreApplication::translate("Slipway::Account", "This machine") : name;
}

} // namespace Slipway
