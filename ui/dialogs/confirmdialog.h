// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/sheet.h"

class QLineEdit;

namespace Slipway {

/// Asks before something that cannot be taken back; where it matters most, the name has to be typed.
class ConfirmDialog final : public Sheet
{
    Q_OBJECT
public:
    /// `typed`: what must be typed to go on; empty: nothing.
    ConfirmDialog(const QString &title, const QString &summary, const QString &action, const QString &typed,
                  bool dangerous);
    void start() override;

private:
    QLineEdit *m_name = nullptr;
};

} // namespace Slipway
