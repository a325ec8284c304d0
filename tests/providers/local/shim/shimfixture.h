// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <sys/types.h>

/// A scratch run directory with one slipway-run in it. Whatever a test does, nothing of the run is left when this goes.
class ShimFixture final
{
public:
    ShimFixture();
    ~ShimFixture();
    ShimFixture(const ShimFixture &) = delete;
    ShimFixture &operator=(const ShimFixture &) = delete;

    QJsonObject spec; ///< id, logs, socket and a short grace are set; tests add the rest
    void addProcess(const QString &name, const QString &command, const QString &cwd = QStringLiteral("/tmp"));
    void writeSpec() const;

    struct Ended
    {
        int code = -1;
        QString err;
    };
    Ended launch(const QStringList &options = {}, const QProcessEnvironment *environment = nullptr) const;

    QJsonObject status() const; ///< from status.json
    QJsonObject processStatus(int index = 0) const;
    QString state() const { return status().value(QLatin1String("state")).toString(); }
    pid_t shimPid() const;
    QList<pid_t> bearers() const; ///< every process whose environment carries the id of this run
    QList<QByteArray> log(const QString &name) const;
    QString logPath(const QString &name) const;
    QString path(const QString &file) const { return m_directory.filePath(file); }
    QJsonObject ask(const QJsonObject &command) const; ///< one command, one answer; empty when nobody answers

private:
    QTemporaryDir m_directory;
};

/// A blocking client of a control socket that reaches paths of any length.
class ControlClient final
{
public:
    explicit ControlClient(const QString &path);
    ~ControlClient();
    ControlClient(const ControlClient &) = delete;
    ControlClient &operator=(const ControlClient &) = delete;
    bool isConnected() const { return m_fd >= 0; }
    void send(const QByteArray &line) const;
    QJsonObject receive(); ///< the next line; empty after 20 s of silence or at the end

private:
    int m_fd = -1;
    QByteArray m_buffer;
};

bool processExists(pid_t pid);

/// The text of the lines of one stream (o, e, s) of a log, stamps taken off.
QList<QByteArray> texts(const QList<QByteArray> &lines, char stream);
