// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/http/httpmessage.h"

namespace Slipway {

QByteArray HttpAnswer::header(QByteArrayView name) const
{
    QByteArray found;
    for (const auto &[key, value] : headers) {
        if (QByteArrayView(key).compare(name, Qt::CaseInsensitive) != 0)
            continue;
        if (!found.isEmpty())
            found += ", ";
        found += value;
    }
    return found;
}

} // namespace Slipway
