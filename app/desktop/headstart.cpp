// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/headstart.h"

#include "models/store/storefile.h"

#include <QAccessible>

#include <algorithm>
#include <functional>
#include <tuple>

#include <fontconfig/fontconfig.h>

namespace Slipway {

namespace {

std::vector<FileCheck> checks(const QStringList &files)
{
    std::vector<FileCheck> checks;
    for (const QString &file : files) {
        if (FileCheck::isDue(file))
            checks.emplace_back(file);
    }
    return checks;
}

} // namespace

HeadStart::HeadStart(const QString &home)
    : m_checking(std::async(
        std::launch::async, &checks,
        QStringList{StoreFile::path(home, StoreFile::Kind::Cache), StoreFile::path(home, StoreFile::Kind::Record)}))
    , m_fonts(std::async(std::launch::async, [] { FcInit(); })) // Qt takes what is there already
{
    // Whatever is shown first asks for this, which waits for answers from the session bus: time for the threads.
    std::ignore = QAccessible::isActive();
}

FileState HeadStart::files()
{
    m_checks = m_checking.get();
    const bool whole = std::all_of(m_checks.cbegin(), m_checks.cend(), std::mem_fn(&FileCheck::isWhole));
    return whole ? FileState::Whole : FileState::Unknown;
}

void HeadStart::wait()
{
    m_fonts.wait();
}

} // namespace Slipway
