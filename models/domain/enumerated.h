// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace Slipway {

/// "production", "production and eu", "production, eu and us". In the language of the user interface, which
/// QLocale::createSeparatedList() is not where the locale is C.
QString enumerated(const QStringList &parts);

} // namespace Slipway
