// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Slipway {

/// Puts `made` behind `before` in the order of Tab: something that is made later than what stands around it. Unlike
/// QWidget::setTabOrder(), it takes a `before` that Tab does not stop at. `made` takes the focus.
inline void placeInTabOrder(QWidget *before, QWidget *made)
{
    const Qt::FocusPolicy policy = before->focusPolicy();
    if (policy == Qt::NoFocus)
        before->setFocusPolicy(Qt::TabFocus);
    QWidget::setTabOrder(before, made);
    if (policy == Qt::NoFocus)
        before->setFocusPolicy(policy);
}

} // namespace Slipway
