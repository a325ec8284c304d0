// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QtTest/QTest>

/// Keeps the settings of whoever runs the tests out of them.
inline void isolateGit(const QString &home)
{
    QDir().mkpath(home);
    qputenv("HOME", QFile::encodeName(home));
    qputenv("SHELL", "/bin/sh");
    qputenv("GIT_CONFIG_GLOBAL", "/dev/null");
    qputenv("GIT_CONFIG_NOSYSTEM", "1");
    for (const char *who : {"AUTHOR", "COMMITTER"}) {
        qputenv(QByteArray("GIT_") + who + "_NAME", "Ada Test");
        qputenv(QByteArray("GIT_") + who + "_EMAIL", "ada@example.com");
    }
}

inline QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

inline void writeFile(const QString &path, const QByteArray &text, bool executable = false)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
    file.write(text);
    file.close();
    if (executable)
        file.setPermissions(file.permissions() | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther);
}

/// A real repository; each commit is a minute after the one before, so that orders are certain.
class TestRepository
{
public:
    explicit TestRepository(const QString &directory)
        : m_directory(directory)
    {
        QDir().mkpath(directory);
        git({QStringLiteral("init"), QStringLiteral("-q"), QStringLiteral("-b"), QStringLiteral("main")});
    }

    QByteArray git(const QStringList &arguments, bool mayFail = false)
    {
        QProcess process;
        process.setWorkingDirectory(m_directory);
        process.start(QStringLiteral("git"),
                      QStringList{QStringLiteral("-c"), QStringLiteral("protocol.file.allow=always")} + arguments);
        process.waitForFinished(60000);
        if (process.exitCode() != 0 && !mayFail)
            qFatal("git %s: %s", qPrintable(arguments.join(QLatin1Char(' '))),
                   process.readAllStandardError().constData());
        return process.readAllStandardOutput().trimmed();
    }

    void write(const QString &path, const QByteArray &text, bool executable = false)
    {
        writeFile(this->path(path), text, executable);
    }

    QString commit(const QString &message)
    {
        stamp();
        git({QStringLiteral("add"), QStringLiteral("-A")});
        git({QStringLiteral("commit"), QStringLiteral("-q"), QStringLiteral("--allow-empty"), QStringLiteral("-m"),
             message});
        return head();
    }
    QString change(const QString &file, const QString &message)
    {
        write(file, message.toUtf8());
        return commit(message);
    }
    void merge(const QString &branch)
    {
        stamp();
        git({QStringLiteral("merge"), QStringLiteral("-q"), QStringLiteral("--no-ff"), QStringLiteral("--no-edit"),
             branch});
    }
    void branch(const QString &name, const QString &from = QStringLiteral("HEAD"))
    {
        git({QStringLiteral("checkout"), QStringLiteral("-q"), QStringLiteral("-b"), name, from});
    }
    void checkout(const QString &name) { git({QStringLiteral("checkout"), QStringLiteral("-q"), name}); }
    QString head() { return QString::fromLatin1(git({QStringLiteral("rev-parse"), QStringLiteral("HEAD")})); }
    QString path(const QString &file = {}) const
    {
        return file.isEmpty() ? m_directory : m_directory + QLatin1Char('/') + file;
    }

private:
    void stamp()
    {
        const QByteArray date = QByteArray::number(1700000000 + 60 * ++m_minutes) + " +0000";
        qputenv("GIT_AUTHOR_DATE", date);
        qputenv("GIT_COMMITTER_DATE", date);
    }

    QString m_directory;
    int m_minutes = 0;
};
