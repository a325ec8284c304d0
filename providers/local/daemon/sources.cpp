// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/deployer.h"

#include "models/domain/plaintext.h"
#include "providers/git/snapshot.h"
#include "providers/git/unpack.h"
#include "providers/local/artifact/startorder.h"
#include "providers/local/daemon/logfiles.h"
#include "providers/local/daemon/mirrors.h"
#include "providers/machine/filetree.h"

// The part of Deployer that gets hold of an artifact: built from a commit or a folder, or the one another environment
// runs.
namespace Slipway {

using namespace Qt::StringLiterals;

Result<Deployer::Source> Deployer::obtain(const Request &request, const JobContext &job) const
{
    if (!request.artifactOf.isEmpty())
        return fromEnvironment(request);
    if (!request.directory.isEmpty())
        return fromDirectory(request, job);
    if (!request.version.isEmpty())
        return fromVersion(request, job);
    return fail(Error::Kind::Invalid,
                u"The deploy to “%1” names no version, folder or environment to take."_s.arg(request.environment),
                u"Name one of them."_s);
}

Result<Deployer::Source> Deployer::fromArchive(const Request &request, const JobContext &job) const
{
    const auto unpacked = m_launcher.releases(request.pipeline).scratchDirectory();
    const auto scratch = m_launcher.releases(request.pipeline).scratchDirectory();
    if (!unpacked || !scratch)
        return tl::unexpected(unpacked ? scratch.error() : unpacked.error());
    job.progress(u"Unpacking %1"_s.arg(request.version.left(7)));
    const auto folder = unpackArchive(request.archive, *unpacked, job.cancel);
    if (!folder)
        return tl::unexpected(folder.error());
    auto tree = snapshotDirectory(*folder, *scratch, job.cancel);
    deleteTree(*unpacked);
    if (!tree)
        return tl::unexpected(tree.error());
    tree->version = request.version;
    Source source;
    source.version = request.version;
    source.change = request.change;
    source.note = request.note;
    return built(source, *tree, request, job);
}

Result<Deployer::Source> Deployer::fromVersion(const Request &request, const JobContext &job) const
{
    if (!request.archive.isEmpty())
        return fromArchive(request, job);
    job.progress(u"Fetching from the repository"_s);
    const auto mirror = freshMirror(m_state, request.pipeline, job.cancel);
    if (!mirror)
        return tl::unexpected(mirror.error());
    const auto version = mirror->resolve(request.version);
    if (!version)
        return tl::unexpected(version.error());
    const auto treeId = mirror->treeOf(*version);
    if (!treeId)
        return tl::unexpected(treeId.error());
    Source source;
    source.version = *version;
    source.change = request.change;
    source.note = request.note;
    if (source.change.title.isEmpty()) {
        const auto described = mirror->describe(*version);
        if (described)
            source.change = *described;
    }
    const auto scratch = m_launcher.releases(request.pipeline).scratchDirectory();
    if (!scratch)
        return tl::unexpected(scratch.error());
    job.progress(u"Unpacking %1"_s.arg(version->left(7)));
    if (const auto unpacked = mirror->archive(*version, *scratch, job.cancel); !unpacked)
        return tl::unexpected(unpacked.error());
    return built(source, {*scratch, *treeId, *version, false}, request, job);
}

Result<Deployer::Source> Deployer::fromDirectory(const Request &request, const JobContext &job) const
{
    job.progress(u"Taking the files of %1"_s.arg(request.directory));
    const auto scratch = m_launcher.releases(request.pipeline).scratchDirectory();
    if (!scratch)
        return tl::unexpected(scratch.error());
    const auto tree = snapshotDirectory(request.directory, *scratch, job.cancel);
    if (!tree)
        return tl::unexpected(tree.error());
    Source source;
    source.version = tree->version;
    source.uncommitted = tree->uncommitted;
    source.change = request.change.title.isEmpty() ? describeDirectory(request.directory) : request.change;
    source.note = request.note;
    return built(source, *tree, request, job);
}

Result<Deployer::Source> Deployer::fromEnvironment(const Request &request) const
{
    const auto from = m_state.environment(request.pipeline, request.artifactOf);
    if (!from)
        return tl::unexpected(from.error());
    const ReleaseRecord *current = from->current();
    if (!current)
        return fail(Error::Kind::Invalid, u"“%1” runs nothing yet."_s.arg(request.artifactOf),
                    u"Deploy a version to it first."_s);
    if (!request.artifact.isEmpty() && request.artifact != current->release.artifact)
        return fail(Error::Kind::Conflict,
                    u"“%1” runs another artifact than the one you looked at."_s.arg(request.artifactOf),
                    u"Look at it again, then promote."_s,
                    u"expected %1\nfound %2"_s.arg(request.artifact, current->release.artifact));
    const auto artifact = m_launcher.releases(request.pipeline).find(current->release.artifact);
    if (!artifact)
        return fail(Error::Kind::NotFound,
                    u"The files of v%1 of “%2” are gone."_s.arg(current->release.number).arg(request.artifactOf),
                    u"Deploy its version again."_s);
    Source source;
    source.artifact = *artifact;
    source.version = current->release.version;
    source.uncommitted = current->release.uncommitted;
    source.change = request.change.title.isEmpty() ? current->release.change : request.change;
    source.note = request.note.isEmpty()
        ? u"Promoted from %1 v%2"_s.arg(request.artifactOf).arg(current->release.number)
        : request.note;
    return source;
}

Result<Deployer::Source> Deployer::built(Source source, const Tree &tree, const Request &request,
                                         const JobContext &job) const
{
    const auto procfile = Procfile::read(tree.directory);
    const auto manifest = AppManifest::read(tree.directory);
    if (!procfile || !manifest) {
        deleteTree(tree.directory);
        return tl::unexpected(procfile ? manifest.error() : procfile.error());
    }
    if (const auto order = checkStartOrder(tree.directory, *procfile, *manifest); !order) {
        deleteTree(tree.directory);
        return tl::unexpected(order.error());
    }
    const QString folder = m_state.environmentFolder(request.pipeline, request.environment) + u"/logs"_s;
    LogWriter log(folder, u"build"_s);
    log.write(u"Building %1"_s.arg(tree.version.isEmpty() ? request.directory : tree.version), 's');
    job.progress(u"Building"_s);
    const auto line = [&log, &job](const QString &text, bool isError) {
        log.write(text, isError ? 'e' : 'o');
        if (const QString shown = plainText(text.toUtf8()).trimmed(); !shown.isEmpty())
            job.progress(u"Building: "_s + shown.left(120));
    };
    const auto artifact = m_launcher.releases(request.pipeline).build(tree, *manifest, line, job.cancel);
    if (!artifact) {
        log.write(artifact.error().message(), 's');
        return tl::unexpected(artifact.error());
    }
    log.write(u"Built %1"_s.arg(artifact->label), 's');
    source.artifact = *artifact;
    if (source.change.title.isEmpty())
        source.change.title = source.version.isEmpty() ? u"Working copy"_s : source.version.left(7);
    return source;
}

} // namespace Slipway
