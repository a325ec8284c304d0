// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/machine/linesplitter.h"

namespace Slipway {

constexpr qsizetype kLongestLine = 16 * 1024;

void LineSplitter::add(QByteArrayView bytes)
{
    for (const char byte : bytes) {
        if (byte == '\n') {
            emitLine();
            continue;
        }
        m_rest.append(byte);
        if (m_rest.size() >= kLongestLine)
            emitLine();
    }
}

void LineSplitter::finish()
{
    if (!m_rest.isEmpty())
        emitLine();
}

void LineSplitter::emitLine()
{
    while (m_rest.endsWith('\r'))
        m_rest.chop(1);
    const qsizetype redrawn = m_rest.lastIndexOf('\r');
    m_sink(QString::fromUtf8(redrawn < 0 ? m_rest : m_rest.mid(redrawn + 1)), m_isError);
    m_rest.clear();
}

} // namespace Slipway
