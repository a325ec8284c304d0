// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Slipway {

/// Where a git remote is, without what would let somebody in: "github.com/acme/shop", "127.0.0.1:8080/acme/shop" (a
/// port of http alone: one of ssh says nothing about the pages). Empty: it is on this machine's disk, or not
/// understood. (Source: gitdocs, "git-clone", "Git URLs".)
QString remotePlace(const QString &url);

} // namespace Slipway
