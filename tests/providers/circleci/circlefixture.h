// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/circleci/circleciprovider.h"

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

/// A push, as the stand-in tells of it.
struct Push
{
    QString sha;
    QString id;
    int number = 0;
    QJsonObject workflows; ///< by name
    QString run(const QString &workflow) const { return workflows.value(workflow).toObject().value(u"id").toString(); }
    QString job(const QString &workflow, const QString &name) const; ///< its id
    QString numberOf(const QString &workflow, const QString &name) const; ///< as text
};

/// The stand-in for CircleCI as a process of its own, and a provider that talks to it. With the published description
/// at hand every request and answer is held against it.
class CircleFixture
{
public:
    CircleFixture(); ///< with the project gh/acme/shop
    ~CircleFixture(); ///< ends the stand-in

    Slipway::CircleCiProvider &provider() { return *m_provider; }
    void newProvider(const QString &token = QStringLiteral("stand-in-token")); ///< as another process would make it
    template<typename T> static Slipway::Result<T> wait(Slipway::Task<T> task)
    {
        return QCoro::waitFor(std::move(task));
    }

    /// Talks to the stand-in itself: "state", "faults", "settings", "requests", "effects".
    QJsonValue control(const QByteArray &method, const QString &what, const QJsonObject &body = {});
    QJsonObject act(const QString &action, QJsonObject words = {});
    void fault(const QJsonObject &rule) { control("POST", QStringLiteral("faults"), rule); }
    void noFaults() { control("DELETE", QStringLiteral("faults")); }
    void settings(const QJsonObject &what) { control("POST", QStringLiteral("settings"), what); }
    QStringList requests(); ///< their routes since the last forgetRequests(), in order
    QJsonArray wholeRequests() { return control("GET", QStringLiteral("requests")).toArray(); }
    void forgetRequests() { control("DELETE", QStringLiteral("requests")); }
    int effects(const QString &kind); ///< how often that really happened: "workflow.rerun"
    /// What was against the published description; empty: nothing. Requests that are fail every test at its end.
    QString violations(const QString &about = {});

    /// Pushes to a branch of gh/acme/shop; without `workflows` the usual ones, "build-and-deploy".
    Push push(const QString &branch = QStringLiteral("main"), const QJsonArray &workflows = {}, QJsonObject more = {});
    Push tree(const Push &push); ///< the same, as it is now
    void runAll() { act(QStringLiteral("run")); } ///< all that runs ends by its plan
    void finish(const Push &push, const QString &job, const QString &status = {}, QJsonObject more = {});

    Slipway::Result<QHash<QString, Slipway::CiStatus>> states(const QList<Slipway::CiCommit> &commits);
    Slipway::CiStatus state(const Push &push, const QString &branch = QStringLiteral("main"));
    Slipway::Result<Slipway::CiReport> report(const Push &push, const QString &branch = QStringLiteral("main"));

    QString project() const { return m_project; }
    void setProject(const QString &slug) { m_project = slug; }
    QString address() const { return m_address; }

private:
    QTemporaryDir m_folder;
    QProcess m_server;
    QString m_address;
    QString m_project = QStringLiteral("gh/acme/shop");
    std::unique_ptr<Slipway::CircleCiProvider> m_provider;
};

/// A workflow of one job that ends by itself as `result` once runAll() is called.
QJsonObject workflow(const QString &name, const QString &result = QStringLiteral("success"));
