// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/git/repositoryprovider.h"

#include "providers/git/branchmerge.h"
#include "providers/git/pack.h"
#include "providers/machine/packtree.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

namespace Slipway {

using namespace Qt::StringLiterals;

RepositoryProvider::RepositoryProvider(const QString &home)
    : m_home(home + u"/repositories"_s)
{ }

void RepositoryProvider::stop(std::function<void()> drained)
{
    m_background.stop(std::move(drained));
}

Result<Mirror> RepositoryProvider::mirrorOf(const QString &repository, bool fresh, const Cancel &cancel) const
{
    const QByteArray name = QCryptographicHash::hash(repository.toUtf8(), QCryptographicHash::Sha1).toHex().left(16);
    const QString directory = m_home + u'/' + QString::fromLatin1(name) + u".git"_s;
    if (!QFileInfo::exists(directory)) {
        if (!QDir().mkpath(m_home))
            return fail(Error::Kind::Storage, u"The folder %1 cannot be made."_s.arg(m_home),
                        u"Free some space there and try again."_s);
        return Mirror::create(repository, directory, cancel);
    }
    auto mirror = Mirror::open(directory);
    if (!mirror || !fresh)
        return mirror;
    if (const auto fetched = mirror->fetch(cancel); !fetched)
        return tl::unexpected(fetched.error());
    return mirror;
}

template<typename T>
Later<Result<T>> RepositoryProvider::with(const QString &repository, bool fresh,
                                          std::function<Result<T>(const Mirror &, const Cancel &)> work)
{
    const std::function<Result<T>(const Cancel &)> whole = [this, repository, fresh,
                                                            work = std::move(work)](const Cancel &cancel) -> Result<T> {
        const auto mirror = mirrorOf(repository, fresh, cancel);
        if (!mirror)
            return tl::unexpected(mirror.error());
        return work(*mirror, cancel);
    };
    return m_background.run<T>(whole);
}

Task<QList<Change>> RepositoryProvider::changes(QString pipeline, QList<Change>)
{
    const std::function<Result<QList<Change>>(const Mirror &, const Cancel &)> work =
        [](const Mirror &mirror, const Cancel &) { return mirror.changes(); };
    auto later = with<QList<Change>>(pipeline, true, work);
    Result<QList<Change>> outcome = co_await later;
    co_return outcome;
}

Task<Comparison> RepositoryProvider::compare(QString pipeline, QString base, QString head, CommitRange range)
{
    const std::function<Result<Comparison>(const Mirror &, const Cancel &)> work =
        [base, head, range](const Mirror &mirror, const Cancel &cancel) {
            auto known = mirror.compare(base, head, range);
            if (known || !mirror.fetch(cancel))
                return known;
            return mirror.compare(base, head, range);
        };
    auto later = with<Comparison>(pipeline, false, work);
    Result<Comparison> outcome = co_await later;
    co_return outcome;
}

Task<QString> RepositoryProvider::resolve(QString pipeline, QString ref)
{
    const std::function<Result<QString>(const Mirror &, const Cancel &)> work =
        [ref](const Mirror &mirror, const Cancel &) { return mirror.resolve(ref); };
    auto later = with<QString>(pipeline, true, work);
    Result<QString> outcome = co_await later;
    co_return outcome;
}

Task<std::optional<QByteArray>> RepositoryProvider::file(QString pipeline, QString ref, QString path)
{
    using Content = std::optional<QByteArray>;
    const std::function<Result<Content>(const Mirror &, const Cancel &)> work =
        [ref, path](const Mirror &mirror, const Cancel &) -> Result<Content> {
        Result<QString> name = ref;
        if (ref.isEmpty())
            name = mirror.mainBranch();
        const Result<QString> sha = name ? mirror.resolve(*name) : name;
        if (!sha)
            return tl::unexpected(sha.error());
        return mirror.file(*sha, path);
    };
    auto later = with<Content>(pipeline, true, work);
    Result<Content> outcome = co_await later;
    co_return outcome;
}

Task<QString> RepositoryProvider::updateBranch(BranchUpdate update)
{
    const QString scratch = m_home + u"/merge"_s;
    const std::function<Result<QString>(const Mirror &, const Cancel &)> work =
        [update, scratch](const Mirror &mirror, const Cancel &cancel) {
            const MergePlan plan{update.branch, update.head, update.version, update.message, scratch};
            return mergeIntoBranch(mirror, plan, cancel);
        };
    auto later = with<QString>(update.pipeline, true, work);
    Result<QString> outcome = co_await later;
    co_return outcome;
}

Task<void> RepositoryProvider::archive(QString pipeline, QString version, QString file)
{
    if (version.isEmpty()) {
        const std::function<Result<void>(const Cancel &)> copy = [pipeline, file](const Cancel &cancel) {
            return packDirectory(pipeline, file, cancel);
        };
        auto packed = m_background.run<void>(copy);
        Result<void> done = co_await packed;
        co_return done;
    }
    const std::function<Result<void>(const Mirror &, const Cancel &)> work =
        [version, file](const Mirror &mirror, const Cancel &cancel) -> Result<void> {
        const auto fill = [&](const QString &scratch) -> Result<QString> {
            const auto unpacked = mirror.archive(version, scratch, cancel);
            return unpacked ? Result<QString>(scratch) : tl::unexpected(unpacked.error());
        };
        return packScratch(file, fill, cancel);
    };
    auto later = with<void>(pipeline, true, work);
    Result<void> outcome = co_await later;
    co_return outcome;
}

} // namespace Slipway
