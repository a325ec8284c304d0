// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/machine/childprocess.h"

#include <QDir>
#include <QFileInfo>
#include <QProcessEnvironment>

#include <chrono>

#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Slipway {
namespace {

/// A profile that asks a question or talks to a network must not hold up a deploy.
constexpr auto kProfileLimit = 5s;

QString loginShell()
{
    QString shell = qEnvironmentVariable("SHELL");
    if (shell.isEmpty()) {
        const passwd *user = ::getpwuid(::getuid());
        shell = user ? QString::fromLocal8Bit(user->pw_shell) : QString();
    }
    return QFileInfo(shell).isExecutable() ? shell : u"/bin/sh"_s;
}

QString askLoginPath()
{
    ChildSpec spec;
    spec.program = loginShell();
    spec.arguments = {u"-l"_s, u"-c"_s, u"printf '\\036'; env -0"_s};
    spec.environment = userEnvironment();
    spec.directory = QDir::homePath();
    spec.limit = kProfileLimit;
    const auto answer = runChild(spec, Cancel());
    const QString own = qEnvironmentVariable("PATH", u"/usr/local/bin:/usr/bin:/bin"_s);
    if (!answer || !answer->ok())
        return own;
    // What a chatty profile prints comes before the mark.
    const QList<QByteArray> variables = answer->output.mid(answer->output.lastIndexOf('\x1e') + 1).split('\0');
    QStringList path;
    for (const QByteArray &variable : variables) {
        if (variable.startsWith("PATH="))
            path = QString::fromLocal8Bit(variable.mid(5)).split(u':', Qt::SkipEmptyParts);
    }
    // Some profiles set PATH from scratch: what we were started with stays reachable.
    const QStringList before = own.split(u':', Qt::SkipEmptyParts);
    for (const QString &entry : before) {
        if (!path.contains(entry))
            path << entry;
    }
    return path.join(u':');
}

} // namespace

QMap<QString, QString> userEnvironment()
{
    QMap<QString, QString> all;
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    const QStringList keys = own.keys();
    for (const QString &key : keys) {
        // Of git's, those that name another place go; how the user reaches servers (GIT_SSH_COMMAND) stays.
        static const QStringList places{u"GIT_DIR"_s,
                                        u"GIT_WORK_TREE"_s,
                                        u"GIT_INDEX_FILE"_s,
                                        u"GIT_OBJECT_DIRECTORY"_s,
                                        u"GIT_ALTERNATE_OBJECT_DIRECTORIES"_s,
                                        u"GIT_COMMON_DIR"_s,
                                        u"GIT_NAMESPACE"_s,
                                        u"GIT_PREFIX"_s};
        const bool foreign = places.contains(key) || key.startsWith("QT_"_L1) || key.startsWith("SLIPWAY_"_L1)
            || key == "LD_LIBRARY_PATH"_L1 || key == "LD_PRELOAD"_L1;
        if (!foreign)
            all.insert(key, own.value(key));
    }
    return all;
}

QString loginPath()
{
    static const QString path = askLoginPath(); // thread-safe by the language
    return path;
}

QMap<QString, QString> cleanEnvironment()
{
    const passwd *user = ::getpwuid(::getuid());
    const QString name = user ? QString::fromLocal8Bit(user->pw_name) : qEnvironmentVariable("USER");
    return {{u"PATH"_s, loginPath()},       {u"HOME"_s, QDir::homePath()}, {u"USER"_s, name},
            {u"LOGNAME"_s, name},           {u"SHELL"_s, u"/bin/sh"_s},    {u"LANG"_s, u"C.UTF-8"_s},
            {u"TMPDIR"_s, QDir::tempPath()}};
}

} // namespace Slipway
