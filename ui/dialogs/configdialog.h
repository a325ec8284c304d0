// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/environment.h"
#include "models/domain/intent.h"
#include "ui/dialogs/sheet.h"

class QLineEdit;

namespace Slipway {

/// Sets one config key of an environment.
class ConfigDialog final : public Sheet
{
    Q_OBJECT
public:
    ConfigDialog(const Environment &environment, const QString &key); ///< an empty key: a new one
    ConfigIntent intent() const;
    void start() override;

private:
    void judge();
    Environment m_environment;
    QLineEdit *m_key;
    QLineEdit *m_value;
};

} // namespace Slipway
