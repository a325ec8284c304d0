// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Slipway {

/// Whether half-transparent points of a window of ours show what lies under it. An X server without a compositing
/// manager knows only points that are there and points that are not. One question to the server: ask when it matters.
bool windowsBlend();

} // namespace Slipway
