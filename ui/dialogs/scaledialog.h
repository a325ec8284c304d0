// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/environment.h"
#include "models/domain/intent.h"
#include "ui/dialogs/sheet.h"

class QSpinBox;

namespace Slipway {

/// How many processes of each type an environment runs.
class ScaleDialog final : public Sheet
{
    Q_OBJECT
public:
    explicit ScaleDialog(const Environment &environment); ///< has at least one process
    ScaleIntent intent() const; ///< the types whose number was changed
    void start() override;

private:
    void judge();
    Environment m_environment;
    QList<QSpinBox *> m_counts; ///< as Environment::processes
};

} // namespace Slipway
