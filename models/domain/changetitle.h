// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Slipway {

/// What the subject and body of a merge commit say about what was merged.
struct MergeMessage
{
    QString branch; ///< empty: it does not say
    QString title; ///< of the pull request; empty when it was a plain merge
};
MergeMessage readMergeMessage(const QString &subject, const QString &body);

/// "faster-checkout-totals" -> "Faster checkout totals"; "feature/PAY-12_refunds" -> "PAY-12 refunds".
QString titleOfBranch(const QString &branch);

} // namespace Slipway
