// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>
#include <QString>

#include <array>
#include <optional>
#include <utility>

/// Private to models/: one table per enumeration, read in both directions, so that a name cannot differ between them.
namespace Slipway {

template<typename Enum, std::size_t Size> using EnumNames = std::array<std::pair<Enum, const char *>, Size>;

template<typename Enum, std::size_t Size> QString enumName(const EnumNames<Enum, Size> &names, Enum value)
{
    for (const auto &[known, name] : names) {
        if (known == value)
            return QString::fromLatin1(name);
    }
    return {};
}

template<typename Enum, std::size_t Size>
std::optional<Enum> enumValue(const EnumNames<Enum, Size> &names, const QString &text)
{
    for (const auto &[known, name] : names) {
        if (text == QLatin1StringView(name))
            return known;
    }
    return std::nullopt;
}

} // namespace Slipway
