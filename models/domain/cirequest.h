// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <variant>

namespace Slipway {

/// What CI says of the version that an environment runs.
struct AskReport
{
    QString environment; ///< id
    friend bool operator==(const AskReport &, const AskReport &) = default;
};

/// All that a job printed.
struct AskJobLog
{
    QString environment; ///< id
    QString job;
    friend bool operator==(const AskJobLog &, const AskJobLog &) = default;
};

/// What is to be done to a run of it.
struct CiAct
{
    enum class Kind { Rerun, Cancel, Approve };
    Kind kind = Kind::Rerun;
    QString environment; ///< id
    QString run;
    QString job; ///< Approve: the one that waits
    QString name; ///< of the run, or of the job that waits: for Activity
    friend bool operator==(const CiAct &, const CiAct &) = default;
};

/// What the window asks of who checks commits.
using CiRequest = std::variant<AskReport, AskJobLog, CiAct>;

} // namespace Slipway

Q_DECLARE_METATYPE(Slipway::CiRequest)
