// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/environment.h"
#include "models/domain/intent.h"
#include "ui/dialogs/sheet.h"

namespace Slipway {

class ConfigEdit;

/// Changes config keys of an environment, as many as are staged here, at once: one new release, one restart.
class ConfigDialog final : public Sheet
{
    Q_OBJECT
public:
    ConfigDialog(const Environment &environment, const QString &key); ///< begins with this one; empty: with a new one
    ConfigIntent intent() const;
    void start() override;

private:
    ConfigEdit *addEdit(const QString &key);
    QList<ConfigEdit *> staged() const; ///< without those in which nothing was entered
    QString problem() const; ///< empty: it can be sent
    void judge();
    Environment m_environment;
    QList<ConfigEdit *> m_edits;
};

} // namespace Slipway
