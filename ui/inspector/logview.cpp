// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/logview.h"

#include "models/logs/logmodel.h"
#include "ui/theme/paint.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

class LogDelegate final : public QStyledItemDelegate
{
public:
    LogDelegate(bool wide, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_wide(wide)
    { }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        constexpr int kWide = 220; // columns: what most loggers keep to
        const QFontMetrics &metrics = option.fontMetrics;
        return {m_wide ? metrics.horizontalAdvance(u'0') * kWide : unitOf(metrics) * 10,
                metrics.height() + qMax(2, unitOf(metrics) / 2)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.palette);
        const auto line = index.data(LogModel::LineRole).value<LogLine>();
        painter->save();
        painter->setFont(option.font);
        const QFontMetrics &metrics = option.fontMetrics;
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, mix(theme.logPage, theme.logAccent, 0.28));
        const int cell = metrics.horizontalAdvance(u'0');
        QRect box = option.rect.adjusted(cell * 2, 0, -cell, 0);
        const auto put = [&](const QString &text, int width, const QColor &ink) {
            painter->setPen(ink);
            painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
            box.setLeft(box.left() + width);
        };
        put(line.at.toLocalTime().toString(u"HH:mm:ss"_s), cell * 9, theme.logMuted);
        put(line.process.left(9), cell * (qMax(8, int(qMin<qsizetype>(9, line.process.size()))) + 1), theme.logAccent);
        const QString text = m_wide ? line.text : metrics.elidedText(line.text, Qt::ElideRight, box.width());
        put(text, 0, line.isError ? theme.logError : theme.logText);
        painter->restore();
    }

private:
    bool m_wide;
};

} // namespace

LogView::LogView(LogModel &model, bool wide, QWidget *parent)
    : QListView(parent)
    , m_log(model)
    , m_filter(new QSortFilterProxyModel(this))
{
    m_filter->setSourceModel(&model);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    setItemDelegate(new LogDelegate(wide, this));
    setModel(m_filter);
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setHorizontalScrollBarPolicy(wide ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    setHorizontalScrollMode(ScrollPerPixel);
    setAccessibleName(tr("Log"));
    dress();
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_following)
            follow();
    });
    connect(m_filter, &QAbstractItemModel::modelReset, this, [this] { follow(); });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (m_moving)
            return;
        const bool atEnd = value >= verticalScrollBar()->maximum();
        if (atEnd != m_following) {
            m_following = atEnd;
            Q_EMIT followingChanged(atEnd);
        }
    });
    // More lines make the range grow while the value stays: that is not the user leaving the end.
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this] {
        if (m_following)
            follow();
    });
}

void LogView::dress()
{
    setFont(monoFont(QGuiApplication::font()));
    viewport()->setAutoFillBackground(false); // painted in paintEvent, our palette stays the application's
}

void LogView::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        dress();
}

void LogView::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    if (m_following)
        follow();
}

void LogView::setFilter(const QString &text)
{
    m_filter->setFilterFixedString(text);
    if (m_following)
        follow();
}

void LogView::follow()
{
    m_moving = true;
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    m_moving = false;
    if (!m_following) {
        m_following = true;
        Q_EMIT followingChanged(true);
    }
}

void LogView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else
        QListView::keyPressEvent(event);
}

void LogView::copy() const
{
    QModelIndexList rows;
    for (const QModelIndex &index : selectionModel()->selectedIndexes())
        rows.append(m_filter->mapToSource(index));
    std::sort(rows.begin(), rows.end(), [](const QModelIndex &a, const QModelIndex &b) { return a.row() < b.row(); });
    if (!rows.isEmpty())
        QGuiApplication::clipboard()->setText(m_log.text(rows));
}

void LogView::paintEvent(QPaintEvent *event)
{
    const Theme &theme = Theme::of(palette());
    {
        QPainter painter(viewport());
        painter.fillRect(event->rect(), theme.logPage);
        if (m_filter->rowCount() == 0) {
            const int unit = unitOf(this);
            painter.setPen(theme.logMuted);
            painter.drawText(viewport()->rect().adjusted(4 * unit, 4 * unit, -4 * unit, 0),
                             Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                             m_log.rowCount() > 0 ? tr("No line has these words.") : m_emptyText);
        }
    }
    QListView::paintEvent(event);
}

} // namespace Slipway
