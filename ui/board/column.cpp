// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/column.h"

#include "ui/board/cardlist.h"
#include "ui/board/carried.h"
#include "ui/board/columnheader.h"
#include "ui/board/droptarget.h"
#include "ui/board/staginghead.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/button.h"

#include <QDragEnterEvent>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

Column::Column(const BoardReader &reader, Stage stage, QWidget *parent)
    : QWidget(parent)
    , m_reader(reader)
    , m_model(new ColumnModel(reader, stage, this))
    , m_header(new ColumnHeader(Words::stage(stage), this))
    , m_staging(stage == Stage::Staging ? new StagingHead(this) : nullptr) // before the cards: Tab goes downwards
    , m_list(new CardList(*m_model, this))
    , m_target(new DropTarget(this))
{
    setAcceptDrops(true);
    const int unit = unitOf(this);
    setMinimumWidth(unit * 58);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(unit * 2, unit * 3 / 2, unit * 2, unit * 2);
    layout->setSpacing(unit);
    layout->addWidget(m_header);
    if (m_staging) {
        m_header->setButton(m_staging->holdButton());
        layout->addWidget(m_staging);
        layout->addSpacing(unit);
    }
    layout->addWidget(m_list, 1);
    m_list->setAccessibleName(Words::stage(stage));
    setFocusProxy(m_list);
}

void Column::setPipeline(const QString &pipeline)
{
    m_pipeline = pipeline;
    m_model->setPipeline(pipeline);
    refreshHead();
}

void Column::apply(const ChangeSet &changes)
{
    m_model->apply(changes);
    refreshHead();
}

void Column::setEmptyText(const QString &text)
{
    m_list->setEmptyText(text);
}

void Column::refreshHead()
{
    m_header->setCount(m_model->rowCount());
    m_header->setNote(note());
    if (m_staging) {
        const bool any = m_model->rowCount() > 0;
        m_staging->setGauge(any ? std::optional(m_reader.gauge(m_pipeline)) : std::nullopt);
    }
}

QString Column::note() const
{
    const int rows = m_model->rowCount();
    if (stage() == Stage::Staging) {
        return m_pipeline.isEmpty() ? QString() : tr("limit %1").arg(m_reader.policy(m_pipeline).limit());
    }
    if (stage() == Stage::Production) {
        if (rows == 0)
            return {};
        constexpr int kEnough = 100; // more than that in a week is said as "100+"
        const QDateTime weekAgo = QDateTime::currentDateTimeUtc().addDays(-7);
        int deploys = 0;
        const QString id = m_model->index(0).data(ColumnModel::IdRole).toString();
        for (const Release &release : m_reader.cache().releases(id, kEnough))
            deploys += release.at >= weekAgo && !release.deployedAt.isValid() ? 1 : 0; // a change of config is none
        return deploys == 0 ? QString() : Words::some(deploys, tr("1 deploy this week"), tr("%1 deploys this week"));
    }
    int asleep = 0;
    for (int row = 0; row < rows; ++row) {
        const auto card = m_model->index(row).data(ColumnModel::CardRole).value<Card>();
        asleep += card.environment.state == EnvironmentState::Suspended ? 1 : 0;
    }
    return asleep == 0 ? QString() : tr("%1 asleep").arg(asleep);
}

void Column::setLift(Lift lift, const DropAnswer &answer, const QString &liftedId)
{
    m_lift = lift;
    m_aimed = false;
    m_list->cards().setLifted(liftedId);
    m_list->cards().setDimmed(lift == Lift::Illegal);
    if (lift == Lift::Legal || (lift == Lift::Illegal && !answer.text.isEmpty())) {
        m_target->show(answer.text, lift == Lift::Legal);
        placeTarget();
    } else {
        m_target->hide();
    }
    m_list->coverEmptyText(!m_target->isHidden());
    update();
}

void Column::setAimed(bool aimed, const QString &hint)
{
    m_aimed = aimed;
    m_target->setAimed(aimed, hint);
    update();
}

QWidget *Column::target()
{
    return m_target;
}

void Column::setFoot(int height)
{
    if (m_foot == height)
        return;
    m_foot = height;
    placeTarget();
}

void Column::placeTarget()
{
    const int unit = unitOf(this);
    const QSize size(m_list->width() - 4, m_target->sizeHint().height());
    const int top = m_list->y() + m_list->viewport()->y();
    // Under the last card; over the cards when there is no room below them.
    const int wanted = top + m_list->contentsBottom() + unit / 2;
    m_target->setGeometry(
        QRect(QPoint(m_list->x() + 2, qMin(wanted, height() - size.height() - 2 * unit - m_foot)), size));
}

void Column::scrollNear(const QPoint &global)
{
    const QPoint local = m_list->mapFromGlobal(global);
    const int edge = unitOf(this) * 10;
    if (local.x() < 0 || local.x() >= m_list->width())
        return;
    QScrollBar *bar = m_list->verticalScrollBar();
    if (local.y() < edge && local.y() > -edge)
        bar->setValue(bar->value() - edge / 4);
    else if (local.y() > m_list->height() - edge && local.y() < m_list->height() + edge)
        bar->setValue(bar->value() + edge / 4);
}

void Column::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    const double radius = unitOf(this) * 2.5;
    if (m_lift == Lift::Legal)
        paintPanel(painter, rect(), m_aimed ? mix(theme.accentSoft, theme.accent, 0.08) : theme.accentSoft,
                   theme.accent, radius, m_aimed ? 3.0 : 1.8);
    else if (m_lift == Lift::Illegal && m_aimed)
        paintPanel(painter, rect(), theme.column, theme.muted, radius, 2.0);
    else
        paintPanel(painter, rect(), theme.column, {}, radius);
}

void Column::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_target->isVisible())
        placeTarget();
}

bool Column::takes(const QDropEvent *event) const
{
    return m_lift == Lift::Legal && isCarried(event->mimeData());
}

void Column::dragEnterEvent(QDragEnterEvent *event)
{
    if (!isCarried(event->mimeData()))
        return;
    setAimed(true);
    // Entered even where it is refused, so that moves go on coming and the column can say why.
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void Column::dragMoveEvent(QDragMoveEvent *event)
{
    if (takes(event)) {
        event->setDropAction(Qt::CopyAction);
        event->accept();
    } else {
        event->ignore();
    }
}

void Column::dragLeaveEvent(QDragLeaveEvent *)
{
    setAimed(false);
}

void Column::dropEvent(QDropEvent *event)
{
    if (!takes(event)) {
        event->ignore();
        return;
    }
    event->setDropAction(Qt::CopyAction);
    event->accept();
    Q_EMIT dropped();
}

} // namespace Slipway
