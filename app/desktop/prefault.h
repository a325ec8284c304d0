// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace Slipway {

// Memory that is about to be written anyway, fetched by one call instead of by one fault for each page. A fault cost
// 16 µs on the virtual machines where this was measured, a page fetched in a row 1 µs. Where the kernel does not know
// the call (before Linux 5.14), nothing happens.

/// The heap that a board takes up to its first picture, in two large pages where the system has them to give: on those
/// machines even a page fetched in a row costs 5 µs more when it is written first, a large one as much for 2 MB. What
/// is free after the start goes back to the system (Engine). Call it first in main().
void prefaultHeap();

/// The picture of a window that was shown and has not painted yet.
void prefaultPicture(const QWidget &window);

} // namespace Slipway
