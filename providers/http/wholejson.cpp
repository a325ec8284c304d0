// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/http/wholejson.h"

namespace Slipway {

bool isWholeJson(QByteArrayView text)
{
    text = text.trimmed();
    if (!text.startsWith('{') && !text.startsWith('['))
        return true;
    qsizetype depth = 0;
    bool inText = false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char letter = text.at(at);
        if (inText) {
            if (letter == '\\')
                ++at;
            else if (letter == '"')
                inText = false;
        } else if (letter == '"') {
            inText = true;
        } else if (letter == '{' || letter == '[') {
            ++depth;
        } else if (letter == '}' || letter == ']') {
            --depth;
        }
    }
    return depth <= 0 && !inText;
}

} // namespace Slipway
