// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace Slipway {

/// A text of a JSON object; empty where there is none, or no text.
inline QString textField(const QJsonObject &json, const QString &key)
{
    return json.value(key).toString();
}

} // namespace Slipway
