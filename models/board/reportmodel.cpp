// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/reportmodel.h"

#include "models/board/rowmerge.h"

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

QString rowKey(const ReportRow &row)
{
    return QStringList{row.run.id, row.job.id, row.test}.join(QChar(0x1f));
}

QList<ReportRow> rowsOf(const CiReport &report)
{
    QList<ReportRow> rows;
    for (const CiRun &run : report.runs) {
        ReportRow row;
        row.run = run;
        row.run.jobs.clear();
        rows.append(row);
        for (const CiJob &job : run.jobs) {
            row.kind = ReportRow::Kind::Job;
            row.job = job;
            rows.append(row);
            ReportRow failing = row;
            failing.kind = ReportRow::Kind::Test;
            failing.job = {};
            failing.job.id = job.id;
            failing.job.name = job.name;
            for (const QString &test : job.failing) {
                failing.test = test;
                failing.flaky = job.flaky.contains(test);
                rows.append(failing);
            }
        }
    }
    return rows;
}

QString took(const CiJob &job)
{
    if (!job.startedAt.isValid() || !job.endedAt.isValid())
        return {};
    const qint64 seconds = qMax<qint64>(0, job.startedAt.secsTo(job.endedAt));
    constexpr qint64 kMinute = 60;
    return seconds < kMinute ? ReportModel::tr("took %1 seconds").arg(seconds)
                             : ReportModel::tr("took %1 minutes").arg((seconds + kMinute / 2) / kMinute);
}

QString sentence(const ReportRow &row)
{
    QStringList parts;
    switch (row.kind) {
    case ReportRow::Kind::Run:
        parts = {row.run.name, ReportModel::stateText(row.run.state)};
        break;
    case ReportRow::Kind::Job:
        parts = {row.job.name, ReportModel::stateText(row.job), took(row.job)};
        if (!row.job.failing.isEmpty())
            parts += row.job.failing.size() == 1 ? ReportModel::tr("1 failing test")
                                                 : ReportModel::tr("%1 failing tests").arg(row.job.failing.size());
        break;
    case ReportRow::Kind::Test:
        parts = {row.test, ReportModel::tr("failed in %1").arg(row.job.name)};
        if (row.flaky)
            parts += ReportModel::tr("known to fail now and then");
        break;
    }
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

} // namespace

QString ReportModel::stateText(CiState state)
{
    switch (state) {
    case CiState::Passed:
        return tr("passed");
    case CiState::Failed:
        return tr("failed");
    case CiState::Running:
        return tr("running");
    case CiState::None:
        return tr("did not run");
    case CiState::Unknown:
        break;
    }
    return tr("state unknown");
}

QString ReportModel::stateText(const CiJob &job)
{
    return job.stateText.isEmpty() ? stateText(job.state) : job.stateText;
}

QString ReportModel::summary(const CiReport &report)
{
    const auto jobs = [](int count) { return count == 1 ? tr("1 job") : tr("%1 jobs").arg(count); };
    const int passed = report.status.passed.value_or(0);
    const int failed = report.status.failed.value_or(0);
    switch (report.status.state) {
    case CiState::Passed:
        return passed > 0 ? tr("%1 passed").arg(jobs(passed)) : tr("CI passed");
    case CiState::Failed:
        return failed > 0 && passed > 0 ? tr("%1 of %2 failed").arg(failed).arg(jobs(failed + passed))
            : failed > 0                ? tr("%1 failed").arg(jobs(failed))
                                        : tr("CI failed");
    case CiState::Running:
        return tr("CI is running");
    case CiState::None:
        return tr("CI has not run");
    case CiState::Unknown:
        break;
    }
    return tr("What CI says is not known");
}

void ReportModel::setReport(const CiReport &report)
{
    RowMerge::apply(*this, m_rows, rowsOf(report), rowKey);
}

int ReportModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ReportModel::firstToRead() const
{
    const auto job = [this](auto meant) {
        for (int row = 0; row < m_rows.size(); ++row) {
            if (m_rows.at(row).kind == ReportRow::Kind::Job && meant(m_rows.at(row).job))
                return row;
        }
        return -1;
    };
    if (const int failed = job([](const CiJob &one) { return one.state == CiState::Failed; }); failed >= 0)
        return failed;
    if (const int waits = job([](const CiJob &one) { return one.waits; }); waits >= 0)
        return waits;
    if (const int runs = job([](const CiJob &one) { return one.state == CiState::Running; }); runs >= 0)
        return runs;
    return m_rows.isEmpty() ? -1 : 0;
}

int ReportModel::rowLike(const ReportRow &row) const
{
    const auto find = [this](auto same) {
        const auto found = std::find_if(m_rows.cbegin(), m_rows.cend(), same);
        return found == m_rows.cend() ? -1 : int(found - m_rows.cbegin());
    };
    if (row.run.id.isEmpty())
        return firstToRead();
    if (const int same = find([&row](const ReportRow &one) { return rowKey(one) == rowKey(row); }); same >= 0)
        return same;
    const int again = find([&row](const ReportRow &one) {
        return one.kind == ReportRow::Kind::Job && one.run.name == row.run.name && one.job.name == row.job.name;
    });
    return again >= 0 ? again : firstToRead();
}

QVariant ReportModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ReportRow &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.kind == ReportRow::Kind::Run ? row.run.name
            : row.kind == ReportRow::Kind::Job  ? row.job.name
                                                : row.test;
    case Qt::AccessibleTextRole:
        return sentence(row);
    case RowRole:
        return QVariant::fromValue(row);
    default:
        return {};
    }
}

} // namespace Slipway
