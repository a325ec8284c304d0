// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>

/// Milliseconds of CPU that this process has used: what else the machine does is not in it.
inline double cpuMs(clockid_t clock = CLOCK_PROCESS_CPUTIME_ID)
{
    timespec now{};
    ::clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Of this thread alone: Qt Network speaks HTTP in a thread of its own.
inline double threadMs()
{
    return cpuMs(CLOCK_THREAD_CPUTIME_ID);
}
