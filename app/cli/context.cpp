// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/context.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

qint64 now()
{
    return QDeadlineTimer::current().deadline();
}

} // namespace

Context::Context(const Globals &globals, Terminal &terminal)
    : m_globals(globals)
    , m_terminal(terminal)
    , m_deadline(globals.timeoutMs > 0 ? now() + globals.timeoutMs : 0)
{ }

Context::~Context() = default;

Result<void> Context::open(bool automates)
{
    const auto home = slipwayHome();
    if (!home)
        return tl::unexpected(home.error());
    auto session = Session::open({.home = *home, .poll = automates, .automate = automates, .recover = automates});
    if (!session)
        return tl::unexpected(session.error());
    m_session = std::move(*session);
    for (const QString &notice : m_session->notices())
        m_terminal.warn(u"slipwayctl: "_s + notice);
    return {};
}

Result<void> Context::spin(QEventLoop &loop, const std::function<bool()> &finished)
{
    if (!m_interrupt)
        m_interrupt = std::make_unique<Interrupt>();
    QObject::connect(m_interrupt.get(), &Interrupt::raised, &loop, &QEventLoop::quit);
    QTimer timer;
    timer.setSingleShot(true);
    timer.setTimerType(Qt::PreciseTimer); // a coarse one may wake before its time
    QObject::connect(&timer, &QTimer::timeout, &loop, &QEventLoop::quit);
    while (!finished()) {
        if (m_interrupt->isRaised())
            return fail(Error::Kind::Cancelled, u"Interrupted."_s);
        if (m_deadline > 0 && now() >= m_deadline) {
            return fail(Error::Kind::Cancelled, u"Not done after %1 s."_s.arg(m_globals.timeoutMs / 1000),
                        u"Give it longer with --timeout."_s);
        }
        if (m_deadline > 0)
            timer.start(std::chrono::milliseconds(std::max<qint64>(m_deadline - now(), 0)));
        loop.exec();
    }
    return {};
}

Result<void> Context::waitUntil(std::function<bool()> finished)
{
    m_session->start();
    QEventLoop loop;
    const auto look = [&loop, &finished] {
        if (finished())
            loop.quit();
    };
    QObject::connect(m_session.get(), &Session::changed, &loop, look);
    QObject::connect(m_session.get(), &Session::operationEnded, &loop, look);
    return spin(loop, finished);
}

Result<void> Context::refresh(const QString &pipeline)
{
    return wait<void>([this, pipeline](auto done) { m_session->refresh(pipeline, std::move(done)); });
}

void Context::document(const QJsonObject &document)
{
    m_terminal.write(QJsonDocument(document).toJson(QJsonDocument::Indented));
    m_spoken = true;
}

void Context::addToFailure(const QJsonObject &keys)
{
    for (auto it = keys.begin(); it != keys.end(); ++it)
        m_failure.insert(it.key(), it.value());
}

int Context::report(const Error &error)
{
    QString line = u"slipwayctl: "_s + error.message();
    if (!error.remedy().isEmpty())
        line += u' ' + error.remedy();
    m_terminal.warn(line);
    if (!error.detail().isEmpty()) {
        for (const QString &detail : error.detail().split(u'\n'))
            m_terminal.warn(u"    "_s + detail);
    }
    if (m_globals.json && !m_spoken) {
        m_failure.insert(u"error"_s,
                         QJsonObject{{u"kind"_s, Error::kindName(error.kind())},
                                     {u"message"_s, error.message()},
                                     {u"remedy"_s, error.remedy()},
                                     {u"detail"_s, error.detail()}});
        document(m_failure);
    }
    if (wasInterrupted())
        return Interrupted;
    return exitCode(error.kind());
}

int exitCode(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::Invalid:
        return Usage;
    case Error::Kind::Blocked:
        return BlockedByCheck;
    case Error::Kind::Unauthorized:
    case Error::Kind::SecondFactor:
        return NotAuthorised;
    case Error::Kind::Network:
        return Unreachable;
    default:
        return Failed;
    }
}

} // namespace Slipway::Cli
