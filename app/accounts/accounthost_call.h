// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The template part of AccountHost.
#include "app/accounts/accounthost.h"
#include "app/operations/detached.h"

namespace Slipway {

Error stoppedError(); ///< Cancelled: Slipway is closing

template<typename T>
void AccountHost::call(QObject *context, std::function<Task<T>(Provider &)> work, std::function<void(Result<T>)> done)
{
    const std::shared_ptr<Mailbox> mailbox = Mailbox::of(context);
    const std::function<void(Result<T>)> reply = [mailbox, done = std::move(done)](Result<T> result) {
        mailbox->post([mailbox, done, result = std::move(result)] {
            done(result);
            mailbox->close();
        });
    };
    post([work = std::move(work), reply](Provider *provider) {
        if (provider)
            whenDone<T>(work(*provider), reply);
        else
            reply(tl::unexpected(stoppedError()));
    });
}

} // namespace Slipway
