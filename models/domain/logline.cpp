// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/logline.h"

#include "models/domain/enumnames.h"

namespace Slipway {

namespace {

constexpr EnumNames<LogKind, 3> kLogKinds{{
    {LogKind::Runtime, "runtime"},
    {LogKind::Build, "build"},
    {LogKind::Release, "release"},
}};

} // namespace

QString toString(LogKind kind)
{
    return enumName(kLogKinds, kind);
}

LogKind logKindFromString(const QString &text)
{
    return enumValue(kLogKinds, text).value_or(LogKind::Runtime);
}

} // namespace Slipway
