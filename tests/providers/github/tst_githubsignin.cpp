// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "githubfixture.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Slipway;

namespace {

constexpr auto kAsked = "/login/oauth/access_token";

QJsonObject answering(const QJsonObject &answer, int times = 1)
{
    return {{u"path"_s, QString::fromLatin1(kAsked)}, {u"times"_s, times}, {u"answer"_s, answer}};
}

} // namespace

/// The device flow to each of its ends.
class TestGitHubSignIn final : public QObject
{
    Q_OBJECT
private:
    /// A stand-in that is asked without a pause, and a provider that has no token.
    static void prepare(GitHubFixture &f)
    {
        f.setting(u"device_interval"_s, 0);
        f.setting(u"client_ids"_s, u"good-client,other-client"_s);
        f.newProvider(QString());
    }

    static Result<SignInCode> begin(GitHubFixture &f, const QString &client = u"good-client"_s)
    {
        return f.wait(f.provider().signIn()->beginSignIn(client));
    }

    /// Begins, lets the person decide, and waits for what comes of it.
    static Result<QString> end(GitHubFixture &f, const QString &decision)
    {
        const auto code = begin(f);
        if (!code)
            return tl::unexpected(code.error());
        if (!decision.isEmpty())
            f.control("POST", u"device"_s, {{u"user_code"_s, code->code}, {u"state"_s, decision}});
        return f.wait(f.provider().signIn()->finishSignIn());
    }

    static int asked(GitHubFixture &f)
    {
        int count = 0;
        const QJsonArray all = f.requests();
        for (const auto &request : all)
            count += request.toObject().value(u"path"_s).toString() == QString::fromLatin1(kAsked) ? 1 : 0;
        return count;
    }

private Q_SLOTS:
    void anAllowedCodeBecomesAToken()
    {
        GitHubFixture f;
        prepare(f);
        const auto code = begin(f);
        VERIFY(code);
        QCOMPARE(code->code.size(), 9);
        QCOMPARE(code->page.toString(), f.address() + u"/login/device"_s);
        QCOMPARE(code->minutes, 15);
        auto task = f.provider().signIn()->finishSignIn();
        QTRY_VERIFY(asked(f) >= 2); // it waits meanwhile
        f.control("POST", u"device"_s, {{u"user_code"_s, code->code}, {u"state"_s, u"approved"_s}});
        const auto token = f.wait(std::move(task));
        VERIFY(token);
        QVERIFY(token->startsWith(u"gho_"_s));
        f.newProvider(*token);
        const auto facts = f.wait(f.provider().facts(true));
        VERIFY(facts);
        QCOMPARE(facts->who, u"ada"_s);
        QCOMPARE(facts->scopes, QStringList{u"repo"_s});
    }

    void itIsAskedAtTheWebsOwnAddress()
    {
        GitHubFixture f;
        prepare(f);
        f.newProviderAt(u"/api/v3"_s, QString());
        VERIFY(end(f, u"approved"_s));
        const QJsonArray all = f.requests();
        QCOMPARE(all.at(0).toObject().value(u"path"_s).toString(), u"/login/device/code"_s);
    }

    void whatEndsIt_data()
    {
        QTest::addColumn<QString>("decision");
        QTest::addColumn<QString>("error"); ///< instead of the stand-in's own answer
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name, const QString &decision, const QString &error, Error::Kind kind,
                            const QString &said) { QTest::newRow(name) << decision << error << int(kind) << said; };
        row("denied", u"denied"_s, {}, Error::Kind::Unauthorized, u"refused at GitHub"_s);
        row("expired", u"expired"_s, {}, Error::Kind::Unauthorized, u"in time"_s);
        row("expired, the other word", {}, u"token_expired"_s, Error::Kind::Unauthorized, u"in time"_s);
        row("disabled", {}, u"device_flow_disabled"_s, Error::Kind::Unsupported, u"Enable Device Flow"_s);
        row("client", {}, u"incorrect_client_credentials"_s, Error::Kind::Invalid, u"“good-client”"_s);
        row("code", {}, u"incorrect_device_code"_s, Error::Kind::Unauthorized, u"any more"_s);
        row("grant", {}, u"unsupported_grant_type"_s, Error::Kind::Blocked, u"Odd words"_s);
        row("unheard of", {}, u"something_new"_s, Error::Kind::Blocked, u"Odd words"_s);
    }

    void whatEndsIt()
    {
        QFETCH(QString, decision);
        QFETCH(QString, error);
        QFETCH(int, kind);
        QFETCH(QString, said);
        GitHubFixture f;
        prepare(f);
        if (!error.isEmpty())
            f.fault(answering({{u"error"_s, error}, {u"error_description"_s, u"Odd\x1b[1m words"_s}}));
        const auto ended = end(f, decision);
        REFUSED(ended, Error::Kind(kind));
        QVERIFY2(ended.error().text().contains(said), qPrintable(ended.error().text()));
        QVERIFY(!ended.error().remedy().isEmpty());
        QVERIFY(!ended.error().text().contains(u'\x1b'));
    }

    void whatDoesNotBegin()
    {
        GitHubFixture f;
        prepare(f);
        const auto unknown = begin(f, u"nobody"_s);
        REFUSED(unknown, Error::Kind::Invalid);
        QVERIFY(unknown.error().message().contains(u"“nobody”"_s));
        QVERIFY(unknown.error().remedy().contains(u"SLIPWAY_GITHUB_CLIENT_ID"_s));
        REFUSED(f.wait(f.provider().signIn()->finishSignIn()), Error::Kind::Unauthorized);
        f.setting(u"device_flow_disabled"_s, true);
        const auto disabled = begin(f);
        REFUSED(disabled, Error::Kind::Unsupported);
        QVERIFY(disabled.error().remedy().contains(u"Enable Device Flow"_s));
        f.setting(u"device_flow_disabled"_s, false);
        f.fault({{u"path"_s, u"/login/device/code$"_s}, {u"times"_s, 1}, {u"html"_s, true}, {u"status"_s, 200}});
        REFUSED(begin(f), Error::Kind::BadPayload);
        f.fault({{u"path"_s, u"/login/device/code$"_s}, {u"status"_s, 503}});
        REFUSED(begin(f), Error::Kind::Server);
        f.noFaults();
        VERIFY(begin(f)); // nothing of that is remembered
    }

    void anAddressThatNobodyShouldOpenIsNotShown()
    {
        GitHubFixture f;
        prepare(f);
        for (const QString &page : {u"http://github.example/login/device"_s, u"file:///etc/passwd"_s, QString()}) {
            f.fault({{u"path"_s, u"/login/device/code$"_s},
                     {u"times"_s, 1},
                     {u"set"_s, QJsonObject{{u"verification_uri"_s, page}}}});
            REFUSED(begin(f), Error::Kind::BadPayload);
        }
    }

    void itGoesOnWhileTheServiceIsAway()
    {
        GitHubFixture f;
        prepare(f);
        f.fault({{u"path"_s, QString::fromLatin1(kAsked)}, {u"times"_s, 1}, {u"drop"_s, u"before"_s}});
        f.fault({{u"path"_s, QString::fromLatin1(kAsked)}, {u"nth"_s, 2}, {u"status"_s, 502}});
        VERIFY(end(f, u"approved"_s));
        QVERIFY(asked(f) >= 3);
    }

    void itGoesOnUntilTheTimeIsOver()
    {
        GitHubFixture f;
        prepare(f);
        f.setting(u"device_expires"_s, 1);
        f.fault({{u"path"_s, QString::fromLatin1(kAsked)}, {u"drop"_s, u"before"_s}});
        const auto ended = end(f, u"approved"_s);
        REFUSED(ended, Error::Kind::Network);
        QVERIFY2(ended.error().message().contains(u"time of the code is over"_s), qPrintable(ended.error().text()));
        QVERIFY(asked(f) >= 2);
    }

    void theTimeOfACodeEndsHereToo()
    {
        GitHubFixture f;
        prepare(f);
        f.setting(u"device_expires"_s, 1);
        f.fault(answering({{u"error"_s, u"authorization_pending"_s}}, 1'000'000));
        const auto ended = end(f, {});
        REFUSED(ended, Error::Kind::Unauthorized);
        QVERIFY(ended.error().message().contains(u"in time"_s));
    }

    void itSlowsDown()
    {
        using GitHub::slowedDown;
        QCOMPARE(slowedDown(5s, {{u"interval"_s, 12}}).count(), 12);
        QCOMPARE(slowedDown(5s, {}).count(), 10);
        QCOMPARE(slowedDown(5s, {{u"interval"_s, u"soon"_s}}).count(), 10);
        QCOMPARE(slowedDown(5s, {{u"interval"_s, -3}}).count(), 10);
        QVERIFY(slowedDown(5s, {{u"interval"_s, 1'000'000}}) <= 60s);
        GitHubFixture f;
        prepare(f);
        f.fault(answering({{u"error"_s, u"slow_down"_s}, {u"interval"_s, 1}}, 2));
        VERIFY(end(f, u"approved"_s));
        QCOMPARE(asked(f), 3);
    }

    void nothingFollowsARedirect()
    {
        GitHubFixture f;
        GitHubFixture other;
        prepare(f);
        prepare(other);
        f.fault({{u"path"_s, u"/login/device/code$"_s},
                 {u"times"_s, 1},
                 {u"status"_s, 307},
                 {u"redirect"_s, other.address() + u"/login/device/code"_s}});
        REFUSED(begin(f), Error::Kind::BadPayload);
        f.fault({{u"path"_s, QString::fromLatin1(kAsked)},
                 {u"status"_s, 302},
                 {u"redirect"_s, other.address() + QString::fromLatin1(kAsked)}});
        REFUSED(end(f, u"approved"_s), Error::Kind::BadPayload);
        QCOMPARE(other.asked(), 0);
    }

    void anotherBeginningTakesItsPlace()
    {
        GitHubFixture f;
        prepare(f);
        VERIFY(begin(f));
        auto first = f.provider().signIn()->finishSignIn();
        const auto second = begin(f, u"other-client"_s);
        VERIFY(second);
        REFUSED(f.wait(std::move(first)), Error::Kind::Unauthorized);
        f.control("POST", u"device"_s, {{u"user_code"_s, second->code}, {u"state"_s, u"approved"_s}});
        VERIFY(f.wait(f.provider().signIn()->finishSignIn()));
    }

    void stopEndsTheWaiting()
    {
        GitHubFixture f;
        prepare(f);
        VERIFY(begin(f));
        auto task = f.provider().signIn()->finishSignIn();
        bool drained = false;
        f.provider().stop([&drained] { drained = true; });
        REFUSED(f.wait(std::move(task)), Error::Kind::Cancelled);
        QTRY_VERIFY(drained);
        REFUSED(begin(f), Error::Kind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestGitHubSignIn)
#include "tst_githubsignin.moc"
