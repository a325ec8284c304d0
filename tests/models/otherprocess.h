// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/stores.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <cstdio>

/// A second process for a test: the test itself, started again with a role. Its main() calls playRole() first.
namespace Slipway {

class OtherProcess
{
public:
    /// Starts it and waits until it has done its part; it stays until it is told to end, killed, or this object goes.
    explicit OtherProcess(const QStringList &role)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(), QStringList{QStringLiteral("--role")} + role);
        if (m_process.waitForStarted() && m_process.waitForReadyRead(30'000))
            m_answer = QString::fromUtf8(m_process.readLine().trimmed());
    }
    ~OtherProcess() { kill(); }
    QString answer() const { return m_answer; }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
    QString m_answer;
};

/// Plays the part named on the command line; false when there is none and the tests are to run.
inline bool playRole(const QStringList &arguments)
{
    using namespace Qt::StringLiterals;
    if (arguments.value(1) != u"--role")
        return false;
    const QString home = arguments.value(3);
    const auto store = SlipwayStore::open(home);
    Result<void> done;
    if (!store) {
        done = tl::unexpected(store.error());
    } else if (arguments.value(2) == u"lease") {
        done = (*store)->takeLeases(arguments.value(4), arguments.mid(5));
    } else {
        const auto written =
            (*store)->record({0, {}, u"other"_s, u"shop"_s, {}, u"test"_s, u"Written elsewhere"_s, {}, {}, {}, {}});
        if (!written)
            done = tl::unexpected(written.error());
    }
    const QByteArray answer = done ? QByteArray("done") : done.error().message().toUtf8();
    std::printf("%s\n", answer.constData());
    std::fflush(stdout);
    while (std::getchar() != EOF) // until the test lets go
        ;
    return true;
}

} // namespace Slipway

#define SLIPWAY_TEST_MAIN(TestClass)                                                                                   \
    int main(int argc, char *argv[])                                                                                   \
    {                                                                                                                  \
        QCoreApplication app(argc, argv);                                                                              \
        if (Slipway::playRole(app.arguments()))                                                                        \
            return 0;                                                                                                  \
        TestClass test;                                                                                                \
        return QTest::qExec(&test, argc, argv);                                                                        \
    }
