// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/preflight.h"

#include <QWidget>

class QButtonGroup;
class QCheckBox;

namespace Slipway {

class Label;

/// What goes along with a move: config and data, where the move leaves that open.
class MoveChoices final : public QWidget
{
    Q_OBJECT
public:
    explicit MoveChoices(const Preflight &preflight, QWidget *parent = nullptr);
    void setPreflight(const Preflight &preflight); ///< what is chosen stays chosen
    Intent chosen(const Intent &intent) const; ///< the intent with these answers

Q_SIGNALS:
    void changed();

private:
    void addData(DataChoice choice, const QString &text);
    QCheckBox *m_config;
    Label *m_dataTitle;
    Label *m_dataWarning;
    QButtonGroup *m_data;
    bool m_offersConfig = false;
    bool m_offersData = false;
};

} // namespace Slipway
