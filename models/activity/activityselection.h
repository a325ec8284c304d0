// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operation.h"

namespace Slipway {

/// Which lines of Activity; an empty part does not restrict.
struct ActivitySelection
{
    QString pipeline;
    QString environment; ///< name
    QString kind;
    bool holds(const ActivityEntry &entry) const
    {
        return (pipeline.isEmpty() || entry.pipeline == pipeline)
            && (environment.isEmpty() || entry.environment == environment) && (kind.isEmpty() || entry.kind == kind);
    }
    friend bool operator==(const ActivitySelection &, const ActivitySelection &) = default;
};

/// A file to write them to, all that there are.
struct ActivityFile
{
    ActivitySelection selection;
    QString path;
    bool json = false; ///< else CSV
    friend bool operator==(const ActivityFile &, const ActivityFile &) = default;
};

} // namespace Slipway
