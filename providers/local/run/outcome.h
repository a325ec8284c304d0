// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tl/expected.hpp>

#include <string>

namespace Slipway::Run {

/// A value, or one sentence for a person that names the input and what was expected of it.
template<typename T> using Outcome = tl::expected<T, std::string>;

} // namespace Slipway::Run
