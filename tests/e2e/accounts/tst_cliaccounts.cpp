// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/accounts/netrc.h"
#include "models/store/slipwaystore.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Slipway;
using namespace Qt::StringLiterals;

namespace {

const auto kToken = u"good-marker-7f3a91"_s; ///< must never be seen

struct Ran
{
    int code = -1;
    QByteArray out;
    QByteArray err;
};

/// One SLIPWAY_HOME; the keychain is the surrounding session's.
class Home
{
public:
    Ran run(const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"SLIPWAY_HOME"_s, m_folder.path());
        environment.insert(u"TEAM_TOKEN"_s, m_variable);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(SLIPWAYCTL), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000))
            return {};
        const Ran ran{process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
        m_told += ran.out + ran.err;
        return ran;
    }
    void setVariable(const QString &value) { m_variable = value; }
    QString path() const { return m_folder.path(); }
    /// Every file below the home, and all that was said, without the token.
    bool isClean() const
    {
        if (m_told.contains(kToken.toUtf8()))
            return false;
        QDirIterator files(m_folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(kToken.toUtf8()))
                return false;
        }
        return true;
    }

private:
    QTemporaryDir m_folder;
    QString m_variable;
    QByteArray m_told;
};

bool hasKeychain()
{
    return qgetenv("SLIPWAY_KEYCHAIN") == "unlocked";
}

QString withPassword(const QByteArray &netrc)
{
    const auto read = netrcPassword(QString::fromUtf8(netrc), u"api.example.org"_s, u"~/.netrc"_s);
    return read ? *read : u"! "_s + read.error().text();
}

#define EXPECT_CODE(ran, expected)                                                                                     \
    do {                                                                                                               \
        const Ran done = (ran);                                                                                        \
        QVERIFY2(done.code == (expected), (QByteArray::number(done.code) + ": " + done.out + done.err).constData());   \
    } while (false)

} // namespace

class TestCliAccounts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aTokenFromStdinIsKeptOrRefused()
    {
        Home home;
        const Ran added =
            home.run({u"account"_s, u"add"_s, u"service"_s, u"team"_s, u"--token-stdin"_s}, kToken.toUtf8() + "\n");
        if (!hasKeychain()) {
            QCOMPARE(added.code, 1);
            QVERIFY2(added.err.contains("--token-env"), added.err.constData());
            QCOMPARE(home.run({u"account"_s, u"check"_s, u"team"_s}).code, 1); // was not added
            // Nobody signs in for nothing: that comes first.
            const Ran signing = home.run({u"account"_s, u"add"_s, u"service"_s, u"team"_s, u"--device"_s});
            QVERIFY2(signing.code == 1 && signing.err.contains("no keychain"), signing.err.constData());
            QVERIFY(home.isClean());
            return;
        }
        QVERIFY2(added.code == 0, added.err.constData());
        QVERIFY2(added.out.contains("mia@example.org") && added.out.contains("4200 of 4500"), added.out.constData());
        EXPECT_CODE(home.run({u"account"_s, u"check"_s, u"team"_s}), 0); // another process reads it
        EXPECT_CODE(home.run({u"account"_s, u"token"_s, u"team"_s, u"--token-stdin"_s}, "bad-token\n"), 4);
        EXPECT_CODE(home.run({u"account"_s, u"check"_s, u"team"_s}), 4);
        EXPECT_CODE(home.run({u"account"_s, u"token"_s, u"team"_s, u"--token-stdin"_s}, kToken.toUtf8()), 0);
        // Its token goes with it: an account of the same name later has none.
        EXPECT_CODE(home.run({u"account"_s, u"remove"_s, u"team"_s}), 0);
        EXPECT_CODE(home.run({u"account"_s, u"add"_s, u"service"_s, u"team"_s}), 4);
        QVERIFY(home.isClean());
    }

    void homesAreApart()
    {
        if (!hasKeychain())
            QSKIP("needs a keychain");
        Home one;
        Home other;
        EXPECT_CODE(one.run({u"account"_s, u"add"_s, u"service"_s, u"team"_s, u"--token-stdin"_s}, kToken.toUtf8()), 0);
        EXPECT_CODE(other.run({u"account"_s, u"add"_s, u"service"_s, u"team"_s}), 4);
    }

    void aVariableIsReadAtEachStart()
    {
        Home home;
        home.setVariable(kToken);
        EXPECT_CODE(home.run({u"account"_s, u"add"_s, u"service"_s, u"team"_s, u"--token-env"_s, u"TEAM_TOKEN"_s}), 0);
        EXPECT_CODE(home.run({u"account"_s, u"check"_s, u"team"_s}), 0);
        home.setVariable({});
        const Ran without = home.run({u"account"_s, u"check"_s, u"team"_s});
        QCOMPARE(without.code, 4);
        QVERIFY2(without.err.contains("TEAM_TOKEN"), without.err.constData());
        QVERIFY(home.isClean());
    }

    void anAccountsPipelineIsAdopted()
    {
        Home home;
        home.setVariable(kToken);
        EXPECT_CODE(home.run({u"account"_s, u"add"_s, u"service"_s, u"team"_s, u"--token-env"_s, u"TEAM_TOKEN"_s}), 0);
        EXPECT_CODE(home.run({u"pipeline"_s, u"add"_s, u"shop"_s, u"--deploys"_s, u"team"_s}), 0);
        EXPECT_CODE(home.run({u"pipeline"_s, u"add"_s, u"mine"_s, u"--deploys"_s, u"team:p-2"_s}), 0);
        const Ran status = home.run({u"status"_s, u"mine"_s, u"--json"_s});
        const QJsonObject document = QJsonDocument::fromJson(status.out).object();
        QCOMPARE(document.value(u"environments"_s).toArray().size(), 2);
        const Ran unknown = home.run({u"pipeline"_s, u"add"_s, u"none"_s, u"--deploys"_s, u"team:nothing"_s});
        QCOMPARE(unknown.code, 1);
        QVERIFY2(unknown.err.contains("nothing") && unknown.err.contains("shop, api"), unknown.err.constData());
        const Ran twice = home.run({u"pipeline"_s, u"add"_s, u"again"_s, u"--deploys"_s, u"team:shop"_s});
        QVERIFY2(twice.code == 1 && twice.err.contains("already"), twice.err.constData());
        EXPECT_CODE(home.run({u"account"_s, u"remove"_s, u"team"_s}), 1); // still in use
        EXPECT_CODE(home.run({u"pipeline"_s, u"remove"_s, u"mine"_s, u"--no-input"_s}), 0);
        const auto store = SlipwayStore::open(home.path());
        QCOMPARE((*store)->pipelines().size(), 1);
        QVERIFY(home.isClean());
    }

    void badInputIsNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("said");
        const QStringList add{u"account"_s, u"add"_s, u"service"_s, u"team"_s};
        QTest::newRow("kind") << QStringList{u"account"_s, u"add"_s, u"nothing"_s, u"team"_s} << QByteArray("nothing");
        QTest::newRow("plain http") << add + QStringList{u"--url"_s, u"http://example.org"_s}
                                    << QByteArray("http://example.org");
        QTest::newRow("data url") << add + QStringList{u"--data-url"_s, u"example.org"_s} << QByteArray("example.org");
        QTest::newRow("variable") << add + QStringList{u"--token-env"_s, u"A-B"_s} << QByteArray("variable");
        QTest::newRow("two tokens") << add + QStringList{u"--token-env"_s, u"A"_s, u"--token-stdin"_s}
                                    << QByteArray("--token-env");
        QTest::newRow("empty token") << add + QStringList{u"--token-stdin"_s} << QByteArray("empty");
    }

    void badInputIsNamed()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, said);
        Home home;
        const Ran ran = home.run(arguments);
        QCOMPARE(ran.code, 2);
        QVERIFY2(ran.err.contains(said), ran.err.constData());
        const auto store = SlipwayStore::open(home.path());
        QCOMPARE((*store)->accounts().size(), 1);
    }

    void theCliLoginIsTaken()
    {
        Home home;
        const QStringList add{u"account"_s, u"add"_s, u"service"_s, u"team"_s, u"--from-cli"_s};
        const Ran none = home.run(add);
        QVERIFY2(none.code == 1 && none.err.contains(".netrc") && none.err.contains("service token"),
                 none.err.constData());
        QFile netrc(QDir::home().filePath(u".netrc"_s));
        QVERIFY(netrc.open(QIODevice::WriteOnly));
        netrc.write("machine api.service.example.org\n  login mia@example.org\n  password " + kToken.toUtf8() + "\n");
        netrc.close();
        EXPECT_CODE(home.run(add), hasKeychain() ? 0 : 1);
        QVERIFY(netrc.remove());
        QVERIFY(home.isClean());
    }

    void netrcIsReadStrictly()
    {
        QCOMPARE(withPassword("machine api.example.org login a password s3\n"), u"s3"_s);
        QCOMPARE(
            withPassword("# c\nmachine x login a password no\nmachine api.example.org\n\tlogin a\n\tpassword #s\n"),
            u"#s"_s);
        QCOMPARE(withPassword("machine api.example.org password one\nmachine api.example.org password two\n"),
                 u"one"_s);
        QCOMPARE(withPassword("macdef init\ncd x\nmachine api.example.org password no\n\n"
                              "machine api.example.org password yes # mine\n"),
                 u"yes"_s);
        QVERIFY(withPassword("default login a password s3\n").startsWith(u"! ~/.netrc has no login"));
        for (const QByteArray &bad :
             {QByteArray("machine api.example.org\n login a\n s3cret\n"), QByteArray("machine api.example.org\n"),
              QByteArray("machine x\npassword s3cret\nmachine api.example.org\npassword"), QByteArray("s3cret")}) {
            const QString said = withPassword(bad);
            QVERIFY2(said.startsWith(u"! ~/.netrc, line"), qPrintable(said));
            QVERIFY2(!said.contains(u"s3cret"), qPrintable(said));
        }
    }
};

QTEST_GUILESS_MAIN(TestCliAccounts)
#include "tst_cliaccounts.moc"
