// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

namespace Slipway {

/// What a person types in at a service to let Slipway in. It says nothing to anybody else: the secret half stays with
/// the provider.
struct SignInCode
{
    QString code; ///< "WDJB-MJHT": one line, printable
    QUrl page; ///< where it is typed in: https, or http on this machine
    int minutes = 0; ///< how long it is good for, from when it was made

    friend bool operator==(const SignInCode &, const SignInCode &) = default;
};

} // namespace Slipway
