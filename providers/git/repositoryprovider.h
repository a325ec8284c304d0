// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/git/mirror.h"
#include "providers/machine/background.h"
#include "providers/provider.h"

namespace Slipway {

/// Changes of git repositories on this machine, for pipelines that run elsewhere. Its `pipeline` is the absolute path
/// of a repository; each is read through a bare mirror below `home`. Lives in the account's thread; git runs beside it.
class RepositoryProvider final : public Provider, public SourceProvider
{
public:
    explicit RepositoryProvider(const QString &home);

    SourceProvider *source() override { return this; }
    void stop(std::function<void()> drained) override;

    Task<QList<Change>> changes(QString pipeline, QList<Change> known) override;
    Task<Comparison> compare(QString pipeline, QString base, QString head, CommitRange range) override;
    Task<QString> resolve(QString pipeline, QString ref) override;
    Task<std::optional<QByteArray>> file(QString pipeline, QString ref, QString path) override;
    Task<QString> updateBranch(BranchUpdate update) override;
    Task<void> archive(QString pipeline, QString version, QString file) override;

private:
    /// In the background thread: the mirror of a repository; `fresh`: with what the repository has now.
    Result<Mirror> mirrorOf(const QString &repository, bool fresh, const Cancel &cancel) const;
    template<typename T>
    Later<Result<T>> with(const QString &repository, bool fresh,
                          std::function<Result<T>(const Mirror &, const Cancel &)> work);

    QString m_home;
    Background m_background;
};

} // namespace Slipway
