// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/activity/activityselection.h"

#include <QWidget>

class QComboBox;
class QListView;

namespace Slipway {

class ActivityFilter;
class ActivityModel;
class Button;

/// Who did what, newest first; by environment and kind, and to a file.
class ActivityPage final : public QWidget
{
    Q_OBJECT
public:
    /// `everything`: rows name their environment, which can be chosen.
    ActivityPage(ActivityModel &model, bool everything, QWidget *parent = nullptr);
    /// What the model is of: an export reaches beyond the rows that are shown.
    void setScope(const ActivitySelection &scope);

Q_SIGNALS:
    void chosen(const QString &environmentId);
    void operationWanted(const QString &operationId);
    void exportWanted(const Slipway::ActivityFile &file);

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void buildFilter(QWidget *bar);
    void buildList();
    void offer(); ///< what there is to choose from
    void select();
    void open(const QModelIndex &index);
    void pickFile(bool json);

    ActivityModel &m_model;
    ActivityFilter *m_filter;
    ActivitySelection m_scope;
    bool m_everything;
    QComboBox *m_environment;
    QComboBox *m_kind;
    QListView *m_list;
};

} // namespace Slipway
