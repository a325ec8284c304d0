// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "logwriter.h"

#include "clock.h"
#include "files.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>

namespace Slipway::Run {

namespace {

constexpr std::int64_t kMaxSize = 10LL * 1024 * 1024;
constexpr int kKeptFiles = 5; // the one being written and .1 to .4
constexpr std::size_t kBatch = 64 * 1024;

} // namespace

LogWriter::LogWriter(std::string directory, std::string name)
    : m_directory(std::move(directory))
    , m_name(std::move(name))
{ }

void LogWriter::add(char stream, std::string_view line)
{
    if (const std::int64_t now = epochMs(); now != m_stampedMs) { // a flood has many lines a millisecond
        m_stampedMs = now;
        m_stamp = isoStamp(now);
        if (const std::string day = dayStamp(now); day != m_day) {
            flush();
            m_day = day;
        }
    }
    if (m_batch.size() >= kBatch)
        flush();
    m_batch += m_stamp;
    m_batch += ' ';
    m_batch += stream;
    m_batch += ' ';
    m_batch += line;
    m_batch += '\n';
    ++m_batchLines;
}

void LogWriter::flush()
{
    if (m_batch.empty())
        return;
    if (!openFile())
        return;
    if (m_size > 0 && m_size + std::int64_t(m_batch.size()) > kMaxSize) {
        rotate();
        if (!openFile())
            return;
    }
    if (m_dropped > 0) {
        const std::string remark = isoStamp(epochMs()) + " s " + std::to_string(m_dropped)
            + (m_dropped == 1 ? " line dropped: " : " lines dropped: ") + "the log could not be written ("
            + systemWords(m_error) + ")\n";
        m_batch.insert(0, remark);
    }
    if (const int error = writeAll(m_file.get(), m_batch); error != 0) {
        // Half a line would make the file lie; what cannot be cut off again ends at least where it is.
        if (::ftruncate(m_file.get(), m_size) != 0)
            m_size = 0;
        lose(error);
        return;
    }
    m_size += std::int64_t(m_batch.size());
    m_dropped = 0;
    m_batch.clear();
    m_batchLines = 0;
    if (m_batch.capacity() > 2 * kBatch)
        m_batch.shrink_to_fit();
}

/// Makes sure m_file is the file of m_day, also after somebody removed it. On failure the batch is lost and counted.
bool LogWriter::openFile()
{
    struct stat info
    {
    };
    if (m_file && (m_fileDay != m_day || ::fstat(m_file.get(), &info) != 0 || info.st_nlink == 0))
        m_file.reset();
    if (m_file)
        return true;
    m_file.reset(::open(path().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0600));
    if (!m_file || ::fstat(m_file.get(), &info) != 0) {
        lose(errno);
        return false;
    }
    m_fileDay = m_day;
    m_size = std::int64_t(info.st_size);
    return true;
}

void LogWriter::rotate()
{
    const std::string base = path();
    for (int number = kKeptFiles - 1; number > 0; --number) {
        const std::string older = base + "." + std::to_string(number);
        const std::string newer = number == 1 ? base : base + "." + std::to_string(number - 1);
        ::rename(newer.c_str(), older.c_str());
    }
    m_file.reset();
}

std::string LogWriter::path() const
{
    return m_directory + "/" + m_name + "-" + m_day + ".log";
}

void LogWriter::lose(int error)
{
    m_error = error;
    m_dropped += m_batchLines;
    m_batch.clear();
    m_batchLines = 0;
    m_file.reset(); // a fresh attempt next time: the directory or the disk may have been put right
}

} // namespace Slipway::Run
