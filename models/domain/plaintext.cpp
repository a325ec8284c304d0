// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/plaintext.h"

#include <QRegularExpression>

namespace Slipway {

using namespace Qt::StringLiterals;

QString plainText(const QByteArray &text)
{
    // CSI and OSC sequences, then any other escape with its one letter.
    static const QRegularExpression escapes(
        u"\x1b\\[[0-?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(\x07|\x1b\\\\)?|\x1b[ -/]*[0-~]?"_s);
    QString plain = QString::fromUtf8(text);
    if (plain.contains(QChar(0x1b)))
        plain.remove(escapes);
    plain.removeIf([](QChar c) { return c != u'\t' && c.category() == QChar::Other_Control; });
    return plain;
}

} // namespace Slipway
