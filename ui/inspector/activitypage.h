// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListView;

namespace Slipway {

class ActivityModel;

/// Who did what, newest first.
class ActivityPage final : public QWidget
{
    Q_OBJECT
public:
    /// `everything`: rows name their environment.
    ActivityPage(ActivityModel &model, bool everything, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const QString &environmentId);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ActivityModel &m_model;
    QListView *m_list;
};

} // namespace Slipway
