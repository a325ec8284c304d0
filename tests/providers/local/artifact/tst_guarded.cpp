// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/machine/childprocess.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Slipway;

namespace {

/// Processes with this text in their command line; how an escapee that took an empty environment is still found.
QList<pid_t> bearers(const QString &text)
{
    QList<pid_t> found;
    const QStringList entries = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString &entry : entries) {
        QFile file(u"/proc/%1/cmdline"_s.arg(entry));
        const bool number = entry.toInt() > 0 && entry.toInt() != QCoreApplication::applicationPid();
        if (number && file.open(QIODevice::ReadOnly) && file.readAll().contains(text.toUtf8()))
            found << entry.toInt();
    }
    return found;
}

} // namespace

/// A guarded command leaves nothing behind: not a daemon with an empty environment in a session of its own either.
class TestGuarded : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if (qEnvironmentVariableIsEmpty("SLIPWAY_LIBEXEC"))
            QSKIP("SLIPWAY_LIBEXEC names no folder with slipway-run: run it with ctest");
    }
    void ends_data();
    void ends();
    void outOfTime();
    void cancelled();
    void hasItsGrace();
    void guardKilled();
    void missing();

private:
    ChildSpec shell(const QString &command)
    {
        ChildSpec spec;
        spec.program = u"/bin/sh"_s;
        spec.arguments = {u"-c"_s, command};
        spec.directory = u"/tmp"_s;
        spec.environment = cleanEnvironment();
        spec.guarded = true;
        return spec;
    }
    /// Starts escapees of three kinds, all to be found by `m_mark`, and waits until they are there.
    QString escapees()
    {
        m_mark = u"9%1.%2"_s.arg(QCoreApplication::applicationPid()).arg(++m_count);
        return u"env -i /usr/bin/setsid /bin/sleep %1 & (setsid sleep %1 >/dev/null 2>&1 &) ; sleep %1 & "
               "while [ $(grep -lsa '^/*[a-z/]*sleep.%1' /proc/[0-9]*/cmdline | wc -l) -lt 3 ]; do sleep 0.02; done; "
               "echo there; "_s.arg(m_mark);
    }
    QString m_mark;
    int m_count = 0;
    Cancel m_never;
};

void TestGuarded::ends_data()
{
    QTest::addColumn<QString>("end");
    QTest::addColumn<int>("status");
    QTest::newRow("well") << u"exit 0"_s << 0;
    QTest::newRow("with a status") << u"exit 7"_s << 7;
    QTest::newRow("by a signal") << u"kill -KILL $$"_s << 128 + SIGKILL;
    QTest::newRow("without the shell") << u"exec /bin/false"_s << 1;
}

void TestGuarded::ends()
{
    QFETCH(QString, end);
    QFETCH(int, status);
    const auto ran = runChild(shell(escapees() + end), m_never);
    QVERIFY(ran.has_value());
    QCOMPARE(ran->output, "there\n"_ba);
    QCOMPARE(ran->status, status);
    QCOMPARE(bearers(m_mark), QList<pid_t>()); // at once: nothing is left when it has ended
}

void TestGuarded::outOfTime()
{
    ChildSpec spec = shell(escapees() + u"exec sleep "_s + m_mark);
    spec.limit = 3s;
    const auto ran = runChild(spec, m_never);
    QVERIFY(ran && ran->timedOut);
    QCOMPARE(bearers(m_mark), QList<pid_t>());
}

void TestGuarded::cancelled()
{
    Cancel cancel;
    const auto ran = runChild(shell(escapees() + u"exec sleep "_s + m_mark), cancel,
                              [&](const QString &, bool) { cancel.cancel(); });
    QVERIFY(!ran && ran.error().kind() == Error::Kind::Cancelled);
    QCOMPARE(bearers(m_mark), QList<pid_t>());
}

void TestGuarded::hasItsGrace()
{
    // What is asked to end may do so in good order: the shell's child writes its last word after the shell has gone.
    QTemporaryDir folder;
    const QString word = folder.filePath(u"word"_s);
    const QString command = u"(trap 'sleep 0.3; echo done > %1; exit' TERM; echo up; while :; do sleep 0.05; done) & "
                            "wait"_s.arg(word);
    Cancel cancel;
    const auto ran = runChild(shell(command), cancel, [&](const QString &, bool) { cancel.cancel(); });
    QVERIFY(!ran && ran.error().kind() == Error::Kind::Cancelled);
    QVERIFY(QFile::exists(word));
}

void TestGuarded::guardKilled()
{
    m_mark = u"9%1.%2"_s.arg(QCoreApplication::applicationPid()).arg(++m_count);
    const QString command = u"(setsid sleep %1 &) ; echo up; exec sleep %1"_s.arg(m_mark);
    const auto ran = runChild(shell(command), m_never, [this](const QString &, bool) {
        const QList<pid_t> all = bearers(u"--guard"_s);
        for (const pid_t pid : all) {
            if (bearers(m_mark).contains(pid)) // our guard: the command is in its command line
                ::kill(pid, SIGKILL);
        }
    });
    QVERIFY(ran.has_value());
    QCOMPARE(ran->status, 128 + SIGKILL);
    QCOMPARE(bearers(m_mark), QList<pid_t>()); // known by the mark in their environment
}

void TestGuarded::missing()
{
    const QByteArray folder = qgetenv("SLIPWAY_LIBEXEC");
    qputenv("SLIPWAY_LIBEXEC", "/nonexistent");
    const auto ran = runChild(shell(u"echo up"_s), m_never);
    qputenv("SLIPWAY_LIBEXEC", folder);
    QVERIFY(!ran && ran.error().kind() == Error::Kind::NotFound);
    QVERIFY(ran.error().message().contains(u"/nonexistent/slipway-run"_s));
    ChildSpec none = shell({});
    none.program = u"/nonexistent/program"_s;
    const auto failed = runChild(none, m_never);
    QVERIFY(failed.has_value());
    QCOMPARE(failed->status, 127);
    QVERIFY(failed->errors.contains("/nonexistent/program cannot be started"));
}

QTEST_GUILESS_MAIN(TestGuarded)
#include "tst_guarded.moc"
