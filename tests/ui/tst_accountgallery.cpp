// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/looking.h"
#include "tests/ui/pictures.h"
#include "ui/accounts/accountdialog.h"

using namespace Slipway;

/// Pictures, as tst_gallery's, of signing in to an account.
class AccountGallery final : public QObject
{
    Q_OBJECT
private:
    QPalette m_light;

    static AccountKind github(const QString &problem = {})
    {
        return {u"github"_s,     u"GitHub"_s, u"https://github.com/settings/personal-access-tokens/new"_s,
                u"GitHub CLI"_s, true,        problem};
    }

    static AccountDialog *open(Scene &scene, AccountDialog *dialog)
    {
        scene.window->findChild<SheetHost *>()->open(dialog);
        return dialog;
    }

    /// Another token for an account, at the point where the code is to be typed in.
    static AccountDialog *openCode(Scene &scene)
    {
        const QList<AccountKind> kinds{{u"heroku"_s, u"Heroku"_s, {}, {}}, github()};
        AccountDialog *dialog = open(scene, new AccountDialog(kinds, Account{u"hub"_s, u"github"_s, {}}));
        button(dialog, u"Sign in at GitHub"_s)->click();
        dialog->showSignInCode({u"WDJB-MJHT"_s, QUrl(u"https://github.com/login/device"_s), 15});
        return dialog;
    }

private Q_SLOTS:
    void initTestCase() { m_light = lightPalette(); }
    void cleanup() { plainLook(m_light); }

    void offered()
    {
        Scene scene;
        AccountDialog *dialog = open(scene, new AccountDialog({github()}, QStringList{}));
        QTest::keyClicks(dialog->focusWidget(), u"hub"_s);
        keep(*scene.window, u"signin-offered"_s);
        QApplication::setPalette(darkPalette());
        open(scene,
             new AccountDialog({github(u"GitHub does not know this Slipway: no client id was given to it. Set "
                                       u"SLIPWAY_GITHUB_CLIENT_ID to the client id of an OAuth app that has the device "
                                       u"flow, or give the account a token."_s)},
                               QStringList{}));
        keep(*scene.window, u"signin-unknown-dark"_s);
    }

    void code()
    {
        Scene scene;
        AccountDialog *dialog = openCode(scene);
        keep(*scene.window, u"signin"_s);
        QApplication::setPalette(darkPalette());
        keep(*scene.window, u"signin-dark"_s);
        QApplication::setPalette(m_light);
        dialog->showSignedIn(fail(Error::Kind::Unauthorized, u"The code was not allowed at GitHub in time."_s,
                                  u"Sign in again: another code is shown then."_s));
        QCoreApplication::processEvents(); // the sheet grows with what it says
        keep(*scene.window, u"signin-late"_s);
    }

    void codeInLargeText()
    {
        largeText();
        Scene scene;
        scene.window->resize(1900, 1200);
        openCode(scene);
        keep(*scene.window, u"large-text-signin"_s);
    }
};

QTEST_MAIN(AccountGallery)
#include "tst_accountgallery.moc"
