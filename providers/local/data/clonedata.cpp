// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/data/clonedata.h"

#include "providers/machine/childprocess.h"
#include "providers/machine/filetree.h"
#include "providers/machine/treewalk.h"
#include "providers/local/data/filecopy.h"
#include "providers/local/data/sqlitecopy.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <cerrno>
#include <cstring>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

using Say = std::function<void(const QString &)>;

/// The new folder while it is being made; takes everything away again unless it was kept.
class Making
{
public:
    explicit Making(QString target)
        : m_target(std::move(target))
        , m_wasThere(QFileInfo::exists(m_target))
    { }
    ~Making()
    {
        if (m_kept)
            return;
        (void)deleteTree(m_target);
        if (m_wasThere)
            QDir().mkpath(m_target);
    }
    Making(const Making &) = delete;
    Making &operator=(const Making &) = delete;
    void keep() { m_kept = true; }

private:
    const QString m_target;
    const bool m_wasThere;
    bool m_kept = false;
};

/// Nothing that a recipe names leaves the folder it belongs to.
Result<QString> inside(const QString &folder, const QString &path)
{
    const QString full = QDir::cleanPath(folder + u'/' + path);
    if (full == folder || full.startsWith(folder + u'/'))
        return full;
    return fail(Error::Kind::Invalid, u"The data path \"%1\" leaves its folder."_s.arg(path),
                u"Give a path below the data directory in slipway.json."_s);
}

Result<void> runCommand(const DataPlan &plan, const QString &command, const QString &what, const Cancel &cancel,
                        const Say &progress)
{
    progress(u"%1: %2"_s.arg(what, command));
    ChildSpec spec;
    spec.program = u"/bin/sh"_s;
    spec.arguments = {u"-c"_s, command};
    spec.directory = plan.release.isEmpty() ? plan.to : plan.release;
    spec.environment = cleanEnvironment();
    spec.environment.insert(plan.variables);
    spec.environment.insert(u"SOURCE_DATA"_s, plan.from);
    spec.environment.insert(u"TARGET_DATA"_s, plan.to);
    spec.guarded = true;
    const auto child = runChild(spec, cancel);
    if (!child)
        return tl::unexpected(child.error());
    if (child->ok())
        return {};
    if (child->errorText().contains("No space left on device"_L1))
        return fail(Error::Kind::NoSpace, u"No space is left on the disk for the data."_s,
                    u"Make room on the disk and try again."_s, child->errorText());
    return fail(Error::Kind::Failed,
                u"The data command \"%1\" of slipway.json failed (status %2)."_s.arg(command).arg(child->status),
                u"Mend the command and try again."_s, child->errorText());
}

/// For commands that work on the copy alone: a variable that names the source's data names the copy to them.
DataPlan onTheCopy(DataPlan plan)
{
    for (QString &value : plan.variables) {
        if (!plan.from.isEmpty())
            value.replace(plan.from, plan.to);
    }
    return plan;
}

Result<void> copyStore(const DataPlan &plan, const DataRecipe &recipe, const Cancel &cancel, const Say &progress)
{
    const auto from = inside(plan.from, recipe.path);
    const auto to = inside(plan.to, recipe.path);
    if (!from || !to)
        return tl::unexpected(from ? to.error() : from.error());
    if (!QFileInfo::exists(*from))
        return {}; // not used yet
    QDir().mkpath(QFileInfo(*to).path());
    progress(u"Copying %1"_s.arg(recipe.path));
    if (recipe.kind == DataRecipe::Kind::Sqlite)
        return copySqlite(*from, *to, cancel);
    return copyTree(*from, *to, cancel, {{}, true, progress});
}

Result<void> copyAll(const DataPlan &plan, const Cancel &cancel, const Say &progress)
{
    QByteArrayList named; // by recipes of their own, or to be left out
    for (const DataRecipe &recipe : plan.recipes) {
        if (recipe.kind != DataRecipe::Kind::Command)
            named << QFile::encodeName(recipe.path);
    }
    CopyChoice choice;
    choice.databases = true;
    choice.progress = progress;
    choice.leaveOut = [&named](const QByteArray &path) {
        for (const QByteArray &name : std::as_const(named)) {
            if (path == name || path == name + "-wal" || path == name + "-shm" || path == name + "-journal")
                return true;
        }
        return false;
    };
    if (QFileInfo::exists(plan.from)) {
        if (const auto copied = copyTree(plan.from, plan.to, cancel, choice); !copied)
            return copied;
    }
    for (const DataRecipe &recipe : plan.recipes) {
        if (!recipe.copy)
            continue;
        const auto done = recipe.kind == DataRecipe::Kind::Command
            ? runCommand(plan, recipe.command, u"Copying data"_s, cancel, progress)
            : copyStore(plan, recipe, cancel, progress);
        if (!done)
            return done;
    }
    return {};
}

Result<void> plantSeed(const DataPlan &plan, const DataRecipe &recipe, const Cancel &cancel, const Say &progress)
{
    if (recipe.kind == DataRecipe::Kind::Command)
        return runCommand(onTheCopy(plan), recipe.seed, u"Making seed data"_s, cancel, progress);
    const auto from = inside(QDir::cleanPath(plan.release), recipe.seed);
    const auto to = inside(plan.to, recipe.path);
    if (!from || !to)
        return tl::unexpected(from ? to.error() : from.error());
    if (!QFileInfo::exists(*from))
        return fail(Error::Kind::NotFound, u"The seed data %1 is not in the application."_s.arg(recipe.seed),
                    u"Add it to the repository, or mend \"seed\" in slipway.json."_s);
    QDir().mkpath(QFileInfo(*to).path());
    progress(u"Taking seed data from %1"_s.arg(recipe.seed));
    return copyTree(*from, *to, cancel); // a release is nobody's to write: its databases are plain files
}

Result<void> plantAll(const DataPlan &plan, const Cancel &cancel, const Say &progress)
{
    bool planted = false;
    for (const DataRecipe &recipe : plan.recipes) {
        if (recipe.seed.isEmpty())
            continue;
        if (const auto done = plantSeed(plan, recipe, cancel, progress); !done)
            return done;
        planted = true;
    }
    if (planted)
        return {};
    return fail(Error::Kind::Invalid, u"The application declares no seed data."_s,
                u"Choose to copy the data or to start without, or add \"seed\" to \"data\" in slipway.json."_s);
}

Result<void> fill(const DataPlan &plan, const Cancel &cancel, const Say &progress)
{
    if (plan.choice == DataChoice::Seed)
        return plantAll(plan, cancel, progress);
    if (plan.choice == DataChoice::None)
        return {};
    if (const auto size = dataSize(plan.from, cancel); size && size->files > 0)
        progress(u"Copying %1"_s.arg(size->text()));
    if (const auto copied = copyAll(plan, cancel, progress); !copied || plan.scrub.isEmpty())
        return copied;
    return runCommand(onTheCopy(plan), plan.scrub, u"Scrubbing the copy"_s, cancel, progress);
}

} // namespace

QString DataSize::text() const
{
    const QString amount = QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
    return files == 1 ? u"%1 in one file"_s.arg(amount) : u"%1 in %2 files"_s.arg(amount).arg(files);
}

Result<DataSize> dataSize(const QString &directory, const Cancel &cancel)
{
    DataSize size;
    if (!QFileInfo::exists(directory))
        return size;
    TreeWalk walk(directory);
    while (walk.next()) {
        if (cancel.isCancelled())
            return fail(Error::Kind::Cancelled, u"Copying data was cancelled."_s);
        if (walk.kind() == TreeWalk::Kind::Unreadable && errno != ENOENT)
            return fail(Error::Kind::Storage,
                        u"%1 cannot be read: %2."_s.arg(QFile::decodeName(walk.path()),
                                                        QString::fromUtf8(std::strerror(errno))),
                        u"Give yourself the right to read it, then try again."_s);
        if (walk.kind() != TreeWalk::Kind::File)
            continue;
        size.bytes += walk.status().st_blocks * 512;
        ++size.files;
    }
    return size;
}

Result<void> cloneData(const DataPlan &plan, const Cancel &cancel, const std::function<void(const QString &)> &progress)
{
    DataPlan clean = plan;
    clean.from = plan.from.isEmpty() ? QString() : QDir::cleanPath(plan.from);
    clean.to = QDir::cleanPath(plan.to);
    if (QFileInfo::exists(clean.to)
        && !QDir(clean.to).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot))
        return fail(Error::Kind::Conflict, u"The data directory %1 is not empty."_s.arg(clean.to));
    Making making(clean.to);
    if (!QDir().mkpath(clean.to))
        return fail(
            errno == ENOSPC ? Error::Kind::NoSpace : Error::Kind::Storage,
            u"The data directory %1 cannot be made: %2."_s.arg(clean.to, QString::fromUtf8(std::strerror(errno))));
    QFile::setPermissions(clean.to, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const Say say = progress ? progress : Say([](const QString &) {});
    const auto done = fill(clean, cancel, say);
    if (done)
        making.keep();
    return done;
}

} // namespace Slipway
