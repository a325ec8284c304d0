// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/activitypage.h"

#include "models/activity/activityfilter.h"
#include "models/activity/activitymodel.h"
#include "ui/inspector/activitylines.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/button.h"

#include <QPaintEvent>
#include <QComboBox>
#include <QFileDialog>
#include <QListView>
#include <QMenu>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

/// Keeps what was chosen where it is still there.
void refill(QComboBox &box, const QString &all, const QList<std::pair<QString, QString>> &rows)
{
    const QString before = box.currentData().toString();
    const QSignalBlocker quiet(box);
    box.clear();
    box.addItem(all, QString());
    for (const auto &[text, data] : rows)
        box.addItem(text, data);
    box.setCurrentIndex(qMax(0, box.findData(before)));
}

} // namespace

ActivityPage::ActivityPage(ActivityModel &model, bool everything, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_filter(new ActivityFilter(this))
    , m_everything(everything)
    , m_environment(new QComboBox(this))
    , m_kind(new QComboBox(this))
    , m_list(new QListView(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto *bar = new QWidget(this);
    buildFilter(bar);
    buildList();
    layout->addWidget(bar);
    layout->addWidget(m_list, 1);
    offer();
}

void ActivityPage::buildFilter(QWidget *bar)
{
    const int unit = unitOf(this);
    auto *line = new QHBoxLayout(bar);
    line->setContentsMargins(3 * unit, 2 * unit, 3 * unit, unit);
    line->setSpacing(2 * unit);
    for (QComboBox *box : {m_environment, m_kind}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(8);
        connect(box, &QComboBox::currentIndexChanged, this, &ActivityPage::select);
        line->addWidget(box, 1);
    }
    m_environment->setVisible(m_everything);
    m_environment->setAccessibleName(tr("Environment whose activity is shown"));
    m_kind->setAccessibleName(tr("Kind of activity that is shown"));
    if (m_everything)
        line->addStretch(2);
    auto *button = new Button(tr("Export…"), Button::Look::Plain, bar);
    button->setAccessibleName(tr("Export these lines to a file"));
    auto *menu = new QMenu(button);
    menu->addAction(tr("As CSV…"), this, [this] { pickFile(false); });
    menu->addAction(tr("As JSON…"), this, [this] { pickFile(true); });
    connect(button, &Button::clicked, menu,
            [menu, button] { menu->popup(button->mapToGlobal(QPoint(0, button->height()))); });
    line->addWidget(button);
}

void ActivityPage::buildList()
{
    m_filter->setSourceModel(&m_model);
    m_list->setModel(m_filter);
    const auto lines = [everything = m_everything](const QModelIndex &index) {
        return activityLines(index.data(ActivityModel::EntryRole).value<ActivityEntry>(), everything);
    };
    m_list->setItemDelegate(new TwoLineDelegate(lines, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTabKeyNavigation(false);
    m_list->setAccessibleName(m_everything ? tr("Activity of all pipelines") : tr("Activity of this environment"));
    connect(m_list, &QListView::activated, this, &ActivityPage::open);
    // Only while it is looked at: reading the record waits until somebody does.
    const auto follow = [this] {
        if (isVisible())
            offer();
        update();
    };
    connect(&m_model, &QAbstractItemModel::modelReset, this, follow);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, follow);
}

void ActivityPage::setScope(const ActivitySelection &scope)
{
    m_scope = scope;
}

void ActivityPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    offer();
}

void ActivityPage::offer()
{
    QList<std::pair<QString, QString>> environments;
    QList<std::pair<QString, QString>> kinds;
    if (isVisible()) {
        const QStringList ids = m_everything ? m_filter->environments() : QStringList();
        for (const QString &id : ids)
            environments.append({id, id});
        const QStringList names = m_filter->kinds();
        for (const QString &kind : names)
            kinds.append({activityKind(kind), kind});
    }
    refill(*m_environment, tr("All environments"), environments);
    refill(*m_kind, tr("All kinds"), kinds);
    select();
}

void ActivityPage::select()
{
    const auto ref = EnvironmentRef::parse(m_environment->currentData().toString());
    m_filter->setSelection({ref.pipeline, ref.name, m_kind->currentData().toString()});
    update();
}

void ActivityPage::open(const QModelIndex &index)
{
    const auto entry = index.data(ActivityModel::EntryRole).value<ActivityEntry>();
    if (!entry.operation.isEmpty())
        Q_EMIT operationWanted(entry.operation);
    else if (!entry.pipeline.isEmpty())
        Q_EMIT chosen(entry.pipeline + u'/' + entry.environment);
}

void ActivityPage::pickFile(bool json)
{
    auto *dialog = new QFileDialog(window(), tr("Export activity"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(json ? tr("JSON files (*.json)") : tr("CSV files (*.csv)"));
    dialog->setDefaultSuffix(json ? u"json"_s : u"csv"_s);
    dialog->selectFile(json ? u"activity.json"_s : u"activity.csv"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this, json](const QString &path) {
        ActivityFile file{m_filter->selection(), path, json};
        if (file.selection.pipeline.isEmpty())
            file.selection.pipeline = m_scope.pipeline;
        if (file.selection.environment.isEmpty())
            file.selection.environment = m_scope.environment;
        Q_EMIT exportWanted(file);
    });
    dialog->open();
}

void ActivityPage::paintEvent(QPaintEvent *event)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(event->rect(), theme.surface);
    if (m_filter->rowCount() > 0)
        return;
    const int unit = unitOf(this);
    painter.setPen(theme.muted);
    painter.drawText(m_list->geometry().adjusted(4 * unit, 6 * unit, -4 * unit, 0),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                     m_model.rowCount() > 0
                         ? tr("Nothing of that kind was done here.")
                         : tr("Nothing was done here yet. Deploys, verdicts and roll backs are recorded as they "
                              "happen."));
}

} // namespace Slipway
