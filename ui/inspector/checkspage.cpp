// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/checkspage.h"

#include "models/board/reportmodel.h"
#include "models/domain/logline.h"
#include "ui/inspector/joblog.h"
#include "ui/inspector/reportdelegate.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QListView>
#include <QPaintEvent>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Slipway {

namespace {

constexpr auto kInterval = 10s;
constexpr int kMoreAfterAct = 3; ///< a service takes a while to begin

ReportRow rowAt(const QModelIndex &index)
{
    return index.data(ReportModel::RowRole).value<ReportRow>();
}

bool runs(const CiReport &report)
{
    return report.status.state == CiState::Running
        || std::any_of(report.runs.cbegin(), report.runs.cend(),
                       [](const CiRun &run) { return run.state == CiState::Running; });
}

const CiJob *jobNamed(const CiReport &report, const QString &id)
{
    for (const CiRun &run : report.runs) {
        for (const CiJob &job : run.jobs) {
            if (job.id == id)
                return &job;
        }
    }
    return nullptr;
}

} // namespace

ChecksPage::ChecksPage(QWidget *parent)
    : QWidget(parent)
    , m_model(new ReportModel(this))
{
    const int unit = unitOf(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(makeList(), 1);
    m_note = new Label({}, Label::Look::Muted, this);
    m_problem = new Label({}, Label::Look::Error, this);
    for (Label *label : {m_note, m_problem}) {
        label->setWordWrap(true);
        label->setContentsMargins(4 * unit, 2 * unit, 4 * unit, 0);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setFocusPolicy(Qt::ClickFocus);
        layout->addWidget(label);
    }
    layout->addWidget(makeFoot());
    m_log = new JobLog(this);
    layout->addWidget(m_log, 1);
    connect(m_log, &JobLog::closed, this, [this] {
        m_log->clear();
        m_list->setFocus();
    });
    m_again.setInterval(kInterval);
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &ChecksPage::ask);
    judge();
}

QWidget *ChecksPage::makeHead()
{
    const int unit = unitOf(this);
    auto *head = new QWidget(this);
    auto *box = new QVBoxLayout(head);
    box->setContentsMargins(4 * unit, 3 * unit, 4 * unit - 5 * unit / 2, 2 * unit); // less what the link has of its own
    box->setSpacing(unit / 2);
    m_summary = new Label({}, Label::Look::Heading, head);
    m_summary->setContentsMargins(fontMetrics().ascent() + unit, 0, 0, 0); // its sign is painted
    m_open = new Button(tr("Open ↗"), Button::Look::Link, head);
    auto *line = new QHBoxLayout;
    line->addWidget(m_summary, 1);
    line->addWidget(m_open);
    m_about = new Label({}, Label::Look::Muted, head);
    m_about->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    box->addLayout(line);
    box->addWidget(m_about);
    connect(m_open, &Button::clicked, this, [this] {
        const QUrl page = rowAt(chosen()).job.url;
        Q_EMIT linkWanted(isOpenable(page) ? page : m_report ? m_report->status.url : QUrl());
    });
    return head;
}

QWidget *ChecksPage::makeList()
{
    m_list = new QListView(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ReportDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->viewport()->setAttribute(Qt::WA_Hover);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setTabKeyNavigation(false);
    m_list->setAccessibleName(tr("Runs, jobs and failing tests"));
    m_list->setMinimumHeight(fontMetrics().height() * 4);
    connect(m_list, &QListView::activated, this, &ChecksPage::askLog);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ChecksPage::judge);
    return m_list;
}

QWidget *ChecksPage::makeFoot()
{
    const int unit = unitOf(this);
    auto *foot = new QWidget(this);
    auto *line = new QHBoxLayout(foot);
    line->setContentsMargins(4 * unit, 2 * unit, 4 * unit, 3 * unit);
    line->setSpacing(2 * unit);
    m_output = new Button(tr("Output"), Button::Look::Plain, foot);
    m_approve = new Button(tr("Approve"), Button::Look::Plain, foot);
    m_rerun = new Button(tr("Run again"), Button::Look::Plain, foot);
    m_cancel = new Button(tr("Cancel"), Button::Look::Plain, foot);
    m_retry = new Button(tr("Ask again"), Button::Look::Plain, foot);
    for (Button *button : {m_output, m_approve, m_rerun, m_cancel, m_retry})
        line->addWidget(button);
    line->addStretch(1);
    connect(m_output, &Button::clicked, this, &ChecksPage::askLog);
    connect(m_approve, &Button::clicked, this, [this] { act(CiAct::Kind::Approve); });
    connect(m_rerun, &Button::clicked, this, [this] { act(CiAct::Kind::Rerun); });
    connect(m_cancel, &Button::clicked, this, [this] { act(CiAct::Kind::Cancel); });
    connect(m_retry, &Button::clicked, this, &ChecksPage::ask);
    return foot;
}

void ChecksPage::setCard(const Card &card, const QString &checker, const QString &fixed)
{
    const auto &release = card.environment.release;
    const QString version = release && !release->uncommitted ? release->version : QString();
    if (card.id() != m_card.id() || version != m_version || checker != m_checker)
        forget();
    const bool news = m_report && card.environment.ci != m_card.environment.ci;
    m_card = card;
    m_version = version;
    m_checker = checker;
    m_fixed = fixed;
    const QString title = release ? release->change.title : QString();
    m_about->setText(title.isEmpty() ? Words::shortVersion(version)
                                     : u"%1 · %2"_s.arg(Words::shortVersion(version), title));
    m_about->setVisible(!version.isEmpty());
    if (!m_report || news) // the card was told meanwhile: the page is not to say something else
        ask();
    judge();
}

void ChecksPage::forget()
{
    m_report.reset();
    m_model->setReport({});
    m_log->clear();
    m_wrong = m_asked = m_acting = false;
    m_more = 0;
    m_again.stop();
}

void ChecksPage::ask()
{
    m_again.stop();
    if (!isVisible() || m_version.isEmpty() || m_asked)
        return;
    if (window()->isMinimized()) {
        m_again.start(); // nobody looks
        return;
    }
    m_asked = true;
    Q_EMIT requested(AskReport{m_card.id()});
    judge();
}

void ChecksPage::askLog()
{
    const ReportRow row = rowAt(chosen());
    const CiJob *job = m_report ? jobNamed(*m_report, row.job.id) : nullptr;
    if (!job || !job->hasLog)
        return;
    m_log->show(*job);
    Q_EMIT requested(AskJobLog{m_card.id(), job->id});
    m_list->scrollTo(chosen());
}

void ChecksPage::act(CiAct::Kind kind)
{
    const ReportRow row = rowAt(chosen());
    const bool approves = kind == CiAct::Kind::Approve;
    m_acting = true;
    m_wrong = false;
    judge();
    Q_EMIT requested(CiAct{kind, m_card.id(), row.run.id, approves ? row.job.id : QString(),
                           approves ? row.job.name : row.run.name});
}

void ChecksPage::showReport(const QString &environmentId, const QString &version, const Result<CiReport> &report)
{
    if (environmentId != m_card.id() || version != m_version)
        return;
    m_asked = false;
    m_wrong = !report;
    if (report) {
        const ReportRow before = rowAt(chosen());
        m_report = *report;
        m_model->setReport(*report);
        const int row = m_model->rowLike(before);
        if (row >= 0 && (!chosen().isValid() || chosen().row() != row))
            m_list->setCurrentIndex(m_model->index(row));
        if (const CiJob *job = jobNamed(*report, m_log->job()); job && m_log->grows()) {
            m_log->update(*job);
            Q_EMIT requested(AskJobLog{m_card.id(), job->id});
        }
    } else {
        m_error = report.error();
    }
    if (isVisible() && m_report && (runs(*m_report) || m_more > 0)) {
        m_more = qMax(0, m_more - 1);
        m_again.start();
    }
    judge();
}

void ChecksPage::showDone(const QString &environmentId, const Result<void> &done)
{
    if (environmentId != m_card.id())
        return;
    m_acting = false;
    m_wrong = !done;
    if (done) {
        m_more = kMoreAfterAct;
        ask();
    } else {
        m_error = done.error();
    }
    judge();
}

void ChecksPage::showLog(const QString &environmentId, const QString &job, const Result<LogPage> &page)
{
    if (environmentId == m_card.id() && job == m_log->job() && !job.isEmpty())
        m_log->take(page);
}

QModelIndex ChecksPage::chosen() const
{
    return m_list->selectionModel()->selectedIndexes().value(0);
}

QString ChecksPage::waiting() const
{
    if (m_version.isEmpty()) {
        return m_card.environment.release
            ? tr("%1 runs work that no commit holds, so nobody could check it.").arg(m_card.environment.name)
            : tr("Nothing runs on %1 yet.").arg(m_card.environment.name);
    }
    if (!m_report)
        return m_wrong ? m_error.text() : tr("Asking %1…").arg(m_checker);
    if (m_report->runs.isEmpty()) {
        return m_report->status.state == CiState::None
            ? tr("%1 has not run for %2.").arg(m_checker, Words::shortVersion(m_version))
            : tr("%1 names no jobs for %2.").arg(m_checker, Words::shortVersion(m_version));
    }
    return {};
}

void ChecksPage::judge()
{
    const ReportRow row = rowAt(chosen());
    const CiReport report = m_report.value_or(CiReport());
    const bool picked = chosen().isValid();
    const bool free = !m_acting && m_fixed.isEmpty();
    const auto any = [&report](bool CiRun::*may) {
        return std::any_of(report.runs.cbegin(), report.runs.cend(), [may](const CiRun &run) { return run.*may; });
    };
    const auto offer = [&](Button *button, bool shown, bool good, const QString &name, const QString &why) {
        button->setVisible(shown);
        button->setEnabled(good && free);
        button->setAccessibleName(name);
        button->setToolTip(!m_fixed.isEmpty() ? m_fixed : good ? QString() : why);
    };
    const CiJob *job = jobNamed(report, row.job.id);
    const bool printed = job && job->hasLog;
    m_output->setVisible(!report.runs.isEmpty());
    m_output->setEnabled(printed);
    m_output->setAccessibleName(tr("Output of %1").arg(row.job.name));
    m_output->setToolTip(printed ? QString() : tr("Choose a job that has printed something."));
    const bool waits = std::any_of(report.runs.cbegin(), report.runs.cend(), [](const CiRun &run) {
        return std::any_of(run.jobs.cbegin(), run.jobs.cend(), [](const CiJob &one) { return one.waits; });
    });
    offer(m_approve, waits, picked && row.kind == ReportRow::Kind::Job && row.job.waits,
          tr("Approve %1").arg(row.job.name), tr("Choose the job that waits for approval."));
    offer(m_rerun, any(&CiRun::mayRerun), picked && row.run.mayRerun,
          tr("Run again what failed in %1").arg(row.run.name),
          tr("Nothing in “%1” failed that could run again.").arg(row.run.name));
    offer(m_cancel, any(&CiRun::mayCancel), picked && row.run.mayCancel, tr("Cancel %1").arg(row.run.name),
          tr("Nothing in “%1” runs.").arg(row.run.name));
    m_retry->setVisible(m_wrong && !m_report);
    m_retry->setEnabled(!m_asked);
    m_open->setVisible(isOpenable(row.job.url) || isOpenable(report.status.url));
    m_open->setAccessibleName(isOpenable(row.job.url) ? tr("Open %1 in the browser").arg(row.job.name)
                                                      : tr("Open the checks in the browser"));
    m_summary->setVisible(m_report.has_value());
    m_summary->setText(ReportModel::summary(report));
    m_note->setText(report.note);
    m_note->setVisible(!report.note.isEmpty());
    m_problem->setText(m_wrong && m_report ? m_error.text() : QString());
    m_problem->setVisible(!m_problem->text().isEmpty());
    const QString empty = waiting();
    m_list->setAccessibleDescription(empty);
    update();
}

void ChecksPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    ask();
}

void ChecksPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_again.stop();
}

void ChecksPage::paintEvent(QPaintEvent *event)
{
    const Theme &theme = Theme::of(palette());
    const int unit = unitOf(this);
    QPainter painter(this);
    painter.fillRect(event->rect(), theme.surface);
    if (m_report) {
        const QRect line(m_summary->mapTo(this, QPoint()), m_summary->size());
        const double size = fontMetrics().ascent() * 0.85;
        paintCi(painter, QRectF(line.left(), line.top() + (line.height() - size) / 2, size, size),
                m_report->status.state, false, theme);
    }
    const QString words = waiting();
    if (words.isEmpty())
        return;
    painter.setPen(m_wrong && !m_report ? theme.ink(Tone::Bad) : theme.muted);
    painter.drawText(m_list->geometry().adjusted(4 * unit, 6 * unit, -4 * unit, 0),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, words);
}

} // namespace Slipway
