// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/accountinput.h"
#include "models/store/cachestore.h"
#include "models/store/slipwaystore.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Slipway;
using namespace Qt::StringLiterals;

/// What an account is made of: its addresses, its token's rules, and that all but the token is kept.
class TestAccounts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addressesAreJudged_data();
    void addressesAreJudged();
    void credentialsInAnAddressAreNotRepeated();
    void tokensAreJudged();
    void variablesAreJudged();
    void accountsAreKeptWhole();
    void aSecondVersionIsTakenAlong();
    void factsAreCached();
};

void TestAccounts::addressesAreJudged_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("good");
    const QStringList good{u""_s,
                           u"https://api.heroku.com"_s,
                           u"https://heroku.example.org:8443/root"_s,
                           u"http://127.0.0.1:5000"_s,
                           u"http://127.255.3.4/"_s,
                           u"http://[::1]:5000"_s,
                           u"http://localhost:5000"_s,
                           u"HTTPS://API.example.org"_s};
    const QStringList bad{u"http://api.heroku.com"_s,
                          u"http://127.0.0.1.example.org"_s,
                          u"http://127.0.0.256"_s,
                          u"http://localhost.example.org"_s,
                          u"http://10.0.0.1"_s,
                          u"http://128.0.0.1"_s,
                          u"http://[::2]"_s,
                          u"http://0.0.0.0"_s,
                          u"api.heroku.com"_s,
                          u"ftp://api.heroku.com"_s,
                          u"file:///etc/passwd"_s,
                          u"https://"_s,
                          u"https:///path"_s,
                          u"https://a b"_s,
                          u"https://api.heroku.com/?key=1"_s,
                          u"https://api.heroku.com/#x"_s,
                          u"javascript:alert(1)"_s};
    for (const QString &url : good)
        QTest::newRow(qUtf8Printable(u"good "_s + url)) << url << true;
    for (const QString &url : bad)
        QTest::newRow(qUtf8Printable(u"bad "_s + url)) << url << false;
}

void TestAccounts::addressesAreJudged()
{
    QFETCH(QString, url);
    QFETCH(bool, good);
    const auto judged = goodServiceUrl(url);
    QCOMPARE(judged.has_value(), good);
    if (good)
        return;
    QCOMPARE(judged.error().kind(), Error::Kind::Invalid);
    QVERIFY(!judged.error().message().isEmpty() && !judged.error().remedy().isEmpty());
    QVERIFY2(judged.error().message().contains(url.section(u'?', 0, 0).section(u'#', 0, 0)),
             qPrintable(judged.error().text()));
}

void TestAccounts::credentialsInAnAddressAreNotRepeated()
{
    for (const QString &url : {u"me:%1@api.example.org"_s, u"%1@api.example.org"_s, u"me:%1@api example"_s}) {
        const auto judged = goodServiceUrl(u"https://"_s + url.arg(u"hunter2"_s));
        QVERIFY2(!judged, qPrintable(url));
        QVERIFY2(!judged.error().text().contains(u"hunter2"_s), qPrintable(judged.error().text()));
    }
    const auto query = goodServiceUrl(u"https://api.example.org/?token=hunter2"_s);
    QVERIFY(!query && !query.error().text().contains(u"hunter2"_s));
}

void TestAccounts::tokensAreJudged()
{
    QCOMPARE(tokenFrom(u"  abc-123\r\n"_s).value(), u"abc-123"_s);
    for (const QString &bad :
         {u""_s, u" \n"_s, u"secret word"_s, u"secret\nword"_s, u"secrét"_s, QString(4097, u's')}) {
        const auto judged = tokenFrom(bad);
        QVERIFY(!judged);
        QCOMPARE(judged.error().kind(), Error::Kind::Invalid);
        QVERIFY(!judged.error().text().contains(u"secr"_s));
    }
}

void TestAccounts::variablesAreJudged()
{
    Account account{u"team"_s, u"heroku"_s, {}};
    for (const QString &good : {u""_s, u"HEROKU_API_KEY"_s, u"_x1"_s}) {
        account.tokenVariable = good;
        QVERIFY2(goodAccount(account), qPrintable(good));
    }
    for (const QString &bad : {u"1x"_s, u"a-b"_s, u"a b"_s, u"A=b"_s, u"HRKU-secret"_s}) {
        account.tokenVariable = bad;
        const auto judged = goodAccount(account);
        QVERIFY2(!judged, qPrintable(bad));
        QVERIFY(!judged.error().text().contains(u"secret"_s));
    }
}

void TestAccounts::accountsAreKeptWhole()
{
    QTemporaryDir home;
    const Account account{u"team"_s, u"heroku"_s, u"https://api.example.org"_s, u"https://data.example.org"_s,
                          u"TEAM_TOKEN"_s};
    Pipeline pipeline{u"shop"_s, u"team"_s, u"p-1"_s, u"/srv/shop"_s, u"main"_s, false, false, true};
    pipeline.source = {u"hub"_s, u"acme/shop"_s};
    pipeline.ci = {u"circle"_s, u"gh/acme/shop"_s};
    {
        const auto store = SlipwayStore::open(home.path());
        QVERIFY(store);
        QVERIFY((*store)->saveAccount(account));
        QVERIFY((*store)->savePipeline(pipeline));
        Account plain = account;
        plain.dataUrl = u"http://data.example.org"_s;
        QCOMPARE((*store)->saveAccount(plain).error().kind(), Error::Kind::Invalid);
    }
    const auto store = SlipwayStore::open(home.path());
    QCOMPARE((*store)->accounts().constLast(), account);
    QCOMPARE((*store)->pipeline(u"shop"_s), pipeline);
}

void TestAccounts::aSecondVersionIsTakenAlong()
{
    QTemporaryDir home;
    {
        const auto store = SlipwayStore::open(home.path());
        QVERIFY(store);
        QVERIFY((*store)->savePipeline(Pipeline{u"shop"_s, u"local"_s, u"shop-1"_s, u"/srv"_s, u"main"_s, true, true}));
        QVERIFY((*store)->saveAccount(Account{u"team"_s, u"heroku"_s, u"https://api.example.org"_s}));
        for (const QString &sql :
             {u"ALTER TABLE account DROP COLUMN data_url"_s, u"ALTER TABLE account DROP COLUMN token_variable"_s,
              u"ALTER TABLE pipeline DROP COLUMN adopted"_s, u"ALTER TABLE pipeline DROP COLUMN source_account"_s,
              u"ALTER TABLE pipeline DROP COLUMN source_id"_s, u"ALTER TABLE pipeline DROP COLUMN ci_account"_s,
              u"ALTER TABLE pipeline DROP COLUMN ci_id"_s, u"DROP TABLE team_note"_s, u"PRAGMA user_version = 2"_s})
            QVERIFY((*store)->database().execute(sql));
    }
    const auto store = SlipwayStore::open(home.path());
    QVERIFY2(store, qPrintable(store ? QString() : store.error().text()));
    QCOMPARE((*store)->accounts().constLast(), (Account{u"team"_s, u"heroku"_s, u"https://api.example.org"_s}));
    QCOMPARE((*store)->pipeline(u"shop"_s),
             (Pipeline{u"shop"_s, u"local"_s, u"shop-1"_s, u"/srv"_s, u"main"_s, true, true}));
    QVERIFY(!QDir(home.path()).entryList({u"slipway.db.backup*"_s}).isEmpty());
}

void TestAccounts::factsAreCached()
{
    QTemporaryDir home;
    const auto cache = CacheStore::open(home.path());
    AccountStatus status;
    status.account.name = u"team"_s;
    status.state = AccountState::Live;
    status.asOf = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC);
    status.facts = {u"mia@example.org"_s, {u"global"_s, u"read"_s}, 4200, 4500};
    QVERIFY((*cache)->setAccountStatus(status));
    QCOMPARE((*cache)->accountStatus(u"team"_s)->facts, status.facts);
    QCOMPARE(AccountFacts().budgetLeft, -1);
}

QTEST_GUILESS_MAIN(TestAccounts)
#include "tst_accounts.moc"
