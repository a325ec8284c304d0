// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/releasespage.h"

#include "models/board/releasemodel.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/twolinedelegate.h"

#include <QHBoxLayout>
#include <QListView>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

TwoLines releaseLines(const QModelIndex &index)
{
    const auto release = index.data(ReleaseModel::ReleaseRole).value<Release>();
    QStringList below{Words::shortVersion(release.version)};
    if (!release.by.isEmpty())
        below += Words::tr("by %1").arg(release.by);
    if (!release.note.isEmpty())
        below += release.note;
    below.removeAll(QString());
    return {u"v%1  %2 %3"_s.arg(release.number).arg(release.change.title, Words::origin(release)).trimmed(),
            Words::age(release.at),
            below.join(u" · "_s),
            index.data(ReleaseModel::CurrentRole).toBool() ? Badge{Words::tr("Runs now"), Tone::Good} : Badge{},
            {}};
}

} // namespace

ReleasesPage::ReleasesPage(ReleaseModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_list(new QListView(this))
    , m_back(new Button(tr("Roll back to this…"), Button::Look::Plain, this))
{
    const int unit = unitOf(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    m_list->setModel(&model);
    m_list->setItemDelegate(new TwoLineDelegate(releaseLines, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTabKeyNavigation(false);
    m_list->setAccessibleName(tr("Releases"));
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    layout->addWidget(m_list, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(4 * unit, 2 * unit, 4 * unit, 3 * unit);
    foot->addWidget(m_back);
    foot->addStretch(1);
    layout->addLayout(foot);
    const auto ask = [this] {
        if (chosen() > 0)
            Q_EMIT rollBackWanted(chosen());
    };
    connect(m_back, &Button::clicked, this, ask);
    connect(m_list, &QListView::activated, this, ask);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ReleasesPage::judge);
    connect(&model, &QAbstractItemModel::modelReset, this, &ReleasesPage::judge);
    connect(&model, &QAbstractItemModel::dataChanged, this, &ReleasesPage::judge);
    connect(m_list, &QListView::customContextMenuRequested, this, [this, ask](const QPoint &at) {
        if (chosen() == 0)
            return;
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addAction(tr("Roll back to v%1…").arg(chosen()), this, ask);
        menu->popup(m_list->viewport()->mapToGlobal(at));
    });
    judge();
}

int ReleasesPage::chosen() const
{
    const QModelIndex index = m_list->selectionModel()->selectedIndexes().value(0);
    if (!index.isValid() || !m_busy.isEmpty() || index.data(ReleaseModel::CurrentRole).toBool())
        return 0;
    return index.data(ReleaseModel::ReleaseRole).value<Release>().number;
}

void ReleasesPage::setBusy(const QString &why)
{
    m_busy = why;
    m_back->setToolTip(why);
    judge();
}

void ReleasesPage::judge()
{
    const int number = chosen();
    m_back->setEnabled(number > 0);
    m_back->setText(number > 0 ? tr("Roll back to v%1…").arg(number) : tr("Roll back to this…"));
    m_back->updateGeometry();
}

} // namespace Slipway
