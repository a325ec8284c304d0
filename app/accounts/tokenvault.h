// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <memory>

class QObject;

namespace Slipway {

/// Where tokens are: the system keychain, or this session's memory when there is none; never a file. Thread-safe, and
/// nobody waits: the keychain has a thread of its own. Answers come from the event loop of `context`'s thread, in which
/// the functions are called, and are dropped when `context` is gone.
///
/// In the keychain a token lies under the account's name; another SLIPWAY_HOME than the usual one is part of the name,
/// so that trials and tests never meet the tokens of the user's own accounts.
class TokenVault
{
public:
    enum class Kept { Keychain, Session /**< there is no keychain: until this program ends */ };

    explicit TokenVault(const QString &home);
    /// Empty: there is none, or the keychain is locked or absent.
    void read(const QString &account, QObject *context, std::function<void(QString)> done);
    void write(const QString &account, const QString &token, QObject *context, std::function<void(Kept)> done);
    void remove(const QString &account, QObject *context, std::function<void()> done);

private:
    QString keyOf(const QString &account) const;
    QString m_place; ///< the home, unless it is the usual one
    struct Memory;
    std::shared_ptr<Memory> m_memory; ///< keychain jobs that are under way keep it
};

} // namespace Slipway
