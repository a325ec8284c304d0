// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

namespace Slipway {

class Error;
class Sheet;

/// The scrim over the window with at most one sheet on it. A confirmed sheet is kept hidden until its outcome is known,
/// so that a refusal can be said where the input still stands.
class SheetHost final : public QWidget
{
    Q_OBJECT
public:
    explicit SheetHost(QWidget *window);
    void open(Sheet *sheet); ///< takes it; one that is open is cancelled
    Sheet *current() const; ///< the open one
    Sheet *pending() const; ///< confirmed, outcome not known yet
    /// True when the error belonged to an open or pending sheet, which now says it.
    bool takeError(const Error &error);
    void settle(); ///< the outcome is known: good
    bool isOpen() const { return isVisible(); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void place();
    void close();
    QPointer<Sheet> m_sheet;
    bool m_pending = false;
    QPointer<QWidget> m_focusBefore;
};

} // namespace Slipway
