// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "ui/widgets/button.h"

#include <QDialog>

class QCheckBox;
class QHBoxLayout;
class QScrollArea;
class QVBoxLayout;

namespace Slipway {

class Label;

/// A modal sheet over the window: title, summary, a body that scrolls when it must, and a foot with Cancel and the
/// action. Enter acts, Esc cancels. Shown by a SheetHost; no event loop of its own.
class Sheet : public QDialog
{
    Q_OBJECT
public:
    Sheet(const QString &title, const QString &summary, const QString &action);
    /// The input was refused: said in the sheet, which is open again.
    void showError(const Error &error);
    Button *actionButton() const { return m_action; }
    QString errorText() const;
    int heightFor(int width) const; ///< with the whole body in view
    virtual void start() { } ///< shown now: put the focus where typing begins

Q_SIGNALS:
    void confirmed(); ///< the action was chosen; the host hides the sheet
    void cancelled();

public Q_SLOTS:
    void accept() override;
    void reject() override;

protected:
    void setHead(const QString &title, const QString &summary);
    void setAction(const QString &text, Button::Look look); ///< an empty text: there is none, the sheet only shows
    void setCancelText(const QString &text);
    Button *cancelButton() const { return m_cancel; }
    /// Empty: the action can be chosen; else why not, in the sheet's foot.
    void setBlocked(const QString &why);
    void setNote(const QString &sentence); ///< over the foot, in view wherever the body is scrolled; empty: none
    QVBoxLayout *body() const { return m_body; }
    void clearBody();
    void setFootWidget(QWidget *widget); ///< at the left of the foot
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void buildFoot(const QString &action);
    Label *m_title;
    Label *m_summary;
    QScrollArea *m_scroll;
    QVBoxLayout *m_body;
    Label *m_note;
    Label *m_error;
    Label *m_why;
    QHBoxLayout *m_foot;
    QWidget *m_footWidget = nullptr;
    Button *m_cancel;
    Button *m_action;
};

} // namespace Slipway
