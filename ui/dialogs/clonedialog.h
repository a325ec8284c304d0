// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/intent.h"
#include "ui/dialogs/sheet.h"

#include <QStringList>

class QButtonGroup;
class QLineEdit;

namespace Slipway {

class ChangeModel;
class CodeChooser;

/// Makes a dev environment from staging: a name, which code, which data. Enter clones.
class CloneDialog final : public Sheet
{
    Q_OBJECT
public:
    struct Offer
    {
        QString pipeline;
        QString from; ///< name of the environment that is cloned
        QString fromRuns; ///< what it runs, in words
        QString name; ///< proposed
        QStringList taken; ///< names in use
        CodeChoice code; ///< proposed
    };
    CloneDialog(const Offer &offer, ChangeModel &changes);
    CloneIntent intent() const;
    void start() override;

private:
    void addData();
    void judge();
    Offer m_offer;
    QLineEdit *m_name;
    CodeChooser *m_code;
    QButtonGroup *m_data;
};

} // namespace Slipway
