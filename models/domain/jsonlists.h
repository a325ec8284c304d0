// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonValue>
#include <QStringList>

/// Private to models/.
namespace Slipway {

/// The texts of a list; anything else is an empty one.
inline QStringList stringsFromJson(const QJsonValue &value)
{
    QStringList list;
    const QJsonArray array = value.toArray();
    list.reserve(array.size());
    for (const auto &one : array)
        list.append(one.toString());
    return list;
}

} // namespace Slipway
