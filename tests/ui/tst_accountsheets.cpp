// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/looking.h"
#include "ui/accounts/accountdialog.h"
#include "ui/accounts/accountsdialog.h"
#include "ui/accounts/adoptdialog.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QLineEdit>
#include <QListWidget>

using namespace Slipway;

/// The sheets of accounts, by what can be read and chosen in them.
class Accounts final : public QObject
{
    Q_OBJECT
public Q_SLOTS:
    void opened(const QUrl &url) { m_opened.append(url); }

private:
    QList<AccountRequest> m_requests;
    QList<Intent> m_raised;
    QList<QUrl> m_opened; ///< in the browser

    static void addAccount(Scene &scene, const QString &name, AccountState state, const QString &error,
                           const AccountFacts &facts = {})
    {
        const Account account{name, u"heroku"_s, {}};
        QVERIFY(scene.store->saveAccount(account));
        QVERIFY(scene.cache->setAccountStatus(AccountStatus{account, state, hoursAgo(0.1), error, facts}));
    }

    static void applyAll(Scene &scene)
    {
        ChangeSet all;
        all.everything = true;
        scene.window->apply(all);
    }

    void prepare(Scene &scene)
    {
        m_requests.clear();
        m_raised.clear();
        connect(scene.window.get(), &MainWindow::accountRequested, this,
                [this](const AccountRequest &request) { m_requests.append(request); });
        connect(scene.window.get(), &MainWindow::intentRaised, this,
                [this](const Intent &intent) { m_raised.append(intent); });
        scene.window->setAccountKinds(
            {{u"heroku"_s, u"Heroku"_s, u"https://dashboard.heroku.com/account"_s, u"Heroku CLI"_s}});
        addAccount(scene, u"team"_s, AccountState::Live, {}, {u"mia@example.org"_s, {u"global"_s}, 4200, 4500});
        addAccount(scene, u"client"_s, AccountState::Unauthorised,
                   u"Heroku does not accept the token of “client”. Replace it."_s);
        applyAll(scene);
    }

    static void keep(Scene &scene, const QString &name)
    {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QCoreApplication::processEvents();
        QDir().mkpath(QStringLiteral(GALLERY_DIR));
        QVERIFY(scene.window->grab().save(QStringLiteral(GALLERY_DIR "/") + name + u".png"_s));
    }

    template<typename T> static T *open(Scene &scene, const QString &opener)
    {
        QPushButton *first = nullptr;
        for (QPushButton *candidate : scene.window->findChildren<QPushButton *>()) {
            if (candidate->accessibleName() == opener && candidate->isVisible())
                first = candidate;
        }
        if (!first)
            return nullptr;
        first->click();
        QCoreApplication::processEvents();
        return shown<T>(scene);
    }

    /// The sheet of a new account at a service where people can sign in, or cannot for this reason.
    AccountDialog *openSignIn(Scene &scene, const QString &problem = {})
    {
        prepare(scene);
        AccountKind github{u"github"_s,     u"GitHub"_s, u"https://github.com/settings/tokens"_s,
                           u"GitHub CLI"_s, true,        problem};
        scene.window->setAccountKinds({github});
        button(open<AccountsDialog>(scene, u"Manage accounts"_s), u"Add an account…"_s)->click();
        QCoreApplication::processEvents();
        return shown<AccountDialog>(scene);
    }

    static SignInCode code() { return {u"WDJB-MJHT"_s, QUrl(u"https://github.com/login/device"_s), 15}; }

    static QLineEdit *field(const QWidget *in, const QString &name)
    {
        for (QLineEdit *one : in->findChildren<QLineEdit *>()) {
            if (one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }

private Q_SLOTS:
    void statesAreShapeWordAndSentence()
    {
        Scene scene;
        prepare(scene);
        auto *sheet = open<AccountsDialog>(scene, u"Manage accounts"_s);
        QVERIFY(sheet);
        const QString text = words(sheet);
        for (const QString &said :
             {u"This machine"_s, u"team"_s, u"live"_s, u"as mia@example.org (global)"_s,
              u"4200 of 4500 requests left"_s, u"client"_s, u"Heroku does not accept the token of “client”."_s})
            QVERIFY2(text.contains(said), qPrintable(text));
        keep(scene, u"accounts"_s);
    }

    void aCheckAListAndARemovalAreAsked()
    {
        Scene scene;
        prepare(scene);
        QVERIFY(open<AccountsDialog>(scene, u"Manage accounts"_s));
        QVERIFY(open<AccountsDialog>(scene, u"Check now: team"_s));
        QCOMPARE(std::get<CheckAccount>(m_requests.takeFirst()).account, u"team"_s);
        QVERIFY(open<AccountsDialog>(scene, u"Add a pipeline…: team"_s));
        QCOMPARE(std::get<ListPipelines>(m_requests.takeFirst()).account, u"team"_s);
        auto *sure = open<Sheet>(scene, u"Remove…: client"_s);
        QVERIFY(sure && button(sure, u"Remove account"_s));
        button(sure, u"Remove account"_s)->click();
        QCOMPARE(std::get<RemoveAccount>(m_requests.takeFirst()).account, u"client"_s);
        scene.window->accountDone();
        QVERIFY(shown<AccountsDialog>(scene));
    }

    void enterPressesTheButtonThatHasTheFocus()
    {
        Scene scene;
        prepare(scene);
        auto *sheet = open<AccountsDialog>(scene, u"Manage accounts"_s);
        QTest::keyClick(scene.window->focusWidget(), Qt::Key_Tab);
        QPointer<QWidget> first = scene.window->focusWidget();
        QVERIFY2(first && first->accessibleName() == u"Add a pipeline…: client"_s, qPrintable(first->accessibleName()));
        applyAll(scene); // the rows are made anew under the keys
        QCoreApplication::processEvents();
        QWidget *again = scene.window->focusWidget();
        QVERIFY(sheet->isAncestorOf(again));
        QCOMPARE(again->accessibleName(), u"Add a pipeline…: client"_s);
        QTest::keyClick(again, Qt::Key_Return);
        QCoreApplication::processEvents();
        QCOMPARE(m_requests.size(), 1);
        QCOMPARE(std::get<ListPipelines>(m_requests.constFirst()).account, u"client"_s);
    }

    void aNewAccountIsJudgedWhileItIsTyped()
    {
        Scene scene;
        prepare(scene);
        auto *list = open<AccountsDialog>(scene, u"Manage accounts"_s);
        button(list, u"Add an account…"_s)->click();
        QCoreApplication::processEvents();
        auto *sheet = shown<AccountDialog>(scene);
        QVERIFY(sheet);
        QLineEdit *token = field(sheet, u"Token"_s);
        QCOMPARE(token->echoMode(), QLineEdit::Password);
        QVERIFY(!sheet->actionButton()->isEnabled());
        field(sheet, u"Name"_s)->setText(u"team"_s);
        QVERIFY(words(sheet).contains(u"There is an account “team” already."_s));
        field(sheet, u"Name"_s)->setText(u"second"_s);
        token->setText(u"two words"_s);
        QVERIFY(!sheet->actionButton()->isEnabled() && !words(sheet).contains(u"two words"_s));
        token->setText(u"a-token"_s);
        field(sheet, u"Address"_s)->setText(u"http://example.org"_s);
        QVERIFY(words(sheet).contains(u"unencrypted"_s));
        field(sheet, u"Address"_s)->clear();
        keep(scene, u"account-add"_s);
        sheet->actionButton()->click();
        const auto added = std::get<AddAccount>(m_requests.takeFirst());
        QCOMPARE(added.account, (Account{u"second"_s, u"heroku"_s, {}}));
        QCOMPARE(added.token.text, u"a-token"_s);
        scene.window->showError(Error(Error::Kind::Storage, u"The disk is full."_s));
        QCOMPARE(shown<AccountDialog>(scene)->errorText(), u"The disk is full."_s);
    }

    void theCliLoginIsOneClick()
    {
        Scene scene;
        prepare(scene);
        QVERIFY(open<AccountsDialog>(scene, u"Manage accounts"_s));
        auto *sheet = open<AccountDialog>(scene, u"Replace token…: client"_s);
        QVERIFY(sheet);
        for (QCheckBox *box : sheet->findChildren<QCheckBox *>()) {
            if (box->text().contains(u"Heroku CLI"_s))
                box->click();
        }
        QVERIFY(sheet->actionButton()->isEnabled());
        sheet->actionButton()->click();
        const auto replaced = std::get<ReplaceToken>(m_requests.takeFirst());
        QCOMPARE(replaced.account, u"client"_s);
        QVERIFY(replaced.token.fromCli && replaced.token.text.isEmpty());
    }

    void aCodeIsShownUntilItIsAllowed()
    {
        Scene scene;
        AccountDialog *sheet = openSignIn(scene);
        QPushButton *begin = button(sheet, u"Sign in at GitHub"_s);
        QVERIFY(begin && !begin->isEnabled()); // it has no name yet
        field(sheet, u"Name"_s)->setText(u"hub"_s);
        QVERIFY(words(sheet).contains(u"Sign in, or paste a token."_s));
        begin->setFocus();
        QTest::keyClick(begin, Qt::Key_Return);
        const auto asked = std::get<BeginSignIn>(m_requests.takeFirst());
        QCOMPARE(asked.kind, u"github"_s);
        QVERIFY(words(sheet).contains(u"Asking GitHub for a code."_s));
        scene.window->showSignInCode(code());
        const QString text = words(sheet);
        for (const QString &said :
             {u"WDJB-MJHT"_s, u"https://github.com/login/device"_s, u"Waiting until you allow it at GitHub."_s})
            QVERIFY2(text.contains(said), qPrintable(text));
        QVERIFY(!sheet->actionButton()->isEnabled() && !field(sheet, u"Token"_s)->isVisible());
        QCOMPARE(scene.window->focusWidget(), button(sheet, u"Copy code"_s));
        QTest::keyClick(scene.window->focusWidget(), Qt::Key_Return);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"WDJB-MJHT"_s);
        QTest::keyClick(scene.window->focusWidget(), Qt::Key_Tab);
        QCOMPARE(scene.window->focusWidget(), button(sheet, u"Open github.com"_s));
        QDesktopServices::setUrlHandler(u"https"_s, this, "opened");
        QTest::keyClick(scene.window->focusWidget(), Qt::Key_Return);
        QDesktopServices::unsetUrlHandler(u"https"_s);
        QCOMPARE(m_opened, QList<QUrl>{code().page});
        scene.window->showSignedIn({});
        const auto added = std::get<AddAccount>(m_requests.takeFirst());
        QCOMPARE(added.account, (Account{u"hub"_s, u"github"_s, {}}));
        QVERIFY(added.token.signedIn && added.token.text.isEmpty() && !added.token.fromCli);
        scene.window->accountDone();
        QTRY_COMPARE(m_requests.size(), 1);
        QVERIFY(std::holds_alternative<EndSignIn>(m_requests.takeFirst())); // the token is not kept beside the keychain
    }

    void whatASignInEndsWithIsSaidInTheSheet()
    {
        Scene scene;
        AccountDialog *sheet = openSignIn(scene);
        field(sheet, u"Name"_s)->setText(u"hub"_s);
        button(sheet, u"Sign in at GitHub"_s)->click();
        scene.window->showSignInCode(code());
        scene.window->showSignedIn(fail(Error::Kind::Unauthorized, u"The sign-in was refused at GitHub."_s));
        QCOMPARE(sheet->errorText(), u"The sign-in was refused at GitHub."_s);
        QVERIFY(field(sheet, u"Token"_s)->isVisible() && !sheet->actionButton()->isEnabled());
        QCOMPARE(scene.window->focusWidget(), button(sheet, u"Sign in at GitHub"_s));
        button(sheet, u"Sign in at GitHub"_s)->click();
        QVERIFY(sheet->errorText().isEmpty());
        m_requests.clear();
        button(sheet, u"Give a token instead"_s)->click();
        QVERIFY(std::holds_alternative<EndSignIn>(m_requests.takeFirst()));
        scene.window->showSignedIn({}); // too late
        QVERIFY(m_requests.isEmpty());
        field(sheet, u"Token"_s)->setText(u"a-token"_s);
        QVERIFY(sheet->actionButton()->isEnabled());
        button(sheet, u"Sign in at GitHub"_s)->click();
        m_requests.clear();
        sheet->reject();
        QTRY_COMPARE(m_requests.size(), 1);
        QVERIFY(std::holds_alternative<EndSignIn>(m_requests.takeFirst()));
    }

    void whyNobodyCanSignInIsSaid()
    {
        Scene scene;
        AccountDialog *sheet = openSignIn(scene, u"No client id was given to it."_s);
        field(sheet, u"Name"_s)->setText(u"hub"_s);
        QVERIFY(!button(sheet, u"Sign in at GitHub"_s)->isEnabled());
        QVERIFY(words(sheet).contains(u"No client id was given to it."_s));
        QVERIFY(words(sheet).contains(u"Paste the token."_s));
    }

    void aPipelineIsChosen()
    {
        Scene scene;
        prepare(scene);
        scene.window->showPipelinesOf(u"team"_s, {{u"p-1"_s, u"acme-web"_s}, {u"p-2"_s, u"Billing & Co"_s}});
        auto *sheet = shown<AdoptDialog>(scene);
        QVERIFY(words(sheet).contains(u"There is a pipeline “acme-web” already."_s));
        sheet->findChild<QListWidget *>()->setCurrentRow(1);
        keep(scene, u"account-adopt"_s);
        sheet->actionButton()->click();
        SetUpIntent wanted{u"billing-co"_s, u"team"_s, {}, false, u"p-2"_s};
        QCOMPARE(m_raised.size(), 1);
        QVERIFY(std::get<SetUpIntent>(m_raised.constFirst()) == wanted);
    }

    void theyFitTheDarkAndTwiceTheText()
    {
        const QPalette light = QApplication::palette();
        QPalette dark = light;
        for (const auto role : {QPalette::Window, QPalette::Base, QPalette::Button})
            dark.setColor(role, QColor(28, 32, 40));
        for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
            dark.setColor(role, QColor(232, 235, 240));
        QApplication::setPalette(dark);
        {
            Scene scene;
            prepare(scene);
            auto *list = open<AccountsDialog>(scene, u"Manage accounts"_s);
            keep(scene, u"accounts-dark"_s);
            button(list, u"Add an account…"_s)->click();
            QCoreApplication::processEvents();
            keep(scene, u"account-add-dark"_s);
            scene.window->showPipelinesOf(u"team"_s, {{u"p-1"_s, u"shop"_s}, {u"p-2"_s, u"api"_s}});
            keep(scene, u"account-adopt-dark"_s);
        }
        QApplication::setPalette(light);
        const QFont usual = QApplication::font();
        QFont large = usual;
        large.setPointSizeF(usual.pointSizeF() * 2);
        QApplication::setFont(large);
        {
            Scene scene;
            prepare(scene);
            QVERIFY(open<AccountsDialog>(scene, u"Manage accounts"_s));
            keep(scene, u"accounts-large"_s);
        }
        QApplication::setFont(usual);
    }
};

QTEST_MAIN(Accounts)
#include "tst_accountsheets.moc"
