// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/pipeline.h"

#include "models/domain/enumnames.h"

#include <QCoreApplication>

#include <algorithm>

namespace Slipway {

namespace {

struct NameTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Name)
};

constexpr EnumNames<AccountState, 4> kAccountStates{{
    {AccountState::Live, "live"},
    {AccountState::Stale, "stale"},
    {AccountState::Offline, "offline"},
    {AccountState::Unauthorised, "unauthorised"},
}};

/// A DNS label may have 63 characters; 40 leave room for what providers put around a name.
constexpr int kMaxNameLength = 40;

bool isGood(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-';
}

} // namespace

QString toString(AccountState state)
{
    return enumName(kAccountStates, state);
}

AccountState accountStateFromString(const QString &text)
{
    return enumValue(kAccountStates, text).value_or(AccountState::Stale);
}

RemoteProject sourceOf(const Pipeline &pipeline)
{
    if (pipeline.isShared())
        return pipeline.source;
    if (!pipeline.runsHere() && pipeline.repository.startsWith(u'/'))
        return {kGitAccount, pipeline.repository};
    return {pipeline.deploysAccount, pipeline.deploysId};
}

RemoteProject ciOf(const Pipeline &pipeline)
{
    return pipeline.ci.account.isEmpty() ? pipeline.source : pipeline.ci;
}

bool Pipeline::runsHere() const
{
    return deploysAccount == kLocalAccount;
}

QString nameProblem(const QString &name)
{
    if (name.isEmpty())
        return NameTr::tr("A name is needed, such as “dev1”.");
    if (name.size() > kMaxNameLength) {
        return NameTr::tr("“%1…” has %2 characters; a name may have at most %3.")
            .arg(name.left(20))
            .arg(name.size())
            .arg(kMaxNameLength);
    }
    const auto bad = std::find_if_not(name.cbegin(), name.cend(), isGood);
    if (bad != name.cend()) {
        const QString what = bad->isSpace()         ? NameTr::tr("a space")
            : bad->isPrint() && !bad->isSurrogate() ? NameTr::tr("“%1”").arg(*bad)
                                                    : NameTr::tr("a special character");
        return NameTr::tr("“%1” contains %2; a name is made of lower-case letters a–z, digits and hyphens.")
            .arg(name, what);
    }
    if (name.startsWith(u'-') || name.endsWith(u'-'))
        return NameTr::tr("“%1” starts or ends with a hyphen; start and end with a letter or a digit.").arg(name);
    return {};
}

} // namespace Slipway
