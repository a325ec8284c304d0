// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/heroku/herokuprovider.h"

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

/// The stand-in for Heroku as a process of its own, and a provider that talks to it. With the published description at
/// hand every request and answer is held against it: violations() must stay empty.
class HerokuFixture
{
public:
    HerokuFixture();
    ~HerokuFixture(); ///< ends the stand-in

    Slipway::HerokuProvider &provider() { return *m_provider; }
    void newProvider(const QString &token = QStringLiteral("stand-in-token")); ///< as another process would make it
    template<typename T> static Slipway::Result<T> wait(Slipway::Task<T> task)
    {
        return QCoro::waitFor(std::move(task));
    }

    /// Talks to the stand-in itself: "seed", "state", "faults", "settings", "requests", "effects".
    QJsonValue control(const QByteArray &method, const QString &what, const QJsonObject &body = {});
    QJsonObject seed(const QJsonObject &wanted = {}); ///< remembers the pipeline's id
    void state(const QJsonObject &what) { control("POST", QStringLiteral("state"), what); }
    void fault(const QJsonObject &rule) { control("POST", QStringLiteral("faults"), rule); }
    QJsonArray requests() { return control("GET", QStringLiteral("requests")).toArray(); }
    void forgetRequests() { control("DELETE", QStringLiteral("requests")); }
    /// What was really made, of one kind ("build", "promotion", "app" …); empty: all that happened.
    QJsonArray effects(const QString &kind = {});
    QString violations(); ///< empty: none

    QString pipeline() const { return m_pipeline; }
    Slipway::Ticket ticket();
    Slipway::Result<Slipway::Snapshot> observe(); ///< with what the last one told, as the board does
    Slipway::Environment environment(const QString &name);
    QString archive(); ///< a small .tar.gz
    QString folder() const { return m_folder.path(); }
    QString address() const { return m_address; }

private:
    QTemporaryDir m_folder;
    QProcess m_server;
    QString m_address;
    QString m_pipeline;
    Slipway::Snapshot m_known;
    std::unique_ptr<Slipway::HerokuProvider> m_provider;
    int m_tickets = 0;
};
