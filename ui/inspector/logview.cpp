// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/logview.h"

#include "models/logs/logmodel.h"
#include "ui/theme/paint.h"

#include <QPaintEvent>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace Slipway {

class LogDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    int width = 0; ///< of the longest line's text so far
    bool steps = false; ///< LogView::Look::Steps

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        const QFontMetrics &metrics = option.fontMetrics;
        return {metrics.horizontalAdvance(u'0') * (steps ? kMargins : kBefore) + width,
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
        const auto put = [&](const QString &text, int columns, const QColor &ink) {
            painter->setPen(ink);
            painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
            box.setLeft(box.left() + columns * cell);
        };
        if (steps) {
            const bool heading = line.text == line.process;
            put(line.text, 0, heading ? theme.logAccent : line.isError ? theme.logError : theme.logText);
            painter->restore();
            return;
        }
        put(line.at.toLocalTime().toString(u"HH:mm:ss"_s), 9, theme.logMuted);
        put(line.process.left(9), qMax(8, int(qMin<qsizetype>(9, line.process.size()))) + 1, theme.logAccent);
        put(line.text, 0, line.isError ? theme.logError : theme.logText);
        painter->restore();
    }

private:
    static constexpr int kBefore = 24; ///< columns: margins, time and process
    static constexpr int kMargins = 3; ///< columns
};

LogView::LogView(LogModel &model, QWidget *parent)
    : QListView(parent)
    , m_delegate(new LogDelegate(this))
    , m_log(model)
    , m_filter(new QSortFilterProxyModel(this))
{
    m_filter->setSourceModel(&model);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    setItemDelegate(m_delegate);
    setModel(m_filter);
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setAccessibleName(tr("Log"));
    dress();
    addCopyAction();
    connect(&model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { measure(first, last); });
    connect(&model, &QAbstractItemModel::modelReset, this, [this] {
        m_delegate->width = 0;
        scheduleDelayedItemsLayout();
    });
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

void LogView::setLook(Look look)
{
    m_delegate->steps = look == Look::Steps;
    scheduleDelayedItemsLayout();
}

void LogView::addCopyAction()
{
    auto *copy = new QAction(tr("Copy"), this);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &LogView::copy);
    auto *all = new QAction(tr("Select all"), this);
    connect(all, &QAction::triggered, this, &QListView::selectAll);
    addActions({copy, all});
    setContextMenuPolicy(Qt::ActionsContextMenu);
}

/// All rows are as wide as the longest one; only lines that may be longer are measured.
void LogView::measure(int first, int last)
{
    const QFontMetrics metrics(font());
    const int cell = qMax(1, metrics.horizontalAdvance(u'0'));
    int width = m_delegate->width;
    for (int row = first; row <= last; ++row) {
        const QString text = m_log.index(row).data(LogModel::LineRole).value<LogLine>().text;
        if (text.size() * 2 * cell > width) // some letters take two columns
            width = qMax(width, metrics.horizontalAdvance(text));
    }
    if (width == m_delegate->width)
        return;
    m_delegate->width = width;
    scheduleDelayedItemsLayout();
}

void LogView::dress()
{
    setFont(monoFont(QGuiApplication::font()));
    m_delegate->width = 0;
    if (m_log.rowCount() > 0)
        measure(0, m_log.rowCount() - 1);
    viewport()->setAutoFillBackground(false); // painted in paintEvent, our palette stays the application's
    dressBars();
}

/// Dark as the log, in both sets of colours.
void LogView::dressBars()
{
    const Theme &theme = Theme::of(QGuiApplication::palette());
    QPalette dark(theme.logText, theme.logPage, theme.logMuted, theme.logPage, theme.logMuted, theme.logText,
                  theme.logPage);
    dark.setColor(QPalette::Window, theme.logPage);
    for (QScrollBar *bar : {verticalScrollBar(), horizontalScrollBar()}) {
        bar->setPalette(dark);
        bar->setAutoFillBackground(true);
    }
}

void LogView::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        dress();
    else if (event->type() == QEvent::PaletteChange)
        dressBars();
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
