// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/joblog.h"

#include "models/logs/logmodel.h"
#include "ui/inspector/logview.h"
#include "ui/theme/paint.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

JobLog::JobLog(QWidget *parent)
    : QWidget(parent)
    , m_lines(new LogModel(this))
{
    const int unit = unitOf(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto *head = new Panel(Qt::TopEdge, this);
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(4 * unit, unit, 2 * unit, unit);
    m_title = new Label({}, Label::Look::Heading, head);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *close = new Button(tr("Close"), Button::Look::Quiet, head);
    close->setAccessibleName(tr("Close the output"));
    connect(close, &Button::clicked, this, &JobLog::closed);
    line->addWidget(m_title, 1);
    line->addWidget(close);
    m_view = new LogView(*m_lines, this);
    m_view->setLook(LogView::Look::Steps);
    m_view->setAccessibleName(tr("Output of the job"));
    m_view->setMinimumHeight(fontMetrics().height() * 6);
    layout->addWidget(head);
    layout->addWidget(m_view, 1);
    hide();
}

void JobLog::show(const CiJob &job)
{
    clear();
    m_job = job;
    m_title->setText(tr("Output of %1").arg(job.name));
    m_title->setToolTip(job.name.toHtmlEscaped());
    m_view->setEmptyText(tr("Asking for it…"));
    setVisible(true);
}

void JobLog::take(const Result<LogPage> &page)
{
    if (!page) {
        m_view->setEmptyText(page.error().text());
        return;
    }
    m_view->setEmptyText(grows() ? tr("It has printed nothing yet.") : tr("It printed nothing."));
    if (page->lines.size() < m_known) { // another try of it
        m_lines->clear();
        m_known = 0;
        m_step.clear();
    }
    QList<LogLine> fresh;
    for (const LogLine &line : page->lines.mid(m_known)) {
        if (!line.process.isEmpty() && line.process != m_step)
            fresh.append({line.at, line.process, false, line.process});
        m_step = line.process;
        fresh.append(line);
    }
    m_known = page->lines.size();
    m_lines->append(fresh);
}

void JobLog::clear()
{
    m_job = {};
    m_lines->clear();
    m_known = 0;
    m_step.clear();
    m_view->follow();
    setVisible(false);
}

} // namespace Slipway
