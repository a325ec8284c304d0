// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files.h"

#include "descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace Slipway::Run {

std::string systemWords(int error)
{
    return std::strerror(error);
}

Outcome<std::string> readFile(const std::string &path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        return tl::unexpected(systemWords(errno));
    std::string text;
    char chunk[4096];
    for (;;) {
        const ssize_t got = ::read(file.get(), chunk, sizeof chunk);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return tl::unexpected(systemWords(errno));
        if (got == 0)
            return text;
        text.append(chunk, std::size_t(got));
    }
}

int writeAll(int fd, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t put = ::write(fd, text.data(), text.size());
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return errno;
        text.remove_prefix(std::size_t(put));
    }
    return 0;
}

Outcome<void> replaceFile(const std::string &path, std::string_view text)
{
    const std::string fresh = path + ".new";
    Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file)
        return tl::unexpected(systemWords(errno));
    int error = writeAll(file.get(), text);
    if (error == 0 && ::fsync(file.get()) != 0)
        error = errno;
    file.reset();
    if (error == 0 && ::rename(fresh.c_str(), path.c_str()) != 0)
        error = errno;
    if (error != 0) {
        ::unlink(fresh.c_str());
        return tl::unexpected(systemWords(error));
    }
    return {};
}

Outcome<void> makeDirectories(const std::string &path)
{
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error)
        return tl::unexpected(error.message());
    return {};
}

} // namespace Slipway::Run
