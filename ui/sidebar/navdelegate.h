// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/environment.h"
#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

#include <functional>
#include <optional>

namespace Slipway {

/// What one row of the side bar shows.
struct NavRow
{
    QString text;
    QString aside;
    std::optional<EnvironmentState> state; ///< a shape before the text
    std::optional<Tone> dot; ///< or a plain dot
};

/// One-line rows of the side bar: shape, text, an aside at the right.
class NavDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using Reader = std::function<NavRow(const QModelIndex &)>;
    NavDelegate(Reader reader, QObject *parent);
    static int rowHeight(const QFontMetrics &metrics);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    Reader m_reader;
};

} // namespace Slipway
