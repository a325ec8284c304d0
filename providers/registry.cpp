// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/registry.h"

#include "providers/local/client/localprovider.h"

#include <algorithm>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<Provider> createLocal(const ProviderContext &context)
{
    return std::make_unique<LocalProvider>(context.home);
}

} // namespace

const QList<ProviderKind> &providerKinds()
{
    static const QList<ProviderKind> kinds{
        {u"local"_s, u"This machine"_s, createLocal, TokenSource{false}},
    };
    return kinds;
}

const ProviderKind *providerKind(const QString &kind)
{
    const auto &all = providerKinds();
    const auto hit = std::find_if(all.cbegin(), all.cend(), [&kind](const ProviderKind &k) { return k.kind == kind; });
    return hit == all.cend() ? nullptr : &*hit;
}

} // namespace Slipway
