// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/intent.h"
#include "ui/dialogs/sheet.h"

namespace Slipway {

class ChangeModel;
class CodeChooser;

/// Deploys another version to an environment that exists.
class DeployDialog final : public Sheet
{
    Q_OBJECT
public:
    DeployDialog(const QString &pipeline, const QString &environment, ChangeModel &changes);
    DeployIntent intent() const;
    void start() override;

private:
    QString m_pipeline;
    QString m_environment;
    CodeChooser *m_code;
};

} // namespace Slipway
