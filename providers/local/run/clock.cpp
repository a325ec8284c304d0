// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock.h"

#include <chrono>
#include <cstdio>
#include <ctime>

namespace Slipway::Run {

namespace {

std::int64_t read(clockid_t clock)
{
    timespec now{};
    ::clock_gettime(clock, &now);
    return std::int64_t(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

} // namespace

std::int64_t monotonicMs()
{
    return read(CLOCK_MONOTONIC);
}

std::int64_t epochMs()
{
    return read(CLOCK_REALTIME);
}

// Calendar arithmetic of <chrono>, not gmtime(): that one reads the time zone files first.
std::string isoStamp(std::int64_t ms)
{
    using namespace std::chrono;
    const sys_time<milliseconds> at{milliseconds(ms)};
    const auto day = floor<days>(at);
    const year_month_day date{day};
    const hh_mm_ss time{at - day};
    char text[80];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()), int(time.hours().count()), int(time.minutes().count()),
                  int(time.seconds().count()), int(time.subseconds().count()));
    return text;
}

std::string dayStamp(std::int64_t ms)
{
    using namespace std::chrono;
    const year_month_day date{floor<days>(sys_time<milliseconds>{milliseconds(ms)})};
    char text[40];
    std::snprintf(text, sizeof text, "%04d%02u%02u", int(date.year()), unsigned(date.month()), unsigned(date.day()));
    return text;
}

std::string spokenDelay(std::int64_t ms)
{
    char text[40];
    if (ms < 1000)
        std::snprintf(text, sizeof text, "%d ms", int(ms));
    else if (ms < 10'000)
        std::snprintf(text, sizeof text, "%.1f s", double(ms) / 1000);
    else
        std::snprintf(text, sizeof text, "%d s", int((ms + 500) / 1000));
    return text;
}

} // namespace Slipway::Run
