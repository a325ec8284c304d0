// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// slipway-run: keeps the processes of one release of one environment, so that they outlive the window and the daemon;
// and, as --guard, sees to it that a build or a one-off command leaves nothing behind.
#include "detach.h"
#include "files.h"
#include "guard.h"
#include "supervisor.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>

using namespace Slipway::Run;

namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;
constexpr int kLockPatienceMs = 1000;
constexpr int kLockAgainMs = 20;
constexpr int kLifeline = 3; ///< the descriptor that tells a guard when its caller is gone

int complain(const std::string &sentence, int code)
{
    std::fprintf(stderr, "%s\n", sentence.c_str());
    return code;
}

/// One shim a run directory. The kernel drops the lock with its owner, however that ended.
Outcome<Descriptor> lockRun(const std::string &runDirectory)
{
    const std::string path = runDirectory + "/lock";
    Descriptor lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock)
        return tl::unexpected("Cannot open " + path + ": " + systemWords(errno) + ".");
    // A shim that has just been killed may take a moment to be gone, with a child it was about to start.
    for (int left = kLockPatienceMs; ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0; left -= kLockAgainMs) {
        if (left <= 0)
            return tl::unexpected("The run in " + runDirectory + " is already running under another slipway-run.");
        ::poll(nullptr, 0, kLockAgainMs);
    }
    return lock;
}

Descriptor takeSignals()
{
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGCHLD);
    ::sigaddset(&set, SIGTERM);
    ::sigaddset(&set, SIGINT);
    ::sigprocmask(SIG_SETMASK, &set, nullptr);
    ::signal(SIGCHLD, SIG_DFL); // inherited as ignored, it would make children vanish unseen
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGHUP, SIG_IGN);
    return Descriptor(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

/// Nothing of the caller stays open, and 0, 1 and 2 are never free for a pipe to take.
void settleStreams(bool detached, bool withoutInput = true)
{
    const int none = ::open("/dev/null", O_RDWR);
    if (none < 0)
        return;
    for (const int number : {0, 1, 2}) {
        const bool closed = ::fcntl(number, F_GETFD) < 0;
        if ((number == 0 && withoutInput) || detached || closed)
            ::dup2(none, number);
    }
    if (none > 2)
        ::close(none);
}

Outcome<std::unique_ptr<Supervisor>> prepare(Spec spec, const std::string &runDirectory, mode_t childUmask)
{
    if (const auto made = makeDirectories(spec.logs); !made)
        return tl::unexpected("Cannot make the log directory " + spec.logs + ": " + made.error() + ".");
    Descriptor signals = takeSignals();
    if (!signals || ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
        return tl::unexpected("The system refuses what is needed to watch processes: " + systemWords(errno) + ".");
    auto control = Control::listen(spec.socket);
    if (!control)
        return tl::unexpected(control.error());
    auto supervisor = std::make_unique<Supervisor>(std::move(spec), runDirectory, childUmask, std::move(*control),
                                                   std::move(signals));
    supervisor->publishFirst();
    return supervisor;
}

int runShim(Spec spec, const std::string &runDirectory, bool foreground, mode_t childUmask)
{
    Descriptor waiting;
    if (!foreground) {
        auto detached = detach();
        if (!detached)
            return complain(detached.error(), kFailed);
        waiting = std::move(*detached);
    }
    const auto fail = [&waiting, foreground](const std::string &sentence) {
        if (foreground)
            return complain(sentence, kFailed);
        tellFailure(waiting, sentence);
        return kFailed;
    };
    if (!foreground)
        settleStreams(true);
    if (::chdir("/") != 0)
        return fail("Cannot enter the root directory: " + systemWords(errno) + ".");
    const auto lock = lockRun(runDirectory);
    if (!lock)
        return fail(lock.error());
    auto supervisor = prepare(std::move(spec), runDirectory, childUmask);
    if (!supervisor)
        return fail(supervisor.error());
    if (!foreground) {
        tellReady(waiting);
        waiting.reset();
    }
    return (*supervisor)->run();
}

/// slipway-run --guard NICENESS PROGRAM [ARGUMENT…], with the life line as descriptor 3.
int runGuard(int argc, char **argv)
{
    if (argc < 4 || argv[3][0] != '/' || ::fcntl(kLifeline, F_GETFD) < 0)
        return complain("Usage: slipway-run --guard NICENESS /PROGRAM [ARGUMENT…] 3<LIFELINE", kUsage);
    ::fcntl(kLifeline, F_SETFD, FD_CLOEXEC);
    ::syscall(SYS_close_range, unsigned(kLifeline) + 1, ~0U, 0U);
    settleStreams(false, false);
    Descriptor signals = takeSignals();
    if (!signals || ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
        return complain("The system refuses what is needed to watch processes: " + systemWords(errno) + ".", kFailed);
    return Guard(std::move(signals), Descriptor(kLifeline)).run(argv + 3, std::atoi(argv[2]));
}

} // namespace

int main(int argc, char **argv)
{
    const std::string_view first = argc > 1 ? argv[1] : "";
    if (first == "--version" && argc == 2) {
        std::printf("slipway-run %s\n", SLIPWAY_VERSION);
        return 0;
    }
    if (first == "--guard")
        return runGuard(argc, argv);
    const bool foreground = first == "--foreground";
    const int index = foreground ? 2 : 1;
    if (argc != index + 1 || argv[index][0] == '-' || argv[index][0] == '\0')
        return complain(
            "Usage: slipway-run [--foreground] RUN_DIR, a directory that holds spec.json; or slipway-run --version",
            kUsage);
    ::syscall(SYS_close_range, 3U, ~0U, 0U);
    settleStreams(false);
    const std::unique_ptr<char, void (*)(void *)> resolved(::realpath(argv[index], nullptr), std::free);
    if (!resolved)
        return complain(
            std::string("The run directory ") + argv[index] + " cannot be used: " + systemWords(errno) + ".", kUsage);
    auto spec = Spec::read(std::string(resolved.get()) + "/spec.json");
    if (!spec)
        return complain(spec.error(), kUsage);
    const mode_t childUmask = ::umask(077);
    return runShim(std::move(*spec), resolved.get(), foreground, childUmask);
}
