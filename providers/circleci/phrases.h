// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace Slipway::CircleCi {

/// The translation context of what this provider says.
struct Phrases
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::CircleCi)
};

} // namespace Slipway::CircleCi
