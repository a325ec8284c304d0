// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/card.h"
#include "models/domain/ci.h"
#include "models/domain/cirequest.h"
#include "models/domain/error.h"

#include <QTimer>
#include <QWidget>

class QListView;

namespace Slipway {

class Button;
class JobLog;
class Label;
struct LogPage;
class ReportModel;

/// What CI says of the version that an environment runs: runs, jobs, failing tests, and what a job printed. Asks when
/// it is shown, and on while something runs.
class ChecksPage final : public QWidget
{
    Q_OBJECT
public:
    explicit ChecksPage(QWidget *parent = nullptr);
    /// `checker`: who checks, as people say it; `fixed`: why nothing can be started, a sentence; empty: it can.
    void setCard(const Card &card, const QString &checker, const QString &fixed);
    /// Answers to requested(). Those about another version than the one that is shown are dropped.
    void showReport(const QString &environmentId, const QString &version, const Result<CiReport> &report);
    void showDone(const QString &environmentId, const Result<void> &done);
    void showLog(const QString &environmentId, const QString &job, const Result<LogPage> &page);

Q_SIGNALS:
    void requested(const Slipway::CiRequest &request);
    void linkWanted(const QUrl &url);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeList();
    QWidget *makeFoot();
    void forget(); ///< another version is shown
    void ask();
    void askLog();
    void act(CiAct::Kind kind);
    void say(const Error &error); ///< empty: nothing is wrong
    void judge();
    QString waiting() const; ///< why there is no report to be seen
    class QModelIndex chosen() const;

    Card m_card;
    QString m_checker;
    QString m_fixed;
    QString m_version; ///< that is asked about; empty: CI cannot know what runs
    std::optional<CiReport> m_report;
    Error m_error;
    bool m_wrong = false; ///< m_error is to be shown
    bool m_asked = false; ///< an answer is on its way
    bool m_acting = false;
    int m_more = 0; ///< so often it is asked again, whatever the report says: something was started
    QTimer m_again;
    ReportModel *m_model;
    Label *m_summary = nullptr;
    Label *m_about = nullptr;
    Button *m_open = nullptr;
    QListView *m_list = nullptr;
    Label *m_note = nullptr;
    Label *m_problem = nullptr;
    Button *m_retry = nullptr;
    Button *m_output = nullptr;
    Button *m_approve = nullptr;
    Button *m_rerun = nullptr;
    Button *m_cancel = nullptr;
    JobLog *m_log = nullptr;
};

} // namespace Slipway
