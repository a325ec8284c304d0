// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/archives.h"

#include "providers/github/githuberrors.h"
#include "providers/github/phrases.h"
#include "providers/machine/background.h"
#include "providers/machine/childprocess.h"
#include "providers/machine/lfspointers.h"
#include "providers/machine/packtree.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QScopeGuard>

#include <memory>

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kDownloadTries = 3; ///< of a download that ended early: a part of an archive is worth nothing
constexpr auto kSilence = 60s; ///< GitHub makes the archive of a large repository before it sends the first byte

/// Where a download goes as it comes.
struct Sink
{
    QFile file;
    QString problem; ///< of writing; empty: none
};

Error cannotWrite(const QString &file, const QString &reason)
{
    const bool full = reason.contains("No space left"_L1);
    return Error(full ? Error::Kind::NoSpace : Error::Kind::Storage,
                 Phrases::tr("The source cannot be written to %1: %2.").arg(file, reason),
                 Phrases::tr("Free some space there and try again."));
}

Error cutShort()
{
    return Error(Error::Kind::Network, Phrases::tr("The archive from GitHub was cut short."),
                 Phrases::tr("Check the network; Slipway tries again by itself."));
}

/// GitHub's archives have all files in one folder, "acme-shop-1a2b3c4"; ours have them at the root. A cut archive ends
/// here at the latest: each .gz holds its own checksum.
Result<void> unpack(const QString &archive, const QString &tree, const Cancel &cancel)
{
    if (!QDir().mkpath(tree))
        return tl::unexpected(cannotWrite(tree, Phrases::tr("the folder cannot be made")));
    ChildSpec spec;
    spec.program = u"tar"_s;
    spec.arguments = {u"--extract"_s,
                      u"--gzip"_s,
                      u"--strip-components=1"_s,
                      u"--no-same-owner"_s,
                      u"--same-permissions"_s,
                      u"--file"_s,
                      archive,
                      u"--directory"_s,
                      tree,
                      u"--delay-directory-restore"_s};
    spec.environment = userEnvironment();
    spec.environment.insert(u"LC_ALL"_s, u"C"_s);
    const auto child = runChild(spec, cancel);
    if (!child)
        return tl::unexpected(child.error());
    if (child->ok())
        return {};
    if (child->errorText().contains("No space left"_L1))
        return tl::unexpected(cannotWrite(tree, u"No space left on device"_s));
    return tl::unexpected(cutShort());
}

/// A submodule is an empty folder in GitHub's archives.
QString missingSubmodule(const QString &tree)
{
    QFile file(tree + u"/.gitmodules"_s);
    if (QFileInfo(file.fileName()).isSymLink() || !file.open(QIODevice::ReadOnly))
        return {};
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (const QString &line : lines) {
        if (line.section(u'=', 0, 0).trimmed() != u"path")
            continue;
        const QString path = line.section(u'=', 1).trimmed();
        const QDir folder(tree + u'/' + path);
        if (!path.isEmpty() && !path.contains(u".."_s) && folder.exists() && folder.isEmpty())
            return path;
    }
    return {};
}

Result<void> whole(const QString &tree, const QString &project)
{
    const QString remedy =
        Phrases::tr("Give the pipeline a working copy on this machine (--repo): what Slipway packs there is whole.");
    if (const QString path = missingSubmodule(tree); !path.isEmpty()) {
        return fail(Error::Kind::Unsupported,
                    Phrases::tr("GitHub's archive of %1 leaves out the submodule %2.").arg(project, path), remedy);
    }
    const QStringList large = largeFilePointers(tree);
    if (!large.isEmpty()) {
        return fail(Error::Kind::Unsupported,
                    Phrases::tr("GitHub's archive of %1 leaves out %2, which is kept in Git LFS.")
                        .arg(project, large.constFirst()),
                    Phrases::tr("Turn “Include Git LFS objects in archives” on in the repository's settings, or give "
                                "the pipeline a working copy on this machine (--repo)."));
    }
    return {};
}

} // namespace

Archives::Archives(GitHubApi &api)
    : m_api(api)
    , m_background(std::make_unique<Background>())
{ }

Archives::~Archives() = default;

void Archives::stop(std::function<void()> drained)
{
    m_background->stop(std::move(drained));
}

/// Where the archive is, for some minutes. The address is a secret of its own.
Task<QUrl> Archives::place(QString project, QString version)
{
    Call call;
    call.project = project;
    call.path = u"/tarball/"_s + segment(version);
    call.what = Phrases::tr("pack %1 of %2").arg(version.left(12), project);
    call.followed = false;
    call.kept = false;
    auto answer = co_await m_api.send(call);
    if (answer && answer->status == 301) { // the repository was renamed: to its new address, at the same host
        call.next = m_api.roots().rest.resolved(QUrl::fromEncoded(answer->header("Location"), QUrl::StrictMode));
        answer = co_await m_api.send(call);
    }
    if (!answer)
        co_return Result<QUrl>(tl::unexpect, answer.error());
    const QUrl place = QUrl::fromEncoded(answer->header("Location"), QUrl::StrictMode);
    if (answer->status / 100 != 3 || !place.isValid() || place.isRelative())
        co_return Result<QUrl>(tl::unexpect, unreadable(call.what));
    co_return Result<QUrl>(place);
}

Task<void> Archives::download(QString project, QString version, QString file)
{
    const auto from = co_await place(project, version);
    if (!from)
        co_return Result<void>(tl::unexpect, from.error());
    const auto sink = std::make_shared<Sink>();
    sink->file.setFileName(file);
    if (!sink->file.open(QIODevice::WriteOnly))
        co_return Result<void>(tl::unexpect, cannotWrite(file, sink->file.errorString()));
    HttpRequest request;
    request.url = *from;
    request.authorized = false; // another host's
    request.timeout = kSilence;
    request.chunk = [sink](const QByteArray &bytes) {
        if (sink->problem.isEmpty() && sink->file.write(bytes) != bytes.size())
            sink->problem = sink->file.errorString();
    };
    request.enough = [sink] { return !sink->problem.isEmpty(); };
    const auto answer = co_await m_api.http().send(request);
    if (sink->problem.isEmpty() && !sink->file.flush())
        sink->problem = sink->file.errorString();
    sink->file.close();
    if (!sink->problem.isEmpty())
        co_return Result<void>(tl::unexpect, cannotWrite(file, sink->problem));
    if (!answer)
        co_return Result<void>(tl::unexpect, answer.error());
    if (answer->status != 200) { // its address is good for some minutes only: another one is asked for
        const Error gone(
            Error::Kind::Network,
            Phrases::tr("GitHub did not hand out the archive of %1 (%2).").arg(project).arg(answer->status),
            Phrases::tr("Try again."));
        co_return Result<void>(tl::unexpect, gone);
    }
    co_return Result<void>();
}

Task<void> Archives::write(QString project, QString version, QString file)
{
    const QString archive = file + u".part"_s;
    const auto clean = qScopeGuard([archive] { QFile::remove(archive); });
    const std::function<Result<void>(const Cancel &)> work = [=](const Cancel &cancel) {
        const auto fill = [&](const QString &scratch) -> Result<QString> {
            if (const auto unpacked = unpack(archive, scratch, cancel); !unpacked)
                return tl::unexpected(unpacked.error());
            const auto good = whole(scratch, project);
            return good ? Result<QString>(scratch) : tl::unexpected(good.error());
        };
        return packScratch(file, fill, cancel);
    };
    for (int attempt = 1;; ++attempt) {
        Result<void> done = co_await download(project, version, archive);
        if (done) {
            const auto packed = m_background->run<void>(work);
            done = co_await packed;
        }
        if (done || done.error().kind() != Error::Kind::Network || attempt == kDownloadTries)
            co_return done;
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<void>(tl::unexpect, waited.error());
    }
}

} // namespace Slipway::GitHub
