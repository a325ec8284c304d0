// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"
#include "models/domain/decision.h"
#include "models/domain/intent.h"

namespace Slipway {

/// What a rule wants done now.
struct RuleAct
{
    QString rule; ///< "new-change": Activity says "rule new-change"
    std::variant<std::monostate, Intent, Decision> deed; ///< monostate: only something to note
    /// Noted once the deed was begun, so that it is not wanted again: see SlipwayStore::noteRule().
    QString subject;
    QString note; ///< empty: the subject's note is taken out
    QString environment; ///< id of the one whose lifetime changes
    std::optional<Lifetime> lifetime; ///< with `environment`; nullopt: it has none any more
    friend bool operator==(const RuleAct &, const RuleAct &) = default;
};

/// What the rules of a pipeline's policy want done at `now`; nothing when none is on. Looks at the stores alone and
/// changes nothing. `clockJumped`: since the last look, so that no time that ran out is believed.
QList<RuleAct> dueActs(const BoardReader &reader, const QString &pipeline, const QDateTime &now, bool clockJumped);

} // namespace Slipway
