// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/filecheck.h"

#include <future>
#include <vector>

namespace Slipway {

/// What the first picture needs beside the main thread: looks both databases over and reads the system's font
/// configuration, each in a thread of its own, while the main thread waits for the session bus. Made right after the
/// application.
class HeadStart
{
public:
    explicit HeadStart(const QString &home);

    /// What open() may believe of the databases. Keep this until they are closed again (see FileCheck).
    FileState files();
    void wait(); ///< until the fonts are known: before the first text is measured

private:
    std::future<std::vector<FileCheck>> m_checking;
    std::vector<FileCheck> m_checks;
    std::future<void> m_fonts;
};

} // namespace Slipway
