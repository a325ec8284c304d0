// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace Slipway {

/// Files of a tree that hold a pointer into Git LFS instead of their content, by path from the tree's root. Empty at
/// once where no .gitattributes mentions LFS. Blocking, thread-safe.
QStringList largeFilePointers(const QString &directory);

} // namespace Slipway
