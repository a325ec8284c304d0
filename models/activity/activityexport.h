// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operation.h"

#include <QJsonObject>

namespace Slipway {

/// RFC 4180 with a line of names, in UTF-8. A field that a spreadsheet would take for a formula gets an apostrophe in
/// front: titles of changes come from anybody.
QByteArray activityAsCsv(const QList<ActivityEntry> &entries);

/// One entry as `slipwayctl activity --json` writes it: a contract, keys may be added but not changed.
QJsonObject activityDocument(const ActivityEntry &entry);

} // namespace Slipway
