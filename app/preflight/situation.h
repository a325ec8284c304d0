// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"

namespace Slipway {

/// What the sheets of all moves look at beside the environments, read once.
struct Situation
{
    const BoardReader &reader;
    Pipeline pipeline;
    Policy policy;
    std::optional<AccountStatus> account;
    std::optional<Hold> hold; ///< of staging, not over
    QList<Operation> active; ///< in this pipeline
    QString by; ///< who asks
    QDateTime now; ///< UTC

    /// NotFound names the environment and what to do.
    Result<Card> card(const QString &name) const;
    /// The named environment, which must be of that stage; an empty name means the first one there is.
    Result<Card> cardAt(Stage stage, const QString &name) const;
    /// What `head` has that `base` has not and the other way round, from the cache; nullopt: never compared.
    std::optional<Comparison> compared(const std::optional<Release> &base, const std::optional<Release> &head) const;
};

Result<Situation> situationOf(const BoardReader &reader, const QString &pipeline, const QString &by,
                              const QDateTime &now);

} // namespace Slipway
