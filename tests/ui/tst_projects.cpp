// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/looking.h"
#include "tests/ui/sourcescene.h"
#include "ui/accounts/adoptdialog.h"
#include "ui/actions/cardactions.h"
#include "ui/dialogs/pipelinedialog.h"
#include "ui/dialogs/projectsdialog.h"

#include <QComboBox>
#include <QLineEdit>
#include <QMenu>

using namespace Slipway;

/// Naming where a pipeline's changes come from and who checks its commits.
class Projects final : public QObject
{
    Q_OBJECT
private:
    static QComboBox *account(const QWidget *in, const QString &role)
    {
        for (auto *box : in->findChildren<QComboBox *>()) {
            if (box->accessibleName() == role + u": account"_s)
                return box;
        }
        return nullptr;
    }

    static QLineEdit *project(const QWidget *in, const QString &role)
    {
        for (auto *field : in->findChildren<QLineEdit *>()) {
            if (field->accessibleName() == role + u": project"_s)
                return field;
        }
        return nullptr;
    }

    static void type(QLineEdit *field, const QString &text)
    {
        field->selectAll();
        QTest::keyClicks(field, text);
    }

    static QList<Account> accounts()
    {
        return {{u"local"_s, u"local"_s, {}}, {u"hub"_s, u"github"_s, {}}, {u"circle"_s, u"circleci"_s, {}}};
    }

private Q_SLOTS:
    void aNewPipelineNamesBoth()
    {
        Scene scene;
        fillSource(scene);
        QList<Intent> raised;
        connect(scene.window.get(), &MainWindow::intentRaised, this, [&](const Intent &intent) { raised += intent; });
        scene.window->findChild<CardActions *>()->addPipeline();
        auto *dialog = shown<PipelineDialog>(scene);
        QVERIFY(dialog);
        dialog->findChildren<QLineEdit *>().constFirst()->setText(scene.home.path());
        for (auto *field : dialog->findChildren<QLineEdit *>()) {
            if (field->accessibleName() == u"Name of the pipeline"_s)
                type(field, u"shop"_s);
        }
        QVERIFY(dialog->actionButton()->isEnabled()); // both are optional
        account(dialog, u"Changes from"_s)->setCurrentText(u"hub"_s);
        QVERIFY(!dialog->actionButton()->isEnabled());
        type(project(dialog, u"Changes from"_s), u"https://github.com/acme/shop.git"_s);
        QVERIFY(dialog->actionButton()->isEnabled());
        account(dialog, u"Checked by"_s)->setCurrentText(u"circle"_s);
        QCOMPARE(project(dialog, u"Checked by"_s)->text(), u"gh/acme/shop"_s);
        dialog->accept();
        QCOMPARE(raised.size(), 1);
        const auto intent = std::get<SetUpIntent>(raised.first());
        QCOMPARE(intent.source, (RemoteProject{u"hub"_s, u"acme/shop"_s}));
        QCOMPARE(intent.ci, (RemoteProject{u"circle"_s, u"gh/acme/shop"_s}));
    }

    void anAdoptedOneNamesThemToo()
    {
        AdoptDialog dialog(u"team"_s, {{u"p1"_s, u"shop"_s}}, {}, {}, accounts());
        QVERIFY(dialog.intent().source.account.isEmpty() && dialog.intent().ci.account.isEmpty());
        account(&dialog, u"Changes from"_s)->setCurrentText(u"hub"_s);
        type(project(&dialog, u"Changes from"_s), u"acme/shop"_s);
        QCOMPARE(dialog.intent().source, (RemoteProject{u"hub"_s, u"acme/shop"_s}));
        QCOMPARE(dialog.intent().adopt, u"p1"_s);
        // Where there is nothing to choose there is nothing to read.
        const AdoptDialog plain(u"team"_s, {{u"p1"_s, u"shop"_s}}, {}, {}, accounts().mid(0, 1));
        QVERIFY(account(&plain, u"Changes from"_s)->isHidden()
                || account(&plain, u"Changes from"_s)->parentWidget()->isHidden());
    }

    void whatIsWrongIsSaid_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("ci");
        QTest::addColumn<bool>("good");
        QTest::newRow("good") << u"acme/shop"_s << u"gh/acme/shop"_s << true;
        QTest::newRow("no owner") << u"shop"_s << u"gh/acme/shop"_s << false;
        QTest::newRow("too deep") << u"acme/shop/tree"_s << u"gh/acme/shop"_s << false;
        QTest::newRow("spaces") << u"acme/my shop"_s << u"gh/acme/shop"_s << false;
        QTest::newRow("empty") << u""_s << u"gh/acme/shop"_s << false;
        QTest::newRow("over ssh") << u"git@example.com:acme/shop.git"_s << u"gh/acme/shop"_s << true;
        QTest::newRow("no host at CI") << u"acme/shop"_s << u"acme/shop"_s << false;
    }
    void whatIsWrongIsSaid()
    {
        QFETCH(QString, source);
        QFETCH(QString, ci);
        QFETCH(bool, good);
        Pipeline pipeline;
        pipeline.name = u"shop"_s;
        ProjectsDialog dialog(pipeline, accounts());
        QVERIFY(!dialog.actionButton()->isEnabled()); // nothing is changed yet
        account(&dialog, u"Changes from"_s)->setCurrentText(u"hub"_s);
        account(&dialog, u"Checked by"_s)->setCurrentText(u"circle"_s);
        type(project(&dialog, u"Changes from"_s), source);
        type(project(&dialog, u"Checked by"_s), ci);
        QCOMPARE(dialog.actionButton()->isEnabled(), good);
        if (!good)
            QVERIFY(words(&dialog).contains(u"OWNER/REPO"_s));
    }

    void thePipelineMenuChangesThem()
    {
        Scene scene;
        fillSource(scene);
        QList<Decision> decided;
        connect(scene.window.get(), &MainWindow::decided, this, [&](const Decision &one) { decided += one; });
        QMenu menu;
        scene.window->findChild<CardActions *>()->fillPipelineMenu(menu, u"acme-web"_s);
        for (QAction *action : menu.actions()) {
            if (action->text() == u"Source and checks…"_s)
                action->trigger();
        }
        auto *dialog = shown<ProjectsDialog>(scene);
        QVERIFY(dialog);
        QCOMPARE(project(dialog, u"Changes from"_s)->text(), u"acme/web"_s);
        QCOMPARE(project(dialog, u"Checked by"_s)->text(), u"gh/acme/web"_s);
        account(dialog, u"Checked by"_s)->setCurrentIndex(0);
        dialog->accept();
        QCOMPARE(decided.size(), 1);
        QCOMPARE(std::get<ProjectsIntent>(decided.first()), (ProjectsIntent{u"acme-web"_s, {}, RemoteProject()}));
    }

    void anAccountThatIsGoneIsNotForgotten()
    {
        Pipeline pipeline;
        pipeline.name = u"shop"_s;
        pipeline.source = {u"old-hub"_s, u"acme/shop"_s};
        const ProjectsDialog dialog(pipeline, accounts().mid(0, 1));
        QCOMPARE(account(&dialog, u"Changes from"_s)->currentText(), u"old-hub"_s);
        QVERIFY(!dialog.intent().source);
        QVERIFY(words(&dialog).contains(u"no account of GitHub or CircleCI"_s));
    }
};

QTEST_MAIN(Projects)
#include "tst_projects.moc"
