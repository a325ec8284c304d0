// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/configmodel.h"

#include "models/board/rowmerge.h"

#include <algorithm>

namespace Slipway {

namespace {

std::optional<Stage> nextStage(Stage stage)
{
    if (stage == Stage::Production)
        return std::nullopt;
    return stage == Stage::Development ? Stage::Staging : Stage::Production;
}

ConfigKey::Relation relation(const QString &key, const Environment &here, const std::optional<Environment> &there)
{
    if (!there)
        return ConfigKey::Relation::Alone;
    const auto other = there->config.constFind(key);
    if (other == there->config.cend())
        return ConfigKey::Relation::MissingThere;
    const auto own = here.config.constFind(key);
    if (own == here.config.cend())
        return ConfigKey::Relation::OnlyThere;
    return *own == *other ? ConfigKey::Relation::Same : ConfigKey::Relation::Different;
}

} // namespace

ConfigModel::ConfigModel(const BoardReader &reader, QObject *parent)
    : QAbstractListModel(parent)
    , m_reader(reader)
{ }

void ConfigModel::setEnvironment(const QString &environmentId)
{
    if (environmentId == m_environment) {
        apply();
        return;
    }
    beginResetModel();
    m_environment = environmentId;
    m_shown.clear();
    m_rows = read();
    endResetModel();
}

void ConfigModel::apply()
{
    const QList<ConfigKey> wanted = read();
    for (const ConfigKey &row : std::as_const(m_rows)) {
        const bool same = std::any_of(wanted.cbegin(), wanted.cend(), [&row](const ConfigKey &now) {
            return now.key == row.key && now.hash == row.hash;
        });
        if (!same)
            m_shown.remove(row.key); // what was shown is not its value any more
    }
    RowMerge::apply(*this, m_rows, wanted, [](const ConfigKey &row) { return row.key; });
}

QList<ConfigKey> ConfigModel::read()
{
    m_other.clear();
    const auto here = m_reader.cache().environment(m_environment);
    if (!here)
        return {};
    const auto stage = nextStage(here->stage);
    const auto there = stage ? m_reader.environmentAt(here->pipeline, *stage) : std::nullopt;
    QStringList keys = here->config.keys();
    if (there) {
        m_other = there->name;
        keys += there->config.keys();
    }
    keys.sort();
    keys.removeDuplicates();
    QList<ConfigKey> rows;
    rows.reserve(keys.size());
    for (const QString &key : std::as_const(keys))
        rows.append({key, here->config.value(key), relation(key, *here, there)});
    return rows;
}

void ConfigModel::show(const QString &key, const QString &value)
{
    m_shown.insert(key, value.isNull() ? QLatin1StringView("") : value);
    tell(key);
}

void ConfigModel::hide(const QString &key)
{
    m_shown.remove(key);
    tell(key);
}

void ConfigModel::hideAll()
{
    const QStringList keys = m_shown.keys();
    for (const QString &key : keys)
        hide(key);
}

void ConfigModel::tell(const QString &key)
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).key == key)
            Q_EMIT dataChanged(index(row), index(row), {ValueRole, Qt::AccessibleTextRole});
    }
}

QString ConfigModel::sentence(const ConfigKey &row) const
{
    const auto value = m_shown.constFind(row.key);
    const QString what =
        value == m_shown.cend() ? tr("%1, value hidden").arg(row.key) : tr("%1 is %2").arg(row.key, *value);
    switch (row.relation) {
    case ConfigKey::Relation::Same:
        return tr("%1, same as %2").arg(what, m_other);
    case ConfigKey::Relation::Different:
        return tr("%1, differs from %2").arg(what, m_other);
    case ConfigKey::Relation::MissingThere:
        return tr("%1, missing on %2").arg(what, m_other);
    case ConfigKey::Relation::OnlyThere:
        return tr("%1, only on %2").arg(row.key, m_other);
    case ConfigKey::Relation::Alone:
        break;
    }
    return what;
}

int ConfigModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ConfigModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ConfigKey &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.key;
    case Qt::AccessibleTextRole:
        return sentence(row);
    case KeyRole:
        return QVariant::fromValue(row);
    case ValueRole:
        return m_shown.value(row.key);
    default:
        return {};
    }
}

} // namespace Slipway
