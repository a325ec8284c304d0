// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/github/githubprovider.h"

#include <QCoroTask>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>

/// Fails the test with the error's own words; evaluates its argument once.
#define VERIFY(result)                                                                                                 \
    do {                                                                                                               \
        const auto verified = (result);                                                                                \
        QVERIFY2(verified.has_value(),                                                                                 \
                 qPrintable(verified ? QString() : verified.error().text() + u' ' + verified.error().detail()));       \
    } while (false)

/// Fails unless the result is an error of this kind.
#define REFUSED(result, expected)                                                                                      \
    do {                                                                                                               \
        const auto refusedResult = (result);                                                                           \
        QVERIFY2(!refusedResult.has_value(), "it was not refused");                                                    \
        QVERIFY2(refusedResult.error().kind() == (expected), qPrintable(refusedResult.error().text()));                \
    } while (false)

/// The stand-in for GitHub as a process of its own, and a provider that talks to it: "acme/shop", main with four
/// commits, and pull requests #1 to #4 (see its seed.py).
class GitHubFixture
{
public:
    GitHubFixture();
    ~GitHubFixture(); ///< ends the stand-in; fails the test when it, or we, did what nobody should

    Slipway::GitHubProvider &provider() { return *m_provider; }
    void newProvider(const QString &token = QStringLiteral("stand-in-token")); ///< as another process would make it
    void newProviderAt(const QString &path, const QString &token = QStringLiteral("stand-in-token"));
    template<typename T> static Slipway::Result<T> wait(Slipway::Task<T> task)
    {
        return QCoro::waitFor(std::move(task));
    }

    /// Talks to the stand-in itself: "seed", "state", "faults", "settings", "tokens", "requests", "effects".
    QJsonValue control(const QByteArray &method, const QString &what, const QJsonObject &body = {});
    QJsonObject state(const QJsonObject &what) { return control("POST", QStringLiteral("state"), what).toObject(); }
    void fault(const QJsonObject &rule) { control("POST", QStringLiteral("faults"), rule); }
    void noFaults() { control("DELETE", QStringLiteral("faults")); }
    void setting(const QString &name, const QJsonValue &value)
    {
        control("POST", QStringLiteral("settings"), QJsonObject{{name, value}});
    }
    QJsonArray requests() { return control("GET", QStringLiteral("requests")).toArray(); }
    int spent(); ///< requests since forgetRequests() that were not "not modified"
    int asked(); ///< all of them
    void forgetRequests() { control("DELETE", QStringLiteral("requests")); }
    /// What was really done, of one kind ("status", "merge", "ref.create" …); empty: all.
    QJsonArray effects(const QString &kind = {});

    QJsonArray ask(const QString &path); ///< a list of the sample repository, as anybody's client would: "/deployments"

    QString project() const { return m_project; }
    void seed(const QJsonObject &wanted); ///< another repository, from now on project()
    QString head(const QString &ref); ///< SHA, from git itself
    QString git(const QStringList &words);
    Slipway::Result<QList<Slipway::Change>> changes(); ///< with what the last one told, as the board does
    Slipway::Change change(int number); ///< as the last reading told it
    void forgetChanges() { m_known.clear(); }
    QString folder() const { return m_folder.path(); }
    QString address() const { return m_address; }

private:
    QJsonValue exchange(const QByteArray &method, const QString &path, const QJsonObject &body);

    QTemporaryDir m_folder;
    QProcess m_server;
    QString m_address;
    QString m_project = QStringLiteral("acme/shop");
    QString m_repository; ///< where the bare one is
    QList<Slipway::Change> m_known;
    std::unique_ptr<Slipway::GitHubProvider> m_provider;
};
