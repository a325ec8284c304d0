// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Slipway {

class Error;
class Label;

/// What happened and what to do, over the board until dismissed. Notices go by themselves with the next one.
class Banner final : public QWidget
{
    Q_OBJECT
public:
    explicit Banner(QWidget *parent = nullptr);
    void showError(const Error &error);
    void showNotice(const QString &sentence);
    void hideNotice(); ///< it answered what was done last; an error stays until it is dismissed
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build(); ///< when there is something to say for the first time
    void say(const QString &what, const QString &more, bool bad);
    Label *m_what = nullptr;
    Label *m_more = nullptr;
    bool m_bad = false;
};

} // namespace Slipway
