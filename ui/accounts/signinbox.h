// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/signincode.h"

#include <QWidget>

namespace Slipway {

class Button;
class Label;

/// Signing in at a service, within a sheet: a button; the code to type in there, while it waits; that it is done.
/// Whoever owns it does the rest.
class SignInBox final : public QWidget
{
    Q_OBJECT
public:
    enum class State { Idle, Asking, Waiting, Done };
    explicit SignInBox(QWidget *parent = nullptr);
    /// `title`: of the service; `problem`: why nobody can sign in from here, and what to do; empty: somebody can.
    void setService(const QString &title, const QString &problem);
    void setReady(bool ready); ///< the sheet knows what else it takes
    void showCode(const SignInCode &code); ///< it waits now
    void setState(State state);
    State state() const { return m_state; }
    QList<QWidget *> stops() const; ///< of the Tab key, in their order

Q_SIGNALS:
    void begun(); ///< Asking now: showCode() answers, or setState(Idle)
    void stopped(); ///< Idle now: a token is given instead

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildCode();
    void buildBusy();
    void dress();
    void copy();
    void open();
    QString sentence() const; ///< what it does now

    State m_state = State::Idle;
    QString m_title;
    QString m_problem;
    bool m_ready = false;
    SignInCode m_code;
    Button *m_begin;
    Label *m_hint;
    QWidget *m_panel;
    Label *m_head;
    Label *m_letters;
    Label *m_page;
    Button *m_copy;
    Button *m_open;
    QWidget *m_busy;
    QWidget *m_ring;
    QWidget *m_tick;
    Label *m_sentence;
    Button *m_stop;
};

} // namespace Slipway
