// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/cloneoffer.h"
#include "models/domain/intent.h"
#include "ui/dialogs/sheet.h"
#include "ui/widgets/label.h"

#include <QStringList>

class QButtonGroup;
class QCheckBox;
class QLineEdit;
class QVBoxLayout;

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
        bool costs = false; ///< what it costs is asked: setOffer() follows
    };
    CloneDialog(const Offer &offer, ChangeModel &changes);
    CloneIntent intent() const;
    bool isFor(const QString &pipeline, const QString &from) const
    {
        return m_offer.pipeline == pipeline && m_offer.from == from;
    }
    /// What it would bring along and cost, or why that is not known: then it can be made all the same.
    void setOffer(const Result<CloneOffer> &offer);
    void start() override;

private:
    void addData();
    void addCosts();
    void addLine(const QString &text, Label::Look look);
    void judge();
    Offer m_offer;
    QLineEdit *m_name;
    CodeChooser *m_code;
    QButtonGroup *m_data;
    QVBoxLayout *m_costs = nullptr;
    Label *m_asking = nullptr;
    QList<QCheckBox *> m_addons; ///< each holds its plan
};

} // namespace Slipway
