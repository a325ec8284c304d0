// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/git/unpack.h"

#include "providers/machine/childprocess.h"
#include "providers/machine/filetree.h"
#include "providers/git/largefiles.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

struct Submodule
{
    QString path;
    QString commit;
    QString name; ///< of .gitmodules; may be empty
    QString url;
};

Result<void> extract(const QString &archive, const QString &into, const Cancel &cancel)
{
    ChildSpec spec;
    spec.program = u"tar"_s;
    spec.arguments = {u"--extract"_s,       u"--same-permissions"_s,
                      u"--no-same-owner"_s, u"--delay-directory-restore"_s,
                      u"--file"_s,          archive,
                      u"--directory"_s,     into};
    spec.environment = userEnvironment();
    spec.environment.insert(u"LC_ALL"_s, u"C"_s);
    const auto child = runChild(spec, cancel);
    if (!child)
        return tl::unexpected(child.error());
    if (child->ok())
        return {};
    if (child->errorText().contains("No space left on device"_L1))
        return fail(Error::Kind::NoSpace, u"The source cannot be unpacked: no space is left on the disk."_s,
                    u"Make room on the disk of %1 and try again."_s.arg(into), child->errorText());
    return fail(Error::Kind::Storage, u"The source cannot be unpacked to %1."_s.arg(into), {}, child->errorText());
}

Result<void> unpackTree(const UnpackPlan &plan, const Cancel &cancel)
{
    const QString archive = plan.into + u".tar"_s;
    const auto written = plan.git.ask({u"archive"_s, u"--format=tar"_s, u"--output"_s, archive, plan.treeish},
                                      u"The source of %1 cannot be read"_s.arg(plan.treeish), cancel, plan.environment);
    Result<void> done = written ? extract(archive, plan.into, cancel) : tl::unexpected(written.error());
    QFile::remove(archive);
    return done;
}

/// name and url of .gitmodules by path.
QMap<QString, Submodule> declaredSubmodules(const UnpackPlan &plan, const Cancel &cancel)
{
    QMap<QString, Submodule> byName;
    const auto listed = plan.git.run({u"config"_s, u"-z"_s, u"--blob"_s, plan.treeish + u":.gitmodules"_s,
                                      u"--get-regexp"_s, u"^submodule\\..*\\.(path|url)$"_s},
                                     cancel, plan.environment);
    const QByteArrayList entries = listed ? listed->output.split('\0') : QByteArrayList();
    for (const QByteArray &entry : entries) {
        const QString key = QString::fromUtf8(entry.left(entry.indexOf('\n')));
        const QString value = QFile::decodeName(entry.mid(entry.indexOf('\n') + 1));
        const QString name = key.section(u'.', 1, -2);
        (key.endsWith(".path"_L1) ? byName[name].path : byName[name].url) = value;
    }
    QMap<QString, Submodule> byPath;
    for (auto it = byName.begin(); it != byName.end(); ++it) {
        it->name = it.key();
        byPath.insert(it->path, *it);
    }
    return byPath;
}

Result<QList<Submodule>> submodulesOf(const UnpackPlan &plan, const Cancel &cancel)
{
    const auto listed = plan.git.ask({u"ls-tree"_s, u"-r"_s, u"-z"_s, u"--full-tree"_s, plan.treeish},
                                     u"The source of %1 cannot be read"_s.arg(plan.treeish), cancel, plan.environment);
    if (!listed)
        return tl::unexpected(listed.error());
    QList<Submodule> found;
    if (!listed->startsWith("160000 ") && !listed->contains(QByteArrayView("\000160000 ", 8)))
        return found;
    const QMap<QString, Submodule> declared = declaredSubmodules(plan, cancel);
    const QByteArrayList entries = listed->split('\0');
    for (const QByteArray &entry : entries) {
        if (!entry.startsWith("160000 "))
            continue;
        const QString path = QFile::decodeName(entry.mid(entry.indexOf('\t') + 1));
        Submodule submodule = declared.value(path);
        submodule.path = path;
        submodule.commit = QString::fromLatin1(entry.left(entry.indexOf('\t')).split(' ').value(2));
        found << submodule;
    }
    return found;
}

/// A repository on this machine that has the submodule's commit; empty when there is none.
QString whereSubmoduleIs(const Submodule &submodule, const QString &source, const Cancel &cancel)
{
    QStringList places{QDir(source).filePath(submodule.path)};
    if (const auto common = findRepository(source)) {
        places << *common + u"/modules/"_s + submodule.name;
        places << QDir(QFileInfo(*common).path()).filePath(submodule.path); // `source` may be a folder inside
    }
    if (submodule.url.startsWith("file://"_L1))
        places << submodule.url.mid(7);
    else if (submodule.url.startsWith(u'/'))
        places << submodule.url;
    else if (submodule.url.startsWith(u'.'))
        places << QDir::cleanPath(source + u'/' + submodule.url);
    for (const QString &place : std::as_const(places)) {
        if (!QFileInfo(place).isDir())
            continue;
        // In a folder that is no repository of its own, git would look into the one around it.
        const auto has = Git(place).run({u"cat-file"_s, u"-e"_s, submodule.commit + u"^{commit}"_s}, cancel);
        if (has && has->status == 0)
            return place;
    }
    return {};
}

Result<void> unpackAll(const UnpackPlan &plan, const Cancel &cancel)
{
    if (!QDir().mkpath(plan.into))
        return fail(Error::Kind::Storage, u"The folder %1 cannot be made."_s.arg(plan.into));
    if (const auto done = unpackTree(plan, cancel); !done)
        return done;
    const auto submodules = submodulesOf(plan, cancel);
    if (!submodules)
        return tl::unexpected(submodules.error());
    for (const Submodule &submodule : *submodules) {
        const QString place = whereSubmoduleIs(submodule, plan.source, cancel);
        if (place.isEmpty())
            return fail(Error::Kind::NotFound,
                        u"The submodule %1 is not on this machine at commit %2."_s.arg(submodule.path,
                                                                                       submodule.commit.left(7)),
                        u"Run \"git submodule update --init\" in %1 and try again."_s.arg(plan.source));
        UnpackPlan inner;
        inner.git = Git(place);
        inner.treeish = submodule.commit;
        inner.source = place;
        inner.into = QDir(plan.into).filePath(submodule.path);
        if (const auto done = unpackAll(inner, cancel); !done)
            return done;
    }
    return fetchLargeFiles(plan.into, plan.source, cancel);
}

} // namespace

Result<void> unpack(const UnpackPlan &plan, const Cancel &cancel)
{
    if (QFileInfo::exists(plan.into))
        return fail(Error::Kind::Conflict, u"%1 exists already."_s.arg(plan.into));
    auto done = unpackAll(plan, cancel);
    if (!done)
        (void)deleteTree(plan.into);
    return done;
}

Result<QString> unpackArchive(const QString &archive, const QString &into, const Cancel &cancel)
{
    if (!QDir().mkpath(into))
        return fail(Error::Kind::Storage, u"The folder %1 cannot be made."_s.arg(into));
    if (const auto done = extract(archive, into, cancel); !done) {
        (void)deleteTree(into);
        return tl::unexpected(done.error());
    }
    const QDir folder(into);
    const QStringList entries = folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    const bool wrapped = entries.size() == 1 && QFileInfo(folder.filePath(entries.constFirst())).isDir();
    return wrapped ? folder.filePath(entries.constFirst()) : into;
}

} // namespace Slipway
