// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/git/git.h"

#include "providers/machine/childprocess.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Slipway {
namespace {

/// Copying a large history or its files takes its time, as hooks may; everything else answers at once or is stuck.
std::chrono::milliseconds limitOf(const QString &command)
{
    const bool copies = command == "clone"_L1 || command == "fetch"_L1 || command == "archive"_L1 || command == "add"_L1
        || command == "lfs"_L1 || command == "checkout"_L1 || command == "merge"_L1 || command == "push"_L1;
    return copies ? 15min : 60s;
}

} // namespace

Result<GitAnswer> Git::run(const QStringList &arguments, const Cancel &cancel,
                           const QMap<QString, QString> &environment, const QByteArray &input) const
{
    ChildSpec spec;
    spec.program = u"git"_s;
    // What a user's settings may not change about machine-read output; no helper may stay behind.
    spec.arguments = {
        u"-c"_s, u"log.showSignature=false"_s, u"-c"_s, u"core.fsmonitor=false"_s, u"-c"_s, u"gc.auto=0"_s,
        u"-c"_s, u"maintenance.auto=false"_s,  u"-c"_s, u"tar.umask=0022"_s,       u"-c"_s, u"color.ui=false"_s};
    if (!m_directory.isEmpty())
        spec.arguments << u"-C"_s << m_directory;
    spec.arguments << arguments;
    spec.environment = userEnvironment();
    spec.environment.insert(u"GIT_TERMINAL_PROMPT"_s, u"0"_s);
    spec.environment.insert(u"GIT_OPTIONAL_LOCKS"_s, u"0"_s);
    spec.environment.insert(u"LC_ALL"_s, u"C"_s);
    spec.environment.insert(environment);
    spec.input = input;
    spec.limit = limitOf(arguments.value(0));
    const auto child = runChild(spec, cancel);
    if (!child)
        return tl::unexpected(child.error());
    if (child->timedOut)
        return fail(Error::Kind::Storage, u"git %1 did not end in time."_s.arg(arguments.value(0)),
                    u"Check that the disk of %1 answers, then try again."_s.arg(m_directory), child->errorText());
    return GitAnswer{child->status, child->output, child->errorText()};
}

Result<QByteArray> Git::ask(const QStringList &arguments, const QString &what, const Cancel &cancel,
                            const QMap<QString, QString> &environment, const QByteArray &input) const
{
    const auto answer = run(arguments, cancel, environment, input);
    if (!answer)
        return tl::unexpected(answer.error());
    if (answer->status == 0)
        return answer->output;
    if (answer->errors.contains("No space left on device"_L1))
        return fail(Error::Kind::NoSpace, u"%1: no space is left on the disk."_s.arg(what),
                    u"Make room on the disk and try again."_s, answer->errors);
    return fail(Error::Kind::Storage, u"%1: git refused."_s.arg(what), {}, answer->errors);
}

Result<QByteArray> Git::ask(const QStringList &arguments, const QString &what) const
{
    return ask(arguments, what, Cancel());
}

Result<QString> findRepository(const QString &path)
{
    const QFileInfo info(path);
    if (path.isEmpty() || !info.exists())
        return fail(Error::Kind::NotFound, u"There is no folder %1."_s.arg(path),
                    u"Give the path of a git repository on this machine."_s);
    if (!info.isDir())
        return fail(Error::Kind::Invalid, u"%1 is a file, not a git repository."_s.arg(path),
                    u"Give the path of the folder that holds the repository."_s);
    const Git git(info.absoluteFilePath());
    const auto answer = git.run({u"rev-parse"_s, u"--path-format=absolute"_s, u"--git-common-dir"_s}, Cancel());
    if (!answer)
        return tl::unexpected(answer.error());
    if (answer->errors.contains("dubious ownership"_L1))
        return fail(Error::Kind::Unauthorized, u"git does not trust %1: it belongs to somebody else."_s.arg(path),
                    u"If you trust it, run: git config --global --add safe.directory %1"_s.arg(info.absoluteFilePath()),
                    answer->errors);
    if (answer->status != 0)
        return fail(Error::Kind::Invalid, u"%1 is not a git repository."_s.arg(path),
                    u"Give the path of a repository, or make one there with git init and a first commit."_s,
                    answer->errors);
    QByteArray directory = answer->output;
    if (directory.endsWith('\n'))
        directory.chop(1);
    return QFile::decodeName(directory);
}

} // namespace Slipway
