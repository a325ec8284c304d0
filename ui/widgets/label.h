// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace Slipway {

/// Plain text only, in a tone of the theme; follows the palette and the font.
class Label final : public QLabel
{
    Q_OBJECT
public:
    enum class Look { Normal, Muted, Heading, Title, Section, Warning, Error, Link };
    explicit Label(const QString &text = {}, Look look = Look::Normal, QWidget *parent = nullptr);
    void setLook(Look look);

protected:
    void changeEvent(QEvent *event) override;

private:
    void dress();
    Look m_look;
    bool m_dressing = false;
};

} // namespace Slipway
