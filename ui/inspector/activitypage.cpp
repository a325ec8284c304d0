// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/activitypage.h"

#include "models/activity/activitymodel.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/twolinedelegate.h"

#include <QListView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

Badge resultBadge(const QString &result)
{
    if (result.startsWith("failed"_L1))
        return {Words::tr("Failed"), Tone::Bad};
    if (result == "live"_L1)
        return {Words::tr("Live"), Tone::Good};
    if (result == "cancelled"_L1)
        return {Words::tr("Cancelled"), Tone::Neutral};
    return {};
}

TwoLines activityLines(const QModelIndex &index, bool everything)
{
    const auto entry = index.data(ActivityModel::EntryRole).value<ActivityEntry>();
    QStringList below;
    if (everything && !entry.pipeline.isEmpty())
        below += entry.environment.isEmpty() ? entry.pipeline : u"%1/%2"_s.arg(entry.pipeline, entry.environment);
    if (!entry.by.isEmpty())
        below += entry.by;
    if (!entry.reason.isEmpty())
        below += Words::tr("“%1”").arg(entry.reason);
    // What else has changed and what has not: there is no room for that in the row.
    const QString whole = entry.result.startsWith("failed: "_L1) ? entry.result.mid(8) : QString();
    const QString tip = u"%1\n%2\n%3"_s.arg(entry.text, below.join(u" · "_s), whole).trimmed();
    return {entry.text, Words::when(entry.at), below.join(u" · "_s), resultBadge(entry.result), tip};
}

} // namespace

ActivityPage::ActivityPage(ActivityModel &model, bool everything, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_list(new QListView(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    m_list->setModel(&model);
    const auto lines = [everything](const QModelIndex &index) { return activityLines(index, everything); };
    m_list->setItemDelegate(new TwoLineDelegate(lines, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTabKeyNavigation(false);
    m_list->setAccessibleName(everything ? tr("Activity of all pipelines") : tr("Activity of this environment"));
    layout->addWidget(m_list);
    connect(m_list, &QListView::activated, this, [this](const QModelIndex &index) {
        const auto entry = index.data(ActivityModel::EntryRole).value<ActivityEntry>();
        if (!entry.pipeline.isEmpty())
            Q_EMIT chosen(entry.pipeline + u'/' + entry.environment);
    });
    connect(&model, &QAbstractItemModel::modelReset, this, qOverload<>(&QWidget::update));
}

void ActivityPage::paintEvent(QPaintEvent *event)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(event->rect(), theme.surface);
    if (m_model.rowCount() > 0)
        return;
    const int unit = unitOf(this);
    painter.setPen(theme.muted);
    painter.drawText(rect().adjusted(4 * unit, 6 * unit, -4 * unit, 0),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                     tr("Nothing was done here yet. Deploys, verdicts and roll backs are recorded as they happen."));
}

} // namespace Slipway
