// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/words.h"

#include <QStyledItemDelegate>

#include <functional>

namespace Slipway {

/// A row of two lines: a title with an aside, and what belongs to it below, with a badge at the right.
struct TwoLines
{
    QString title;
    QString aside;
    QString below;
    Badge badge; ///< empty text: none
    QString tip; ///< plain text; empty: title and below, whole
};

class TwoLineDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using Reader = std::function<TwoLines(const QModelIndex &)>;
    TwoLineDelegate(Reader reader, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    Reader m_reader;
};

} // namespace Slipway
