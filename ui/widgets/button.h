// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

#include <optional>

namespace Slipway {

/// A flat push button in the tones of the theme; keyboard, focus and accessibility are QPushButton's own.
class Button final : public QPushButton
{
    Q_OBJECT
public:
    enum class Look { Plain, Primary, Danger, Quiet /**< no border until hovered */, Link /**< leads elsewhere */ };
    explicit Button(const QString &text, Look look = Look::Plain, QWidget *parent = nullptr);
    void setLook(Look look);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct KnownSize
    {
        std::optional<Look> look;
        QString text;
        QFont font;
        QSize size;
    };
    Look m_look;
    mutable KnownSize m_known; ///< layouts ask over and over
};

} // namespace Slipway
