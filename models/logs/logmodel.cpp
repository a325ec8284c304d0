// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/logmodel.h"

#include <algorithm>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

QString asText(const LogLine &line)
{
    const QString at = line.at.isValid() ? line.at.toLocalTime().toString(u"HH:mm:ss.zzz"_s) + u' ' : QString();
    return line.process.isEmpty() ? at + line.text : at + line.process + u' ' + line.text;
}

/// Lines go in blocks once the log is full: views have less to do than with one removal for each new line.
constexpr int kBlock = 1000;

} // namespace

LogModel::LogModel(QObject *parent)
    : QAbstractListModel(parent)
{ }

void LogModel::clear()
{
    if (m_lines.isEmpty())
        return;
    beginResetModel();
    m_lines.clear();
    endResetModel();
}

void LogModel::append(const QList<LogLine> &lines)
{
    const QList<LogLine> fresh = lines.size() > kMaxLines ? lines.mid(lines.size() - kMaxLines) : lines;
    if (fresh.isEmpty())
        return;
    const int surplus = int(m_lines.size() + fresh.size()) - kMaxLines;
    if (surplus > 0) {
        const int gone = std::min(int(m_lines.size()), std::max(surplus, kBlock));
        beginRemoveRows({}, 0, gone - 1);
        m_lines.remove(0, gone);
        endRemoveRows();
    }
    const int first = int(m_lines.size());
    beginInsertRows({}, first, first + int(fresh.size()) - 1);
    m_lines += fresh;
    endInsertRows();
}

QString LogModel::text(const QModelIndexList &rows) const
{
    QList<int> numbers;
    numbers.reserve(rows.size());
    for (const QModelIndex &row : rows) {
        if (row.isValid() && row.row() < m_lines.size())
            numbers.append(row.row());
    }
    std::sort(numbers.begin(), numbers.end()); // a selection lists them in the order of clicking
    QStringList texts;
    texts.reserve(numbers.size());
    for (const int row : std::as_const(numbers))
        texts.append(asText(m_lines.at(row)));
    return texts.join(u'\n');
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return asText(m_lines.at(index.row()));
    case LineRole:
        return QVariant::fromValue(m_lines.at(index.row()));
    default:
        return {};
    }
}

} // namespace Slipway
