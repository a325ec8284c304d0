// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemonfixture.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QProcess>
#include <QTcpSocket>

#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

#include "providers/local/client/unixsocket.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

/// Standard library only; counts what it was asked in its data folder.
const char kApp[] = R"(import http.server, os, sys
ANSWER = "%1"
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = "|".join([ANSWER, os.environ["SLIPWAY_ENV"], os.environ["SLIPWAY_RELEASE"], os.environ.get("COLOUR", "")]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *args):
        pass
print("started as", os.environ["SLIPWAY_ENV"])
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
)";

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

DaemonFixture::DaemonFixture(const QString &deeper)
    : m_home(m_folder.filePath(u"home"_s) + deeper)
    , m_repository(m_folder.filePath(u"repository"_s))
{
    qputenv("SLIPWAY_LIBEXEC", SLIPWAY_TEST_LIBEXEC);
    QDir().mkpath(m_home);
    QDir().mkpath(m_repository);
    git({u"init"_s, u"-q"_s, u"-b"_s, u"main"_s});
    commit(u"Procfile"_s, "web: python3 app.py\n", u"Say how to run it"_s);
    newProvider();
}

DaemonFixture::~DaemonFixture()
{
    m_provider.reset();
    endDaemon();
    const QList<pid_t> left = processes();
    for (const pid_t pid : left)
        ::kill(pid, SIGKILL);
    QProcess::execute(u"chmod"_s, {u"-R"_s, u"u+w"_s, m_folder.path()}); // releases are read-only
}

QByteArray DaemonFixture::git(const QStringList &arguments) const
{
    QProcess process;
    process.setWorkingDirectory(m_repository);
    process.start(u"git"_s,
                  QStringList{u"-c"_s, u"user.name=Ada"_s, u"-c"_s, u"user.email=ada@example.org"_s} + arguments);
    process.waitForFinished();
    return process.readAllStandardOutput().trimmed();
}

QString DaemonFixture::commit(const QString &file, const QByteArray &text, const QString &subject)
{
    QFile out(m_repository + u'/' + file);
    if (out.open(QIODevice::WriteOnly))
        out.write(text);
    out.close();
    git({u"add"_s, u"-A"_s});
    git({u"commit"_s, u"-q"_s, u"-m"_s, subject});
    return QString::fromLatin1(git({u"rev-parse"_s, u"HEAD"_s}));
}

QString DaemonFixture::commitApp(const QString &answer, const QString &script)
{
    const QString text = script.isEmpty() ? QString::fromLatin1(kApp).replace(u"%1"_s, answer) : script;
    return commit(u"app.py"_s, text.toUtf8(), u"Answer "_s + answer);
}

void DaemonFixture::newProvider()
{
    m_provider = std::make_unique<LocalProvider>(m_home);
}

Ticket DaemonFixture::ticket()
{
    return {u"ticket.%1"_s.arg(++m_tickets), u"Ada"_s};
}

Result<RemotePipeline> DaemonFixture::setUp()
{
    return wait(provider().setUpPipeline(ticket(), u"shop"_s, m_repository));
}

Result<Release> DaemonFixture::deploy(const QString &environment, const QString &version)
{
    DeploySpec spec;
    spec.pipeline = u"shop"_s;
    spec.environment = environment;
    spec.version = version;
    return deploy(ticket(), spec);
}

Result<Release> DaemonFixture::deploy(const Ticket &ticket, const DeploySpec &spec)
{
    return wait(provider().deploy(ticket, spec, [](const QString &) {}));
}

Environment DaemonFixture::environment(const QString &name)
{
    const auto snapshot = wait(provider().observe(u"shop"_s, {}, {}));
    if (!snapshot)
        return {};
    for (const Environment &environment : snapshot->environments) {
        if (environment.name == name)
            return environment;
    }
    return {};
}

QByteArray DaemonFixture::fetch(const QString &name)
{
    const QUrl url = environment(name).directAddress;
    QTcpSocket socket;
    socket.connectToHost(url.host(), quint16(url.port()));
    if (!socket.waitForConnected(5000))
        return {};
    socket.write("GET / HTTP/1.0\r\nHost: x\r\n\r\n");
    while (socket.waitForReadyRead(5000)) { }
    const QByteArray answer = socket.readAll();
    return answer.mid(answer.indexOf("\r\n\r\n") + 4);
}

pid_t DaemonFixture::daemonPid() const
{
    const int fd = connectUnix(daemonSocketPath(m_home));
    if (fd < 0)
        return 0;
    ucred peer{};
    socklen_t size = sizeof peer;
    ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size);
    ::close(fd);
    return peer.pid;
}

void DaemonFixture::endDaemon()
{
    QProcess::execute(QStringLiteral(SLIPWAY_TEST_LIBEXEC) + u"/slipwayd"_s, {u"--stop"_s, u"--home"_s, m_home});
}

QList<pid_t> DaemonFixture::processes() const
{
    QList<pid_t> found;
    const QByteArray home = QFile::encodeName(m_home);
    const auto names = QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        const QByteArray command = readFile(u"/proc/%1/cmdline"_s.arg(name));
        const QByteArray variables = readFile(u"/proc/%1/environ"_s.arg(name));
        const bool shim = command.contains("slipway-run") && command.contains(home);
        if (name.toInt() > 0 && (shim || (variables.contains("SLIPWAY_RUN_ID=") && variables.contains(home))))
            found.append(name.toInt());
    }
    return found;
}
