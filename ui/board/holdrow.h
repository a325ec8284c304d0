// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/staging.h"

#include <QWidget>

namespace Slipway {

class Button;
class Label;

/// Who has staging, since when, until when and why; a button gives it back or says that a roll back is resolved.
class HoldRow final : public QWidget
{
    Q_OBJECT
public:
    explicit HoldRow(QWidget *parent = nullptr);
    void setHold(const Hold &hold);

Q_SIGNALS:
    void releaseWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Label *m_title;
    Label *m_detail;
    Button *m_release;
};

} // namespace Slipway
