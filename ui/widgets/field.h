// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/paint.h"

#include <QLineEdit>

namespace Slipway {

/// A line edit with room around its text.
class Field final : public QLineEdit
{
    Q_OBJECT
public:
    explicit Field(const QString &text, QWidget *parent = nullptr)
        : QLineEdit(text, parent)
    {
        const int unit = unitOf(this);
        setTextMargins(unit, unit / 2, unit, unit / 2);
    }
    explicit Field(QWidget *parent = nullptr)
        : Field(QString(), parent)
    { }
};

} // namespace Slipway
