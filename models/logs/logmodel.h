// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/logline.h"

#include <QAbstractListModel>

namespace Slipway {

/// The log lines of one environment, oldest first, appended in place; the oldest go once there are kMaxLines. GUI
/// thread.
class LogModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { LineRole = Qt::UserRole + 1 /**< Slipway::LogLine */ };
    static constexpr int kMaxLines = 100'000; ///< about 30 MB
    explicit LogModel(QObject *parent = nullptr);
    void clear();
    void append(const QList<LogLine> &lines);
    /// Rows as text, for the clipboard: "10:41:07.123 web.1 GET /cart 200".
    QString text(const QModelIndexList &rows) const;
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override; ///< DisplayRole: the line as text

private:
    QList<LogLine> m_lines;
};

} // namespace Slipway

Q_DECLARE_METATYPE(Slipway::LogLine)
