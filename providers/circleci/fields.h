// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/http/fields.h"

namespace Slipway::CircleCi {

/// Text of the service in one line, without control characters, at most 300 characters.
QString oneLine(const QString &text);

/// Reads an object of CircleCI's, which leaves out, or sets to null, what is not there yet.
class Fields final : public Slipway::Fields
{
public:
    Fields(QJsonObject object, QString what)
        : Slipway::Fields(std::move(object), std::move(what), {QStringLiteral("CircleCI"), 2e9})
    { }

    QString label(const QString &name) { return oneLine(maybeText(name)); } ///< maybeText() for people
};

} // namespace Slipway::CircleCi
