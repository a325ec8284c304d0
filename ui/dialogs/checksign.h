// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace Slipway {

/// How a line of a sheet stands, as a shape in its tone: drawn, not typed, for every font has ✓ at another size. The
/// word for it stands beside.
class CheckSign final : public QWidget
{
    Q_OBJECT
public:
    enum class Shape { Tick, Exclamation, Cross, Dash, Ring /**< works */, Arrow /**< taken back */ };
    explicit CheckSign(Shape shape, QWidget *parent = nullptr);
    static Tone toneOf(Shape shape);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Shape m_shape;
};

} // namespace Slipway
