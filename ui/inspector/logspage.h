// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/logline.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace Slipway {

class LogModel;
class LogView;

/// The log of one environment with its filter.
class LogsPage final : public QWidget
{
    Q_OBJECT
public:
    explicit LogsPage(LogModel &model, QWidget *parent = nullptr);
    LogKind kind() const;
    LogView &view() { return *m_view; }

Q_SIGNALS:
    void kindChosen(Slipway::LogKind kind);

private:
    LogView *m_view;
    QLineEdit *m_filter;
    QComboBox *m_kind;
    class Button *m_follow;
};

} // namespace Slipway
