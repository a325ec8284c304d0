// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Slipway {

/// An area in the surface tone with a line at chosen edges.
class Panel : public QWidget
{
    Q_OBJECT
public:
    explicit Panel(Qt::Edges lines, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::Edges m_lines;
};

/// An area in the tone of the page behind the columns.
class Page : public QWidget
{
    Q_OBJECT
public:
    explicit Page(QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace Slipway
