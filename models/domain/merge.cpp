// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/merge.h"

#include "models/domain/enumnames.h"

namespace Slipway {

namespace {

constexpr EnumNames<MergeMethod, 3> kMethods{{
    {MergeMethod::Merge, "merge"},
    {MergeMethod::Squash, "squash"},
    {MergeMethod::Rebase, "rebase"},
}};

} // namespace

QString toString(MergeMethod method)
{
    return enumName(kMethods, method);
}

std::optional<MergeMethod> mergeMethodFromString(const QString &text)
{
    return enumValue(kMethods, text);
}

} // namespace Slipway
