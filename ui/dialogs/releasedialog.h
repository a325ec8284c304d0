// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/decision.h"
#include "models/domain/staging.h"
#include "ui/dialogs/sheet.h"

class QLineEdit;

namespace Slipway {

/// Gives staging back, or says that a roll back is resolved. Why is asked of one who is not the holder.
class ReleaseDialog final : public Sheet
{
    Q_OBJECT
public:
    ReleaseDialog(const QString &pipeline, const Hold &hold);
    ReleaseHoldIntent intent() const;
    void start() override;

private:
    QString m_pipeline;
    QLineEdit *m_reason;
};

} // namespace Slipway
