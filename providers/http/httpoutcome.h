// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/http/httpmessage.h"

namespace Slipway {

/// How one attempt of a request ended.
struct HttpOutcome
{
    Result<HttpAnswer> answer = HttpAnswer();
    bool maySent = true; ///< the service may have got the whole request
    bool passing = false; ///< an error that may be gone at the next attempt
    bool delivered = false; ///< bytes of a stream went to its receiver: another attempt would double them
};

} // namespace Slipway
