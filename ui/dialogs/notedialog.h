// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/sheet.h"

class QPlainTextEdit;

namespace Slipway {

/// Asks for a note that must not be empty. Ctrl+Enter confirms.
class NoteDialog final : public Sheet
{
    Q_OBJECT
public:
    NoteDialog(const QString &title, const QString &summary, const QString &action, const QString &question);
    QString note() const;
    void start() override;

private:
    QPlainTextEdit *m_note;
};

} // namespace Slipway
