// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

class QSortFilterProxyModel;

namespace Slipway {

class LogDelegate;
class LogModel;

/// Log lines on a dark ground. New lines are followed only while the end is in view, so that following never fights
/// scrolling. Long lines scroll sideways. Ctrl+C copies what is selected, each line whole.
class LogView final : public QListView
{
    Q_OBJECT
public:
    /// Steps: without time and process; a line that says no more than the name of its process is a heading.
    enum class Look { Stream, Steps };
    explicit LogView(LogModel &model, QWidget *parent = nullptr);
    void setLook(Look look);
    void setFilter(const QString &text);
    bool isFollowing() const { return m_following; }
    void follow(); ///< to the end, and on from there
    void setEmptyText(const QString &text);

Q_SIGNALS:
    void followingChanged(bool following);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void addCopyAction();
    void copy() const;
    void dress();
    void dressBars();
    void measure(int first, int last); ///< rows of the log that came
    LogDelegate *m_delegate;
    LogModel &m_log;
    QSortFilterProxyModel *m_filter;
    QString m_emptyText;
    bool m_following = true;
    bool m_moving = false; ///< the scroll bar is moved by us
};

} // namespace Slipway
