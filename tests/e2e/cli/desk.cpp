// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk.h"

#include <QDir>
#include <QDirIterator>
#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QStandardPaths>
#include <QTimer>

#include <cerrno>
#include <csignal>
#include <cstring>

#include <pwd.h>
#include <sys/mount.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int kPatienceMs = 120000; ///< a hang must fail the test, not stop the whole run

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

QJsonObject Ran::json() const
{
    return QJsonDocument::fromJson(out).object();
}

QByteArray Ran::told() const
{
    return "exit code " + QByteArray::number(code) + "\n" + out + err;
}

Desk::Desk()
    : m_folder(QDir::tempPath() + u"/slipway-cli-XXXXXX"_s)
{
    QDir().mkpath(folder() + u"/user"_s);
    QFile config(folder() + u"/user/.gitconfig"_s);
    if (config.open(QIODevice::WriteOnly))
        config.write("[user]\n\tname = Dana Lead\n\temail = dana@example.com\n[init]\n\tdefaultBranch = main\n");
}

Desk::~Desk()
{
    stopDaemon();
    for (int round = 0; round < 50; ++round) {
        const QList<qint64> left = processes();
        if (left.isEmpty())
            break;
        for (const qint64 id : left)
            ::kill(static_cast<pid_t>(id), SIGKILL);
        QTest::qWait(20);
    }
    // Releases are read-only; the folder is ours to remove all the same.
    QDirIterator entries(folder(), QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (entries.hasNext())
        QFile::setPermissions(entries.next(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    if (m_mounted && ::umount2(QFile::encodeName(home()).constData(), MNT_DETACH) != 0)
        qWarning("%s stays mounted", qPrintable(home()));
}

qint64 Desk::daemon() const
{
    const QList<qint64> all = processes();
    for (const qint64 id : all) {
        const QList<QByteArray> words = contentOf(u"/proc/%1/cmdline"_s.arg(id)).split('\0');
        if (words.first().endsWith("/slipwayd") && words.contains(QFile::encodeName(home())))
            return id;
    }
    return 0;
}

QString Desk::putHomeOnDisk(int mebibytes)
{
    QDir().mkpath(home());
    const QByteArray options = "mode=0700,size=" + QByteArray::number(mebibytes) + "m";
    if (::mount("tmpfs", QFile::encodeName(home()).constData(), "tmpfs", 0, options.constData()) != 0)
        return u"a small disk cannot be mounted: %1"_s.arg(QString::fromLocal8Bit(std::strerror(errno)));
    m_mounted = true;
    return {};
}

void Desk::fillDisk(int leftKiB)
{
    QFile filler(home() + u"/filler"_s);
    if (!filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        qFatal("cannot fill the disk");
    const QByteArray slice(4096, 'x');
    while (filler.write(slice) == slice.size()) { }
    filler.resize(std::max<qint64>(0, filler.size() - leftKiB * 1024LL));
}

void Desk::makeRoom()
{
    QFile::remove(home() + u"/filler"_s);
}

QString Desk::becomeNobody()
{
    const QString setpriv = QStandardPaths::findExecutable(u"setpriv"_s);
    const passwd *nobody = ::getpwnam("nobody");
    if (::geteuid() != 0)
        return {}; // is nobody special already
    if (setpriv.isEmpty() || !nobody)
        return u"there is no setpriv, or no user nobody, to stop being root"_s;
    const QString user = QString::number(nobody->pw_uid);
    const QString group = QString::number(nobody->pw_gid);
    if (QProcess::execute(u"chown"_s, {u"-R"_s, user + u':' + group, folder()}) != 0)
        return u"the folder cannot be given to nobody"_s;
    m_before = {setpriv, u"--reuid"_s, user, u"--regid"_s, group, u"--clear-groups"_s};
    setVariable(u"PATH"_s, u"/usr/bin:/bin"_s); // root's own tools are not for others
    if (QProcess::execute(setpriv, m_before.mid(1) + QStringList{QString::fromUtf8(SLIPWAYCTL), u"help"_s}) != 0)
        return u"nobody cannot run the programs where they were built"_s;
    return {};
}

std::unique_ptr<QProcess> Desk::start(const QStringList &arguments, const QString &workingFolder)
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment;
    environment.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
    environment.insert(u"LANG"_s, u"C.UTF-8"_s);
    environment.insert(u"HOME"_s, folder() + u"/user"_s);
    environment.insert(u"SLIPWAY_HOME"_s, home());
    for (const char *passed : {"ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS"}) {
        if (qEnvironmentVariableIsSet(passed))
            environment.insert(QString::fromLatin1(passed), qEnvironmentVariable(passed));
    }
    for (auto it = m_variables.cbegin(); it != m_variables.cend(); ++it)
        environment.insert(it.key(), it.value());
    process->setProcessEnvironment(environment);
    process->setWorkingDirectory(workingFolder.isEmpty() ? folder() : workingFolder);
    const QStringList command = m_before + QStringList{QString::fromUtf8(SLIPWAYCTL)} + arguments;
    process->start(command.first(), command.mid(1));
    return process;
}

Ran Desk::finish(QProcess &process)
{
    Ran ran;
    if (process.waitForFinished(kPatienceMs) && process.exitStatus() == QProcess::NormalExit)
        ran.code = process.exitCode();
    else
        process.kill();
    ran.out = process.readAllStandardOutput();
    ran.err = process.readAllStandardError();
    return ran;
}

Ran Desk::run(const QStringList &arguments, const QByteArray &input, const QString &workingFolder)
{
    const auto process = start(arguments, workingFolder);
    process->write(input);
    process->closeWriteChannel();
    return finish(*process);
}

void Desk::stopDaemon()
{
    QProcess::execute(QString::fromUtf8(SLIPWAYD), {u"--stop"_s, u"--home"_s, home()});
}

void Desk::git(const QString &repository, const QStringList &arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, folder() + u"/user"_s);
    environment.insert(u"GIT_CONFIG_NOSYSTEM"_s, u"1"_s);
    process.setProcessEnvironment(environment);
    process.start(u"git"_s, QStringList{u"-C"_s, repository} + arguments);
    if (!process.waitForFinished(kPatienceMs) || process.exitCode() != 0)
        qFatal("git %s: %s", qUtf8Printable(arguments.join(u' ')), process.readAllStandardError().constData());
}

bool Desk::isAncestor(const QString &repository, const QString &commit, const QString &of)
{
    return QProcess::execute(u"git"_s, {u"-C"_s, repository, u"merge-base"_s, u"--is-ancestor"_s, commit, of}) == 0;
}

QString Desk::makeRepository(const QString &name, const QMap<QString, QByteArray> &files)
{
    const QString path = folder() + u'/' + name;
    QDir().mkpath(path);
    git(path, {u"init"_s, u"--quiet"_s, u"--initial-branch=main"_s});
    for (auto it = files.cbegin(); it != files.cend(); ++it) {
        QDir().mkpath(QFileInfo(path + u'/' + it.key()).path());
        QFile file(path + u'/' + it.key());
        if (!file.open(QIODevice::WriteOnly) || file.write(it.value()) < 0)
            qFatal("cannot write %s", qUtf8Printable(file.fileName()));
    }
    if (!files.isEmpty()) {
        git(path, {u"add"_s, u"--all"_s});
        git(path, {u"commit"_s, u"--quiet"_s, u"--message"_s, u"Start"_s});
    }
    return path;
}

QList<qint64> Desk::processes() const
{
    QList<qint64> ids;
    const QByteArray needle = QFile::encodeName(home());
    for (const QString &entry : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        bool isId = false;
        const qint64 id = entry.toLongLong(&isId);
        if (!isId || id == QCoreApplication::applicationPid())
            continue;
        const QString base = u"/proc/"_s + entry;
        if (contentOf(base + u"/cmdline"_s).contains(needle) || contentOf(base + u"/environ"_s).contains(needle))
            ids << id;
    }
    return ids;
}

QStringList Desk::listing() const
{
    QStringList paths;
    QDirIterator entries(home(), QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QString path = entries.next().mid(home().size() + 1);
        const bool living = path.endsWith(u"-wal") || path.endsWith(u"-shm") || path.startsWith(u"run/")
            || path.endsWith(u".log") || path.contains(u"tickets");
        if (!living)
            paths << path;
    }
    paths.sort();
    return paths;
}

QByteArray Desk::fetch(const QString &address)
{
    QNetworkAccessManager manager;
    const std::unique_ptr<QNetworkReply> reply(manager.get(QNetworkRequest(QUrl(address))));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(kPatienceMs, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        loop.exec();
    return reply->error() == QNetworkReply::NoError ? reply->readAll() : QByteArray();
}

QJsonObject Desk::environment(const QString &pipeline, const QString &name)
{
    const Ran status = run({u"status"_s, pipeline, u"--json"_s, u"--refresh"_s});
    for (const auto &value : status.json().value(u"environments"_s).toArray()) {
        if (value.toObject().value(u"name"_s) == name)
            return value.toObject();
    }
    return {};
}
