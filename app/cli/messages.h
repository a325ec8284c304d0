// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/context.h"

namespace Slipway::Cli {

/// Says on stderr what others did meanwhile to what this person had ("Ines took staging over from you"), once.
void tellMessages(Context &context);

} // namespace Slipway::Cli
