// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

#include <functional>

class QLineEdit;
class QListWidget;

namespace Slipway {

/// What can be found: a word on its kind, a text, and what choosing it does.
struct PaletteEntry
{
    QString text;
    QString kind; ///< "environment", "change", "command"
    std::function<void()> run;
    /// What it says instead of `text` once few enough are left: found out then, not before. May be empty.
    std::function<QString()> answer = {};
};

/// Ctrl+K: one field over the window for environments, changes and commands. Up, Down and Enter choose, Esc closes.
class CommandPalette final : public QWidget
{
    Q_OBJECT
public:
    explicit CommandPalette(QWidget *window);
    void open(const QList<PaletteEntry> &entries);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void place();
    void filter(const QString &text);
    void answer();
    void run(int row);
    void close();
    QList<PaletteEntry> m_entries;
    QWidget *m_panel;
    QLineEdit *m_field;
    QListWidget *m_list;
    QPointer<QWidget> m_focusBefore;
};

} // namespace Slipway
