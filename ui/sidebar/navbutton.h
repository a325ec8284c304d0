// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace Slipway {

/// A row of the side bar that stands alone: "Activity".
class NavButton final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit NavButton(const QString &text, QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// Name and sign at the top of the side bar.
class Brand final : public QWidget
{
    Q_OBJECT
public:
    explicit Brand(QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace Slipway
