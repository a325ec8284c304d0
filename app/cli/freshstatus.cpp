// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/freshstatus.h"

#include <QFile>

#include <cstring>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

/// Whether somebody listens: answered by the kernel at once, without a thread, an event loop or a question.
/// The folder is named by a descriptor because a socket's path has room for 107 bytes only.
bool daemonListens(const QString &home)
{
    const QByteArray folder = QFile::encodeName(home + u"/run"_s);
    const int directory = ::open(folder.constData(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0)
        return false;
    const QByteArray path = "/proc/self/fd/" + QByteArray::number(directory) + "/slipwayd.sock";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(),
                std::min(static_cast<size_t>(path.size()), sizeof address.sun_path - 1));
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const bool listens = socket >= 0
        && ::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    if (socket >= 0)
        ::close(socket);
    ::close(directory);
    return listens;
}

} // namespace

Result<void> refreshForStatus(Context &context, const Pipeline &pipeline, bool insist)
{
    if (!insist) {
        const QList<Account> accounts = context.reader().store().accounts();
        const bool local = std::any_of(accounts.begin(), accounts.end(), [&pipeline](const Account &account) {
            return account.name == pipeline.deploysAccount && account.kind == u"local";
        });
        if (!local || !daemonListens(context.session().home()))
            return {};
    }
    return context.refresh(pipeline.name);
}

} // namespace Slipway::Cli
