// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/accounts/clilogin.h"

#include "app/accounts/netrc.h"
#include "models/domain/accountinput.h"

#include <QCoreApplication>
#include <QPointer>
#include <QProcess>
#include <QStandardPaths>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

constexpr int kLongestMs = 15'000;

struct CliLoginTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::CliLogin)
};

/// Of a service of one's own the command is told its host (source: `gh auth token --help`).
QStringList commandFor(const TokenSource &source, const QString &url)
{
    QStringList words = source.cliCommand.split(u' ', Qt::SkipEmptyParts);
    const QString host = QUrl(url).host();
    const bool loopback = host == u"localhost" || host.startsWith(u"127.") || host == u"::1";
    if (!host.isEmpty() && !loopback && host != u"api.github.com")
        words += {u"--hostname"_s, host};
    return words;
}

Error missing(const TokenSource &source, const QString &program)
{
    return Error(Error::Kind::NotFound, CliLoginTr::tr("The %1 is not installed here.").arg(source.cliTitle),
                 CliLoginTr::tr("Install `%1` and log in with it, or give the account a token.").arg(program));
}

Error loggedOut(const TokenSource &source, const QString &program)
{
    return Error(Error::Kind::NotFound, CliLoginTr::tr("The %1 has no login to take over.").arg(source.cliTitle),
                 CliLoginTr::tr("Run `%1 auth login` first, or give the account a token.").arg(program));
}

void run(const TokenSource &source, const QStringList &words, QObject *context,
         const std::function<void(Result<QString>)> &done)
{
    const QString program = words.constFirst();
    auto *process = new QProcess(context);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"GH_PROMPT_DISABLED"_s, u"1"_s);
    environment.insert(u"GH_NO_UPDATE_NOTIFIER"_s, u"1"_s);
    process->setProcessEnvironment(environment);
    process->setStandardInputFile(QProcess::nullDevice());
    QTimer::singleShot(kLongestMs, process, &QProcess::kill);
    QObject::connect(process, &QProcess::errorOccurred, context, [=](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return; // finished() follows
        process->deleteLater();
        done(tl::unexpected(missing(source, program)));
    });
    QObject::connect(process, &QProcess::finished, context, [=](int code, QProcess::ExitStatus status) {
        process->deleteLater();
        if (status != QProcess::NormalExit || code != 0)
            done(tl::unexpected(loggedOut(source, program)));
        else
            done(tokenFrom(QString::fromUtf8(process->readAllStandardOutput()).trimmed()));
    });
    process->start(program, words.mid(1), QIODevice::ReadOnly);
}

} // namespace

bool hasCliLogin(const TokenSource &source)
{
    if (!source.cliMachine.isEmpty())
        return netrcLogin(source.cliMachine).has_value();
    const QString program = source.cliCommand.section(u' ', 0, 0);
    return !program.isEmpty() && !QStandardPaths::findExecutable(program).isEmpty();
}

void askCliLogin(const TokenSource &source, const QString &url, QObject *context,
                 std::function<void(Result<QString>)> done)
{
    if (source.cliMachine.isEmpty() && !source.cliCommand.isEmpty()) {
        run(source, commandFor(source, url), context, done);
        return;
    }
    const auto login = netrcLogin(source.cliMachine);
    QMetaObject::invokeMethod(
        context, [done = std::move(done), login] { done(login); }, Qt::QueuedConnection);
}

} // namespace Slipway
