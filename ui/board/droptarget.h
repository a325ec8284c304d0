// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Slipway {

/// The dashed place in a column that says what a drop there would do, or why it cannot be.
class DropTarget final : public QWidget
{
    Q_OBJECT
public:
    explicit DropTarget(QWidget *parent = nullptr);
    void show(const QString &text, bool legal);
    void setAimed(bool aimed, const QString &hint = {}); ///< the pointer or the arrow keys are here
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QString m_hint;
    bool m_legal = false;
    bool m_aimed = false;
};

} // namespace Slipway
