// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/local/client/localprovider.h"

#include <QCoroTask>
#include <QString>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>

/// Fails the test with the error's own words; evaluates its argument once.
#define VERIFY(result)                                                                                                 \
    do {                                                                                                               \
        const auto verified = (result);                                                                                \
        QVERIFY2(verified.has_value(),                                                                                 \
                 qPrintable(verified ? QString() : verified.error().text() + verified.error().detail()));              \
    } while (false)

/// A scratch home with a repository of a small Python application, and LocalProvider against the real slipwayd of that
/// home. Leaves no process behind.
class DaemonFixture
{
public:
    explicit DaemonFixture(const QString &deeper = {}); ///< `deeper`: a longer path for the home
    ~DaemonFixture();

    /// Writes, commits and answers the SHA. `answer` is what the application says.
    QString commitApp(const QString &answer, const QString &script = {});
    QString commit(const QString &file, const QByteArray &text, const QString &subject);
    QByteArray git(const QStringList &arguments) const;

    Slipway::LocalProvider &provider() { return *m_provider; }
    void newProvider(); ///< as another window would make it
    template<typename T> static Slipway::Result<T> wait(Slipway::Task<T> task)
    {
        return QCoro::waitFor(std::move(task));
    }

    Slipway::Ticket ticket();
    Slipway::Result<Slipway::RemotePipeline> setUp();
    Slipway::Result<Slipway::Release> deploy(const QString &environment, const QString &version);
    Slipway::Result<Slipway::Release> deploy(const Slipway::Ticket &ticket, const Slipway::DeploySpec &spec);
    Slipway::Environment environment(const QString &name);
    /// What the environment answers at its plain address; empty when nobody does.
    QByteArray fetch(const QString &environment);

    pid_t daemonPid() const;
    void endDaemon(); ///< kindly; environments run on
    QList<pid_t> processes() const; ///< that belong to environments of this home, shims included
    QString home() const { return m_home; }
    QString repository() const { return m_repository; }

private:
    QTemporaryDir m_folder;
    QString m_home;
    QString m_repository;
    std::unique_ptr<Slipway::LocalProvider> m_provider;
    int m_tickets = 0;
};
