// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/commandpalette.h"

#include "ui/sidebar/navdelegate.h"
#include "ui/theme/paint.h"
#include "ui/widgets/field.h"

#include <QApplication>
#include <QKeyEvent>
#include <QListWidget>
#include <QVBoxLayout>

namespace Slipway {

namespace {

constexpr int kEntryRole = Qt::UserRole + 1;
constexpr int kKindRole = Qt::UserRole + 2;
constexpr int kAnswered = 12; ///< so many answers are found out at once
constexpr int kShown = 60; ///< more than anybody reads: type another word instead

NavRow entryRow(const QModelIndex &index)
{
    return {index.data().toString(), index.data(kKindRole).toString(), {}, {}};
}

} // namespace

CommandPalette::CommandPalette(QWidget *window)
    : QWidget(window)
    , m_panel(new QWidget(this))
    , m_field(new Field(m_panel))
    , m_list(new QListWidget(m_panel))
{
    hide();
    const int unit = unitOf(this);
    auto *layout = new QVBoxLayout(m_panel);
    layout->setContentsMargins(3 * unit, 3 * unit, 3 * unit, 3 * unit);
    layout->setSpacing(2 * unit);
    layout->addWidget(m_field);
    layout->addWidget(m_list, 1);
    m_field->setPlaceholderText(tr("Find an environment or a change, or run a command"));
    m_field->setAccessibleName(tr("Find or run"));
    m_list->setAccessibleName(tr("What was found"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus); // the field keeps the keys
    m_list->setItemDelegate(new NavDelegate(entryRow, m_list));
    m_field->installEventFilter(this);
    window->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListWidget::itemClicked, this, [this](QListWidgetItem *item) { run(m_list->row(item)); });
}

void CommandPalette::open(const QList<PaletteEntry> &entries)
{
    m_entries = entries;
    if (!isVisible())
        m_focusBefore = QApplication::focusWidget();
    m_field->clear();
    filter({});
    show();
    raise();
    place();
    m_field->setFocus();
}

void CommandPalette::filter(const QString &text)
{
    m_list->clear();
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    for (qsizetype at = 0; at < m_entries.size() && m_list->count() < kShown; ++at) {
        const PaletteEntry &entry = m_entries.at(at);
        const bool hit = std::all_of(words.begin(), words.end(), [&entry](const QString &word) {
            return entry.text.contains(word, Qt::CaseInsensitive) || entry.kind.contains(word, Qt::CaseInsensitive);
        });
        if (!hit)
            continue;
        auto *item = new QListWidgetItem(entry.text, m_list);
        item->setData(kEntryRole, int(at));
        item->setData(kKindRole, entry.kind);
        item->setData(Qt::AccessibleTextRole, entry.kind + QStringLiteral(": ") + entry.text);
    }
    answer();
    m_list->setCurrentRow(0);
}

void CommandPalette::answer()
{
    QList<QListWidgetItem *> asking;
    for (int row = 0; row < m_list->count() && asking.size() <= kAnswered; ++row) {
        if (m_entries.at(m_list->item(row)->data(kEntryRole).toInt()).answer)
            asking.append(m_list->item(row));
    }
    if (asking.size() > kAnswered)
        return;
    for (QListWidgetItem *item : std::as_const(asking)) {
        const PaletteEntry &entry = m_entries.at(item->data(kEntryRole).toInt());
        item->setText(entry.answer());
        item->setData(Qt::AccessibleTextRole, entry.kind + QStringLiteral(": ") + item->text());
    }
}

void CommandPalette::run(int row)
{
    const QListWidgetItem *item = m_list->item(row);
    if (!item)
        return;
    const auto action = m_entries.at(item->data(kEntryRole).toInt()).run;
    close();
    action();
}

void CommandPalette::close()
{
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus();
}

void CommandPalette::place()
{
    setGeometry(parentWidget()->rect());
    const int unit = unitOf(this);
    const int wide = qMin(unit * 150, width() - 8 * unit);
    const int high = qMin(unit * 100, height() - 16 * unit);
    m_panel->setGeometry((width() - wide) / 2, qMin(unit * 14, (height() - high) / 2), wide, high);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (isVisible() && watched == parentWidget() && event->type() == QEvent::Resize)
        place();
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int row = m_list->currentRow();
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Down:
        m_list->setCurrentRow(qMin(row + 1, m_list->count() - 1));
        return true;
    case Qt::Key_Up:
        m_list->setCurrentRow(qMax(row - 1, 0));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run(row);
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // nothing else here takes the focus
    default:
        return false;
    }
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.scrim);
    paintPanel(painter, m_panel->geometry(), theme.surface, theme.dark ? theme.line : QColor(), unitOf(this) * 3.0);
}

void CommandPalette::mousePressEvent(QMouseEvent *)
{
    close();
}

} // namespace Slipway
