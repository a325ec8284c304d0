// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/change.h"

class QMimeData;

namespace Slipway {

/// What is in the air over the board: a card, or an open change from the side bar.
struct Carried
{
    QString environment; ///< id; empty: a change
    std::optional<Change> change;
    bool isEmpty() const { return environment.isEmpty() && !change; }
};

/// Whether a drag is one of these.
bool isCarried(const QMimeData *data);

} // namespace Slipway
