// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"
#include "models/domain/operation.h"

namespace Slipway {

/// Says in an operation that ended well what takes it back exactly: an intent, and the words for its button. Read from
/// a cache that knows the operation's effect. Leaves both empty when nothing does.
void setWayBack(Operation &operation, const BoardReader &reader);

} // namespace Slipway
