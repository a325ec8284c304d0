// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"
#include "models/domain/preflight.h"

#include <QCoreApplication>

namespace Slipway {

/// What the checks of one promotion look at, read once.
struct Promotion
{
    PromoteIntent intent;
    Pipeline pipeline;
    Card source;
    Card target;
    std::optional<AccountStatus> account;
    std::optional<Comparison> comparison; ///< target's version...source's version
    StagingGauge gauge;
    QDateTime now; ///< UTC
    QString by; ///< who asks
    bool toProduction = false;

    QString from() const { return source.environment.name; }
    QString to() const { return target.environment.name; }
};

class PreflightWords
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Preflight)
};

/// One function a check; each answers its one line of the sheet.
QList<Check> promotionChecks(const Promotion &promotion);

} // namespace Slipway
