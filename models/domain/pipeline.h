// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace Slipway {

inline constexpr QLatin1String kLocalAccount("local"); ///< runs environments here; always there
inline constexpr QLatin1String kGitAccount("git"); ///< reads git repositories on this machine; always there

/// What an account knows by an id of its own.
struct RemoteProject
{
    QString account; ///< Slipway's name of it; empty: none
    QString id; ///< "acme/shop" at GitHub
    friend bool operator==(const RemoteProject &, const RemoteProject &) = default;
};

/// One application's way from dev environments through staging to production.
struct Pipeline
{
    QString name; ///< Slipway's name: [a-z0-9-], DNS label, at most 40 characters
    QString deploysAccount; ///< name of the account that runs it: "local"
    QString deploysId; ///< what that account calls it
    QString repository; ///< absolute path of a working copy on this machine; empty: there is none
    QString mainBranch; ///< empty until the provider told
    bool sample = false; ///< made by `slipwayctl sample`; its repository may be deleted with it
    bool readOnly = false;
    bool adopted = false; ///< was at the account before Slipway knew it: removing it only takes it off the board
    RemoteProject source = {}; ///< where its changes come from, when it was named; see sourceOf()
    RemoteProject ci = {}; ///< who checks its commits; none: who has its changes, if that one can tell

    bool runsHere() const; ///< on this machine
    /// Its team shares verdicts, deploys and who holds staging where the code is: the source of its changes was named.
    bool isShared() const { return !source.account.isEmpty(); }
    friend bool operator==(const Pipeline &, const Pipeline &) = default;
};

/// Where the changes of a pipeline come from: the source that was named. Without one this machine's environments come
/// with their own, any other pipeline's changes are those of its git repository here, and where there is none it is
/// the account that runs the pipeline who may know.
RemoteProject sourceOf(const Pipeline &pipeline);
/// Who checks its commits: the one that was named, else who was named as the source of its changes. No account: nobody.
RemoteProject ciOf(const Pipeline &pipeline);

/// An account: where tokens, threads and budgets belong.
struct Account
{
    QString name; ///< unique; "local" always exists
    QString kind; ///< provider kind: "local", "heroku" …
    QString url; ///< root of the service, empty for the default
    QString dataUrl = {}; ///< root of a second service (Heroku's data API); empty: `url` on loopback, else the default
    QString tokenVariable = {}; ///< name of the environment variable that holds the token; empty: the keychain does
    friend bool operator==(const Account &, const Account &) = default;
};

enum class AccountState { Live, Stale, Offline, Unauthorised };
QString toString(AccountState state);
AccountState accountStateFromString(const QString &text);

/// What a service tells of the account itself. Whatever is not known stays empty or -1.
struct AccountFacts
{
    QString who; ///< whose token it is: an e-mail address or a login
    QStringList scopes; ///< what the token may do, in the service's own words
    int budgetLeft = -1; ///< requests that may still be sent …
    int budgetTotal = -1; ///< … of so many
    friend bool operator==(const AccountFacts &, const AccountFacts &) = default;
};

/// A pipeline that an account runs, whether it is on the board or not.
struct ListedPipeline
{
    QString id; ///< the account's
    QString name;
    friend bool operator==(const ListedPipeline &, const ListedPipeline &) = default;
};

/// How fresh what an account told is.
struct AccountStatus
{
    Account account;
    AccountState state = AccountState::Stale;
    QDateTime asOf; ///< last good answer, UTC
    QString error; ///< sentence, empty when live
    AccountFacts facts = {};
    friend bool operator==(const AccountStatus &, const AccountStatus &) = default;
};

/// Longest lower-case DNS label [a-z0-9-] that still leaves room in an address; empty result: `name` is good,
/// otherwise a sentence that says what is wrong and what is right.
QString nameProblem(const QString &name);

} // namespace Slipway
