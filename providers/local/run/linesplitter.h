// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace Slipway::Run {

/// Cuts a stream of bytes into lines. Bytes stay as they are, but for the line end (`\n` or `\r\n`) and zero bytes,
/// which become spaces. A line longer than 16 KiB is cut there, not inside a UTF-8 character.
class LineSplitter final
{
public:
    static constexpr std::size_t kMaxLine = 16 * 1024;
    using Sink = std::function<void(std::string_view line)>;

    void feed(std::string_view bytes, const Sink &sink);
    void finish(const Sink &sink); ///< Hands out what is left without a line end.

private:
    void cutLong(const Sink &sink);

    std::string m_rest;
};

} // namespace Slipway::Run
