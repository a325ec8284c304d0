// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/notedialog.h"

#include "ui/widgets/label.h"

#include <QPlainTextEdit>
#include <QShortcut>
#include <QVBoxLayout>

namespace Slipway {

NoteDialog::NoteDialog(const QString &title, const QString &summary, const QString &action, const QString &question)
    : Sheet(title, summary, action)
    , m_note(new QPlainTextEdit(this))
{
    auto *label = new Label(question, Label::Look::Normal, this);
    label->setBuddy(m_note);
    m_note->setAccessibleName(question);
    m_note->setTabChangesFocus(true);
    m_note->setFixedHeight(fontMetrics().height() * 6);
    body()->addWidget(label);
    body()->addWidget(m_note);
    const auto judge = [this] { setBlocked(note().isEmpty() ? tr("Write what has to change.") : QString()); };
    connect(m_note, &QPlainTextEdit::textChanged, this, judge);
    auto *confirm = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    connect(confirm, &QShortcut::activated, this, &NoteDialog::accept);
    judge();
}

QString NoteDialog::note() const
{
    return m_note->toPlainText().trimmed();
}

void NoteDialog::start()
{
    m_note->setFocus();
}

} // namespace Slipway
