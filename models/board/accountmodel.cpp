// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/accountmodel.h"

#include "models/board/rowmerge.h"
#include "models/domain/accounttitle.h"

namespace Slipway {

AccountModel::AccountModel(const BoardReader &reader, QObject *parent)
    : QAbstractListModel(parent)
    , m_reader(reader)
    , m_rows(read())
{ }

QList<AccountStatus> AccountModel::read() const
{
    QList<AccountStatus> rows;
    const QList<Account> accounts = m_reader.store().accounts();
    for (const Account &account : accounts) {
        AccountStatus status = m_reader.cache().accountStatus(account.name).value_or(AccountStatus{});
        status.account = account; // what the user set, not what the cache remembers of it
        rows.append(status);
    }
    return rows;
}

void AccountModel::apply(const ChangeSet &changes)
{
    if (changes.everything || !changes.accounts.isEmpty())
        RowMerge::apply(*this, m_rows, read(), [](const AccountStatus &status) { return status.account.name; });
}

int AccountModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant AccountModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const AccountStatus &status = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return accountTitle(status.account.name);
    case Qt::AccessibleTextRole:
        return status.error.isEmpty()
            ? tr("Account %1, %2").arg(accountTitle(status.account.name), toString(status.state))
            : tr("Account %1, %2: %3").arg(accountTitle(status.account.name), toString(status.state), status.error);
    case StatusRole:
        return QVariant::fromValue(status);
    default:
        return {};
    }
}

} // namespace Slipway
