// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/heroku/herokuapi.h"

namespace Slipway::Heroku {

/// Brings source code to where Heroku's builds can fetch it. Account's thread.
class Sources
{
public:
    explicit Sources(HerokuApi &api)
        : m_api(api)
    { }

    /// Uploads a .tar.gz; the address is a secret of its own and good for about an hour. A lost answer is asked for
    /// again by whoever carries on: an upload that nobody builds does nothing.
    Task<QUrl> upload(QString archive, Progress progress);

private:
    HerokuApi &m_api;
};

} // namespace Slipway::Heroku
