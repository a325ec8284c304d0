// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/step.h"

namespace Slipway {

/// Begins an operation, as Operations::start().
using StartOperation = std::function<Result<QString>(const Intent &intent, const QString &by)>;

/// Obeys what people with write permission say on pull requests, and answers. One call for a pipeline at a time; on
/// one home by the process that has the lease of the automation. Engine thread.
///
/// A comment is obeyed once, however many desktops of the team read it, and by none twice:
/// 1. What was heard is noted in slipway.db before it counts as read, so that nothing is lost to a crash.
/// 2. Who would answer takes the answer on, by making a ref as for a hold (refs/slipway/hold/comment.<id>). Of several
///    at once git lets one make it; the others forget the comment. It is not taken over when its time is over, for its
///    owner may only be asleep: a command of somebody whose desktop never comes back is not obeyed, and can be said
///    again.
/// 3. The one who has it looks for an answer with the comment's mark: whoever had the ref before has answered before
///    giving it back. Then it answers, or says "On it", with that mark, and gives the ref back.
/// 4. Only then something is begun; when it has ended, the answer becomes its outcome.
/// What was noted says how far it came, and is carried on at the next call: in this process, or in the next one here.
Task<void> heedComments(StepContext c, StartOperation start);

} // namespace Slipway
