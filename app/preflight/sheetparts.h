// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/preflight/situation.h"
#include "models/domain/preflight.h"

namespace Slipway {

/// Parts that the sheets of several moves are made of.

/// Of what the checks looked at: another one means that something moved.
QString fingerprintOf(const Situation &s, const QString &kind, const QList<Card> &cards);

/// The keys of `target` that are not as those of `source`, by key. `name`: of the target where there are several.
QList<ConfigDifference> configDifferences(const QHash<QString, QString> &source, const QHash<QString, QString> &target,
                                          const QString &name = {});

/// Fills commits, groups and changes; a release with work that no commit holds is a change by itself.
void listCommits(Preflight &sheet, const QList<Commit> &commits, const std::optional<Release> &uncommitted = {});

/// What people call the release: its change, else its version.
QString titleOf(const Release &release);

/// "1 change", "3 changes".
QString changesText(qsizetype count);

} // namespace Slipway
