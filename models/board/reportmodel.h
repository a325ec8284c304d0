// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ci.h"

#include <QAbstractListModel>

namespace Slipway {

/// A line of a report: a run, one of its jobs, or a test that failed in it.
struct ReportRow
{
    enum class Kind { Run, Job, Test };
    Kind kind = Kind::Run;
    CiRun run; ///< that it belongs to; without its jobs
    CiJob job; ///< Job and Test; of a Test its id and name alone
    QString test;
    bool flaky = false; ///< the test is known to fail now and then
    friend bool operator==(const ReportRow &, const ReportRow &) = default;
};

/// What CI says of one commit, line by line. A newer report of the same commit keeps the rows that stay. GUI thread.
class ReportModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { RowRole = Qt::UserRole + 1 /**< Slipway::ReportRow */ };
    using QAbstractListModel::QAbstractListModel;
    void setReport(const CiReport &report);
    int rowCount(const QModelIndex &parent = {}) const override;
    /// DisplayRole: the name. AccessibleTextRole: the row as a sentence.
    QVariant data(const QModelIndex &index, int role) const override;
    /// Where one begins to read: a failed job, else one that waits or runs, else the first row; -1: there is none.
    int firstToRead() const;
    /// Where that row is now; of a job that runs again, which has another id, its newer try; else firstToRead().
    int rowLike(const ReportRow &row) const;

    static QString stateText(CiState state); ///< "passed"
    static QString stateText(const CiJob &job); ///< "timed out", "waits for approval", "passed"
    static QString summary(const CiReport &report); ///< "2 of 14 jobs failed"

private:
    friend class RowMerge;
    QList<ReportRow> m_rows;
};

} // namespace Slipway

Q_DECLARE_METATYPE(Slipway::ReportRow)
