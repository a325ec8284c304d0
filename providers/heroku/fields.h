// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/http/fields.h"

namespace Slipway::Heroku {

/// Reads an object of Heroku's.
class Fields final : public Slipway::Fields
{
public:
    Fields(QJsonObject object, QString what)
        : Slipway::Fields(std::move(object), std::move(what), {QStringLiteral("Heroku")})
    { }
};

} // namespace Slipway::Heroku
