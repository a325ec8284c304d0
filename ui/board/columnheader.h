// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Slipway {

/// Title, count and a note: "Dev environments 4 … 1 asleep".
class ColumnHeader final : public QWidget
{
    Q_OBJECT
public:
    explicit ColumnHeader(const QString &title, QWidget *parent = nullptr);
    void setCount(int count);
    void setNote(const QString &note);
    void setButton(QWidget *button); ///< at the right of the note; takes it
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void describe();
    QString m_title;
    int m_count = 0;
    QString m_note;
    QWidget *m_button = nullptr;
};

} // namespace Slipway
