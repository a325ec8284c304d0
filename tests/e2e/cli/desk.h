// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QMap>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

class QProcess;

/// What one run of slipwayctl came to.
struct Ran
{
    int code = -1; ///< -1: it did not end in time or was ended by a signal
    QByteArray out;
    QByteArray err;
    QJsonObject json() const; ///< of stdout; empty when that is not one document
    QByteArray told() const; ///< both streams, for the message of a failed comparison
};

/// A scratch SLIPWAY_HOME and the programs in it. The destructor ends every process that lives in it, by its id.
class Desk
{
public:
    Desk();
    ~Desk();

    QString home() const { return m_folder.path() + QStringLiteral("/home"); }
    QString folder() const { return m_folder.path(); } ///< for repositories and the like, beside the home

    /// Runs slipwayctl to its end. `input` is its stdin.
    Ran run(const QStringList &arguments, const QByteArray &input = {}, const QString &workingFolder = {});
    /// Starts it; finish() waits for its end.
    std::unique_ptr<QProcess> start(const QStringList &arguments, const QString &workingFolder = {});
    static Ran finish(QProcess &process);
    /// Ends the daemon as its user would; environments are not touched.
    void stopDaemon();
    /// The process id of slipwayd; 0 when none runs.
    qint64 daemon() const;
    /// Gives the home a small disk of its own, before anything is in it. An empty text, or why that cannot be.
    QString putHomeOnDisk(int mebibytes);
    /// Fills that disk but for so many KiB; empties it again.
    void fillDisk(int leftKiB);
    void makeRoom();
    /// From now on slipwayctl runs as the user nobody, whom this folder belongs to. An empty text, or why that cannot
    /// be; for root, who may read everything.
    QString becomeNobody();
    /// Variables that slipwayctl gets, besides a small clean environment.
    void setVariable(const QString &name, const QString &value) { m_variables.insert(name, value); }

    /// A git repository with these files committed on main. Contents ending in a newline are written as they are.
    QString makeRepository(const QString &name, const QMap<QString, QByteArray> &files);
    void git(const QString &repository, const QStringList &arguments);
    /// Whether `commit` is in the history of `of`.
    bool isAncestor(const QString &repository, const QString &commit, const QString &of);

    /// Ids of the processes that have this home in their command line or environment.
    QList<qint64> processes() const;
    /// All paths below the home, without the databases' own files: what must be the same after a refused command.
    QStringList listing() const;
    /// GET, with the body; a null array when nothing answers.
    static QByteArray fetch(const QString &address);

    /// The environment of this name in `status --json`; empty when it is not there.
    QJsonObject environment(const QString &pipeline, const QString &name);

private:
    QTemporaryDir m_folder;
    QMap<QString, QString> m_variables;
    QStringList m_before; ///< program and arguments in front of slipwayctl
    bool m_mounted = false;
};
