// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/fields.h"

#include "models/domain/plaintext.h"

namespace Slipway::CircleCi {

QString oneLine(const QString &text)
{
    constexpr qsizetype kLongest = 300;
    const QString line = plainText(text.toUtf8()).simplified();
    return line.size() > kLongest ? line.left(kLongest - 1) + u'…' : line;
}

} // namespace Slipway::CircleCi
