// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/policy.h"

#include <QWidget>

namespace Slipway {

/// What one setting is changed with. A value goes in and out as Policy knows it.
class PolicyEditor : public QWidget
{
    Q_OBJECT
public:
    /// One that fits the setting's kind.
    static PolicyEditor *make(const PolicyKey &key, QWidget *parent);
    virtual void setValue(const QJsonValue &value) = 0; ///< says nothing of it
    virtual QJsonValue value() const = 0;

Q_SIGNALS:
    void edited(); ///< by the user

protected:
    using QWidget::QWidget;
};

/// The word of a choice as people read it: "Blocks", "Warns, asks a reason".
QString choiceWord(const QString &choice);

} // namespace Slipway
