// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "linesplitter.h"

#include <algorithm>

namespace Slipway::Run {

namespace {

bool continuesCharacter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

} // namespace

void LineSplitter::feed(std::string_view bytes, const Sink &sink)
{
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const std::size_t from = m_rest.size();
        m_rest.append(bytes.substr(0, end));
        std::replace(m_rest.begin() + std::ptrdiff_t(from), m_rest.end(), '\0', ' ');
        if (end == std::string_view::npos) {
            cutLong(sink);
            return;
        }
        bytes.remove_prefix(end + 1);
        if (m_rest.ends_with('\r'))
            m_rest.pop_back();
        cutLong(sink);
        sink(m_rest);
        m_rest.clear();
    }
}

void LineSplitter::finish(const Sink &sink)
{
    if (!m_rest.empty())
        sink(m_rest);
    m_rest.clear();
    m_rest.shrink_to_fit();
}

void LineSplitter::cutLong(const Sink &sink)
{
    while (m_rest.size() > kMaxLine) {
        std::size_t cut = kMaxLine;
        while (cut > kMaxLine - 3 && continuesCharacter(m_rest[cut]))
            --cut;
        if (continuesCharacter(m_rest[cut]))
            cut = kMaxLine; // not UTF-8 at all
        sink(std::string_view(m_rest).substr(0, cut));
        m_rest.erase(0, cut);
    }
}

} // namespace Slipway::Run
