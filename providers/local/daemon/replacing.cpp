// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/machine/filetree.h"
#include "providers/local/daemon/lifecycle.h"
#include "providers/local/daemon/statefile.h"

#include <QFile>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

// The part of Lifecycle that puts other data in place. The new data is made in data.new while the environment serves
// on; then the environment stops, data becomes data.old and data.new becomes data. data.old goes when the release is
// live with the new data. Until then every way out, a crash of the daemon included, leads back to the old data.
namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

struct Places
{
    QString data;
    QString made;
    QString old;
    explicit Places(const QString &folder)
        : data(folder)
        , made(folder + u".new"_s)
        , old(folder + u".old"_s)
    { }
};

Result<void> move(const QString &from, const QString &to)
{
    if (::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0)
        return {};
    return fail(Error::Kind::Storage,
                u"%1 cannot be moved to %2: %3."_s.arg(from, to, QString::fromLocal8Bit(std::strerror(errno))),
                u"Check that the folder belongs to you, then try again."_s);
}

Result<void> swapIn(const Places &places)
{
    // Whole means on the disk: a power cut after the swap must not find files without their content.
    if (const int fd = ::open(QFile::encodeName(places.made).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        fd >= 0) {
        ::syncfs(fd);
        ::close(fd);
    }
    const auto aside = QFile::exists(places.data) ? move(places.data, places.old) : makeFolder(places.old);
    return aside ? move(places.made, places.data) : aside;
}

/// Which folder it is, whatever stands at that path later.
ino_t identity(const QString &folder)
{
    struct stat info
    {
    };
    return ::stat(QFile::encodeName(folder).constData(), &info) == 0 ? info.st_ino : 0;
}

} // namespace

/// Whose data is taken: for a copy that of `from`; seeds are in the release that will work with them.
Result<EnvironmentRecord> Lifecycle::dataSource(const EnvironmentRecord &to, const QString &from, DataChoice data) const
{
    if (data == DataChoice::None)
        return fail(Error::Kind::Invalid, u"Nothing was chosen to take the place of the data of “%1”."_s.arg(to.name),
                    u"Choose another environment's data or the seed data."_s);
    if (data == DataChoice::Seed && to.current())
        return to;
    if (data == DataChoice::Copy && from == to.name)
        return fail(Error::Kind::Invalid, u"“%1” has its own data already."_s.arg(from),
                    u"Choose another environment's data."_s);
    const auto source = m_state.environment(to.pipeline, from);
    if (source && !source->current())
        return fail(Error::Kind::Invalid, u"“%1” runs nothing yet: it has no data to take."_s.arg(from),
                    u"Deploy a version to it first, or choose another environment's data."_s);
    return source;
}

Result<void> Lifecycle::replaceData(const QString &pipeline, const QString &from, const QString &to, DataChoice data,
                                    const JobContext &job) const
{
    const auto target = m_state.environment(pipeline, to);
    if (!target)
        return tl::unexpected(target.error());
    const auto source = dataSource(*target, from, data);
    if (!source)
        return tl::unexpected(source.error());
    const Places places(m_launcher.dataFolder(*target));
    if (const auto clear = putBack(*target); !clear) // an earlier one may have left something
        return clear;
    const auto plan = dataPlan(*source, places.made, data);
    if (!plan)
        return tl::unexpected(plan.error());
    const ino_t before = identity(plan->from);
    if (const auto made = cloneData(*plan, job.cancel, job.progress); !made)
        return made;
    if (data == DataChoice::Copy && identity(plan->from) != before) {
        (void)deleteTree(places.made);
        return fail(Error::Kind::Conflict, u"The data of “%1” was replaced or removed while it was copied."_s.arg(from),
                    u"Nothing has changed; try again."_s);
    }
    return putInPlace(*target, dataNote(data, from), job);
}

Result<void> Lifecycle::putInPlace(const EnvironmentRecord &to, const QString &note, const JobContext &job) const
{
    const bool served =
        to.current() && to.wanted && to.run > 0 && to.failure.isEmpty() && shimAlive(m_launcher.runFolder(to, to.run));
    const auto begun = m_state.change(to.pipeline, to.name, [](EnvironmentRecord &e) { e.replacing = true; });
    Result<void> done = begun ? Result<void>() : tl::unexpected(begun.error());
    if (done) {
        job.progress(u"Stopping “%1” to put the data in place"_s.arg(to.name));
        done = stopRuns(to);
    }
    if (done)
        done = swapIn(Places(m_launcher.dataFolder(to)));
    if (done && to.current() && to.wanted) {
        done = start(*begun, job);
        if (!served)
            done = Result<void>(); // it did not run before either; its card says why it still does not
    }
    if (done) {
        const auto saved = m_state.change(to.pipeline, to.name, [&](EnvironmentRecord &e) {
            e.replacing = false;
            e.dataNote = note;
            e.dataTicket = job.ticket;
        });
        done = saved ? Result<void>() : tl::unexpected(saved.error());
    }
    if (done) {
        (void)deleteTree(Places(m_launcher.dataFolder(to)).old); // else at the next start
        return {};
    }
    if (const auto back = putBack(to); !back)
        return back;
    if (served)
        (void)revive(to.pipeline, to.name); // as it ran before; should it not start, its card says so
    return done;
}

Result<void> Lifecycle::putBack(const EnvironmentRecord &environment) const
{
    const Places places(m_launcher.dataFolder(environment));
    const auto now = m_state.environment(environment.pipeline, environment.name);
    if (now && !now->replacing) { // all was done but tidying up
        if (const auto gone = deleteTree(places.old); !gone)
            return gone;
        return deleteTree(places.made);
    }
    const bool swapped = QFile::exists(places.old);
    if (swapped) {
        if (const auto stopped = stopRuns(environment); !stopped) // nobody may hold the new files open
            return stopped;
        if (QFile::exists(places.data)) {
            if (const auto aside = move(places.data, places.made); !aside)
                return aside;
        }
        if (const auto back = move(places.old, places.data); !back)
            return back;
    }
    const auto saved = m_state.change(environment.pipeline, environment.name, [swapped](EnvironmentRecord &e) {
        e.replacing = false;
        e.run = swapped ? 0 : e.run;
    });
    const auto gone = deleteTree(places.made);
    return saved ? gone : tl::unexpected(saved.error());
}

} // namespace Slipway
