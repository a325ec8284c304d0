// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/client/daemonclient.h"

#include "providers/machine/helperprogram.h"
#include "providers/local/client/unixsocket.h"
#include "providers/local/client/wire.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QPointer>
#include <QProcess>
#include <QProcessEnvironment>

#include <algorithm>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kRetryMs = 20;
constexpr int kStartMs = 20000;
constexpr int kMostLosses = 5;
constexpr int kHelloId = 0;

/// What the daemon may know of the session it was started from: never the desktop's variables, it outlives the desktop.
QProcessEnvironment daemonEnvironment()
{
    const QProcessEnvironment ours = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment clean;
    const QStringList names = ours.keys();
    for (const QString &name : names) {
        static const QStringList kept{
            u"HOME"_s,   u"USER"_s, u"LOGNAME"_s,         u"SHELL"_s,         u"PATH"_s,         u"LANG"_s,
            u"TMPDIR"_s, u"TZ"_s,   u"XDG_RUNTIME_DIR"_s, u"SSH_AUTH_SOCK"_s, u"ASAN_OPTIONS"_s, u"LSAN_OPTIONS"_s};
        if (kept.contains(name) || name.startsWith(u"LC_") || name.startsWith(u"SLIPWAY_")
            || name.startsWith(u"GIT_CONFIG"))
            clean.insert(name, ours.value(name));
    }
    clean.remove(u"SLIPWAY_RUN_ID"_s); // an environment that runs Slipway does not own its daemon
    return clean;
}

} // namespace

DaemonClient::DaemonClient(QString home, QObject *parent)
    : QObject(parent)
    , m_home(std::move(home))
{
    m_retry.setSingleShot(true);
    m_retry.setInterval(kRetryMs);
    connect(&m_retry, &QTimer::timeout, this, &DaemonClient::retry);
}

DaemonClient::~DaemonClient()
{
    stop();
}

QString DaemonClient::logFile() const
{
    return m_home + u"/local/slipwayd.log"_s;
}

DaemonClient::Reply DaemonClient::send(QJsonObject request, Options options)
{
    auto state = std::make_shared<Reply::State>();
    if (m_stopped) {
        state->outcome = fail(Error::Kind::Cancelled, u"Slipway is closing."_s);
        return Reply(state);
    }
    const int id = ++m_lastId;
    request.insert(u"id"_s, id);
    state->request = std::move(request);
    state->options = std::move(options);
    m_open.insert(id, state);
    if (m_phase == Phase::Ready)
        write(state->request);
    else if (m_phase == Phase::Away)
        QMetaObject::invokeMethod(this, &DaemonClient::open,
                                  Qt::QueuedConnection); // an error must not come before the await
    return Reply(state);
}

void DaemonClient::stop()
{
    if (m_stopped)
        return;
    m_stopped = true;
    m_retry.stop();
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
    giveUp(Error(Error::Kind::Cancelled, u"Slipway is closing."_s));
}

void DaemonClient::open()
{
    if (m_phase != Phase::Away || m_stopped)
        return;
    m_farewell = false;
    const int descriptor = connectUnix(daemonSocketPath(m_home));
    if (descriptor >= 0) {
        greet(descriptor);
        return;
    }
    if (const auto started = startDaemon(); !started) {
        giveUp(started.error());
        return;
    }
    m_phase = Phase::Starting;
    m_deadline = QDateTime::currentMSecsSinceEpoch() + kStartMs;
    m_retry.start();
}

void DaemonClient::retry()
{
    if (m_phase == Phase::Away) {
        open();
        return;
    }
    if (m_phase != Phase::Starting)
        return;
    const int descriptor = connectUnix(daemonSocketPath(m_home));
    if (descriptor >= 0) {
        greet(descriptor);
        return;
    }
    if (QDateTime::currentMSecsSinceEpoch() < m_deadline) {
        m_retry.start();
        return;
    }
    QFile log(logFile());
    const QByteArray told = log.open(QIODevice::ReadOnly) ? log.readAll().right(2000) : QByteArray();
    m_phase = Phase::Away;
    giveUp(Error(Error::Kind::Network, u"slipwayd, which keeps this machine's environments, does not answer."_s,
                 u"Look into %1, then try again."_s.arg(logFile()), QString::fromUtf8(told).trimmed()));
}

Result<void> DaemonClient::startDaemon() const
{
    const auto program = helperProgram(u"slipwayd"_s);
    if (!program)
        return tl::unexpected(program.error());
    const QString folder = m_home + u"/local"_s;
    const bool made = QDir().mkpath(folder);
    if (!made || !QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return fail(Error::Kind::Storage, u"The folder %1 cannot be made."_s.arg(folder),
                    u"Check that you may write there."_s);
    QProcess process;
    process.setProgram(*program);
    process.setArguments({u"--home"_s, m_home});
    process.setWorkingDirectory(u"/"_s);
    process.setProcessEnvironment(daemonEnvironment());
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(logFile(), QIODevice::Append);
    process.setStandardErrorFile(logFile(), QIODevice::Append);
    if (!process.startDetached())
        return fail(Error::Kind::Failed, u"%1 cannot be started: %2."_s.arg(*program, process.errorString()),
                    u"Install Slipway again, or set SLIPWAY_LIBEXEC to the folder that holds slipwayd."_s);
    return {};
}

void DaemonClient::greet(int descriptor)
{
    m_phase = Phase::Greeting;
    m_buffer.clear();
    m_socket = new QLocalSocket(this);
    m_socket->setSocketDescriptor(descriptor);
    connect(m_socket, &QLocalSocket::readyRead, this, &DaemonClient::read);
    connect(m_socket, &QLocalSocket::disconnected, this, &DaemonClient::lost);
    write({{u"id"_s, kHelloId}, {u"call"_s, u"hello"_s}});
}

void DaemonClient::greeted(const QJsonObject &answer)
{
    const int protocol = answer.value(u"ok"_s).toObject().value(u"protocol"_s).toInt();
    if (protocol > kWireProtocol) {
        giveUp(
            Error(Error::Kind::Unsupported, u"A newer Slipway's slipwayd runs here."_s, u"Start the newer Slipway."_s));
        return;
    }
    if (protocol < kWireProtocol) { // of an older Slipway: it ends, its environments run on, ours is started
        write({{u"id"_s, kHelloId}, {u"call"_s, u"stop"_s}});
        return;
    }
    m_phase = Phase::Ready;
    QList<int> ids = m_open.keys();
    std::sort(ids.begin(), ids.end());
    for (const int id : std::as_const(ids))
        write(m_open.value(id)->request);
}

void DaemonClient::lost()
{
    m_socket->disconnect(this);
    m_socket->deleteLater();
    m_socket = nullptr;
    m_phase = Phase::Away;
    if (m_stopped)
        return;
    const QPointer<DaemonClient> self(this);
    const QList<int> ids = m_open.keys();
    const Error error(Error::Kind::Network, u"The connection to slipwayd was lost."_s, u"Try again."_s);
    const bool tooOften = ++m_losses > kMostLosses;
    for (const int id : ids) {
        const auto state = m_open.value(id);
        if (state && (tooOften || !state->options.repeat))
            settle(id, tl::unexpected(error));
        if (!self)
            return;
    }
    if (!m_open.isEmpty() || (!m_farewell && !tooOften))
        m_retry.start();
}

void DaemonClient::giveUp(const Error &error)
{
    const QPointer<DaemonClient> self(this);
    const QList<int> ids = m_open.keys();
    for (const int id : ids) {
        settle(id, tl::unexpected(error));
        if (!self)
            return;
    }
}

void DaemonClient::read()
{
    m_buffer += m_socket->readAll();
    const QPointer<DaemonClient> self(this);
    for (qsizetype end = m_buffer.indexOf('\n'); end >= 0; end = m_buffer.indexOf('\n')) {
        const QJsonDocument document = QJsonDocument::fromJson(m_buffer.left(end));
        m_buffer.remove(0, end + 1);
        receive(document.object());
        if (!self || !m_socket)
            return;
    }
}

void DaemonClient::receive(const QJsonObject &message)
{
    const QString event = message.value(u"event"_s).toString();
    if (event == u"changed" && onChanged)
        onChanged(message.value(u"pipeline"_s).toString());
    if (event == u"stopping")
        m_farewell = true;
    if (!event.isEmpty())
        return;
    const int id = message.value(u"id"_s).toInt();
    if (id == kHelloId) {
        if (m_phase == Phase::Greeting)
            greeted(message);
        return;
    }
    const auto state = m_open.value(id);
    if (!state)
        return;
    m_losses = 0;
    if (message.contains(u"progress"_s)) {
        if (state->options.progress)
            state->options.progress(message.value(u"progress"_s).toString());
    } else if (message.contains(u"output"_s)) {
        const QByteArray bytes = QByteArray::fromBase64(message.value(u"output"_s).toString().toLatin1());
        if (state->options.output)
            state->options.output(bytes, message.value(u"isError"_s).toBool());
    } else if (message.contains(u"error"_s)) {
        settle(id, tl::unexpected(Error::fromJson(message.value(u"error"_s).toObject())));
    } else {
        settle(id, message.value(u"ok"_s).toObject());
    }
}

/// Resumes whoever waits; this object may be gone afterwards.
void DaemonClient::settle(int id, const Result<QJsonObject> &outcome)
{
    const auto state = m_open.take(id);
    if (!state)
        return;
    state->outcome = outcome;
    if (state->waiting)
        state->waiting.resume();
}

void DaemonClient::write(const QJsonObject &message)
{
    if (m_socket)
        m_socket->write(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
}

} // namespace Slipway
