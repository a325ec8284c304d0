// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/app/modelprovider.h"

namespace Slipway {

/// A service with two pipelines that answers only those whose token begins with "good-".
class ServiceProvider final : public ModelProvider
{
public:
    explicit ServiceProvider(const ProviderContext &context)
        : ModelProvider(context.home + QStringLiteral("/world.json"))
        , m_token(context.token)
    { }

    Task<QList<RemotePipeline>> pipelines() override;
    Task<Snapshot> observe(QString pipeline, Snapshot known, QStringList only) override;
    Task<AccountFacts> facts(bool ask) override;

private:
    Result<void> authorised() const;
    QString m_token;
};

} // namespace Slipway
