// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/preflight.h"
#include "ui/dialogs/sheet.h"

class QLineEdit;

namespace Slipway {

/// What a promotion would do, check by check, before it is done.
class ConfirmSheet final : public Sheet
{
    Q_OBJECT
public:
    explicit ConfirmSheet(const Preflight &preflight);
    const Preflight &preflight() const { return m_preflight; }
    void setPreflight(const Preflight &preflight); ///< the same move, looked at again
    Intent intent() const; ///< with reason, tick and fingerprint
    void start() override;

private:
    void fill();
    void addChecks();
    void addCommits();
    void addList(const QString &title, const QStringList &lines);
    void addReason();
    void judge(); ///< may it be confirmed now?

    Preflight m_preflight;
    QCheckBox *m_shutDown;
    QLineEdit *m_reason = nullptr;
    QString m_reasonText;
};

} // namespace Slipway
