// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ci.h"
#include "models/domain/error.h"
#include "models/domain/logline.h"

#include <QWidget>

namespace Slipway {

class Label;
class LogModel;
class LogView;

/// What one job printed, its steps as headings.
class JobLog final : public QWidget
{
    Q_OBJECT
public:
    explicit JobLog(QWidget *parent = nullptr);
    QString job() const { return m_job.id; }
    bool grows() const { return m_job.state == CiState::Running; }
    void show(const CiJob &job); ///< its output is to come
    void update(const CiJob &job) { m_job = job; } ///< the same one, as it is now
    /// All that it printed by now; what is shown already stays where it is.
    void take(const Result<LogPage> &page);
    void clear();

Q_SIGNALS:
    void closed();

private:
    CiJob m_job;
    LogModel *m_lines;
    qsizetype m_known = 0; ///< lines of it that are shown
    QString m_step; ///< of the last one
    Label *m_title;
    LogView *m_view;
};

} // namespace Slipway
