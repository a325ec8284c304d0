// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/modelsession.h"

#include "tests/app/modelprovider.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Slipway {

std::unique_ptr<Session> openModelSession(const QString &home, bool recover, int undoWindowMs,
                                          const std::function<void()> &journaled, bool automate)
{
    Session::Options options;
    options.home = home;
    options.recover = recover;
    options.automate = automate;
    options.undoWindowMs = undoWindowMs;
    options.journaled = journaled;
    options.makeProvider = [](const ProviderContext &context) -> std::unique_ptr<Provider> {
        return std::make_unique<ModelProvider>(context.home + u"/world.json"_s);
    };
    auto session = Session::open(options);
    return session ? std::move(*session) : nullptr;
}

namespace {

/// What `ask` was answered, once it was.
template<typename T> T answerOf(const std::function<void(std::function<void(T)>)> &ask)
{
    std::optional<T> answer;
    ask([&answer](const T &result) { answer = result; });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 20'000))
        return fail(Error::Kind::Failed, u"no answer"_s);
    return *answer;
}

} // namespace

Result<QString> startNow(Session &session, const Intent &intent)
{
    return answerOf<Result<QString>>([&](auto done) { session.startOperation(intent, std::move(done)); });
}

Result<void> callNow(Session &session, OperationCall call, const QString &id)
{
    return answerOf<Result<void>>([&](auto done) { (session.*call)(id, std::move(done)); });
}

Result<void> decideNow(Session &session, const Decision &decision)
{
    return answerOf<Result<void>>([&](auto done) { session.decide(decision, std::move(done)); });
}

Result<void> refreshNow(Session &session)
{
    return answerOf<Result<void>>([&](auto done) { session.refresh({}, std::move(done)); });
}

bool endedSoon(Session &session, const QString &id)
{
    return QTest::qWaitFor(
        [&] {
            const auto operation = session.reader().store().operation(id);
            return operation && !operation->isActive();
        },
        20'000);
}

Operation runNow(Session &session, const Intent &intent)
{
    const auto id = startNow(session, intent);
    if (!id) {
        Operation refused;
        refused.error = id.error();
        return refused;
    }
    return endedSoon(session, *id) ? *session.reader().store().operation(*id) : Operation();
}

std::optional<int> childOf(const QStringList &arguments)
{
    if (arguments.value(1) != u"--child")
        return std::nullopt;
    const QString where = arguments.at(3);
    const int count = arguments.at(4).toInt();
    const auto intent = intentFromJson(QJsonDocument::fromJson(arguments.at(5).toUtf8()).object());
    ModelProvider::killBefore = where == u"before" ? count : 0;
    ModelProvider::killAfter = where == u"after" ? count : 0;
    int writes = 0;
    const auto session = openModelSession(arguments.at(2), !intent, 0, [&writes, where, count] {
        if (where == u"journal" && ++writes == count)
            ::_exit(9);
    });
    if (!session)
        return 3;
    if (intent) {
        const Operation ended = runNow(*session, *intent);
        if (ended.error)
            qInfo("%s", qPrintable(ended.error->text()));
        return ended.state == OperationState::Live ? 0 : 1;
    }
    session->start();
    const auto done = [&] { return session->reader().store().activeOperations().isEmpty(); };
    return QTest::qWaitFor(done, 20'000) ? 0 : 2;
}

int inChild(const QString &home, const Death &death, const std::optional<Intent> &intent)
{
    const QByteArray json = intent ? QJsonDocument(toJson(*intent)).toJson(QJsonDocument::Compact) : QByteArray("{}");
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(QCoreApplication::applicationFilePath(),
                  {u"--child"_s, home, death.where, QString::number(death.count), QString::fromUtf8(json)});
    return process.waitForFinished(60'000) ? process.exitCode() : -1;
}

Intent setUpIntent()
{
    return SetUpIntent{u"shop"_s, u"local"_s, u"/repository"_s, false};
}

Intent cloneIntent(const QString &name)
{
    CodeChoice code;
    code.change = u"faster"_s;
    return CloneIntent{u"shop"_s, name, {}, code, DataChoice::Copy};
}

Intent promoteIntent()
{
    return PromoteIntent{u"shop"_s, u"dev1"_s, u"staging"_s, true, u"a reason"_s, {}};
}

Decision acceptance(const QString &environment)
{
    return VerdictIntent{u"shop"_s, environment, VerdictState::Accepted, {}};
}

} // namespace Slipway
