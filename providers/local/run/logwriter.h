// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "descriptor.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace Slipway::Run {

/// The log of one process: DIR/NAME-YYYYMMDD.log, a file a UTC day, lines `2026-11-24T03:22:11.123Z o text`.
/// A file that has grown to 10 MiB becomes NAME-YYYYMMDD.log.1, older ones move up, five are kept.
/// Never fails and never waits: lines that cannot be written (disk full) are counted, and the count is written once it
/// works again.
class LogWriter final
{
public:
    static constexpr char kOut = 'o';
    static constexpr char kErr = 'e';
    static constexpr char kRemark = 's'; ///< said by Slipway, not by the application

    LogWriter(std::string directory, std::string name);

    void add(char stream, std::string_view line); ///< Stamped now; in the file after flush().
    void flush();

private:
    bool openFile();
    void rotate();
    std::string path() const;
    void lose(int error);

    std::string m_directory;
    std::string m_name;
    std::string m_day; ///< the day of the lines in m_batch
    std::int64_t m_stampedMs = -1;
    std::string m_stamp; ///< of m_stampedMs
    std::string m_batch; ///< whole lines, not yet written
    std::int64_t m_batchLines = 0;
    std::int64_t m_dropped = 0;
    int m_error = 0; ///< errno of the last failed attempt
    Descriptor m_file;
    std::string m_fileDay; ///< the day m_file belongs to
    std::int64_t m_size = 0;
};

} // namespace Slipway::Run
