// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/looking.h"
#include "tests/ui/pictures.h"
#include "ui/inspector/activitylines.h"
#include "ui/inspector/activitypage.h"
#include "ui/settings/policydialog.h"
#include "ui/settings/policyrow.h"
#include "ui/widgets/banner.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QJsonArray>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QSpinBox>
#include <QStyleOption>

using namespace Slipway;

/// The settings of a pipeline, Activity, and what one was told.
class Pages final : public QObject
{
    Q_OBJECT
private:
    QList<Decision> m_decisions;

    static PolicyRow *setting(const QWidget *in, const QString &key)
    {
        for (PolicyRow *row : in->findChildren<PolicyRow *>()) {
            if (row->key() == key)
                return row;
        }
        return nullptr;
    }

    static ActivityEntry longEntry()
    {
        ActivityEntry entry;
        entry.at = QDateTime::currentDateTimeUtc();
        entry.by = u"Mia Sato"_s;
        entry.pipeline = u"acme-web"_s;
        entry.environment = u"staging"_s;
        entry.kind = u"promote"_s;
        entry.text = u"Deployed Faster checkout totals to staging"_s;
        entry.version = sha(u"9f2c1ab"_s);
        entry.reason = u"Hotfix"_s;
        entry.result = u"live"_s;
        entry.operation = u"op-1"_s;
        entry.from = u"dev3"_s;
        entry.to = u"staging"_s;
        entry.overridden = {u"Staging will hold 3 changes"_s};
        entry.durationMs = 121'000;
        return entry;
    }

private Q_SLOTS:
    void settingsAreSavedAndGivenBackToTheTeam()
    {
        Scene scene;
        connect(scene.window.get(), &MainWindow::decided, this, [this](const Decision &d) { m_decisions.append(d); });
        (void)scene.store->savePolicy(u"acme-web"_s, {{u"limit"_s, 4}}, {});
        QTest::keyClick(scene.window.get(), Qt::Key_Comma, Qt::ControlModifier);
        auto *dialog = shown<PolicyDialog>(scene);
        QVERIFY(dialog);
        QCOMPARE(dialog->findChildren<PolicyRow *>().size(), Policy::keys().size());
        QVERIFY(!dialog->actionButton()->isEnabled()); // nothing is changed yet
        QVERIFY(words(setting(dialog, u"limit"_s)).contains(u"set here"_s));
        button(setting(dialog, u"limit"_s), u"Use the default"_s)->click();
        auto *level = setting(dialog, u"checks.config"_s)->findChild<QComboBox *>();
        level->setFocus();
        QTest::keyClick(level, Qt::Key_Up); // from warn to block
        auto *hours = setting(dialog, u"rules.idle-hours"_s)->findChild<QSpinBox *>();
        hours->setValue(8);
        setting(dialog, u"rules.closed"_s)->findChild<QCheckBox *>()->click();
        auto *label = setting(dialog, u"rules.label"_s)->findChild<QLineEdit *>();
        label->setFocus();
        QTest::keyClicks(label, u"preview"_s);
        dialog->accept();
        QTRY_COMPARE(m_decisions.size(), 1);
        const auto change = std::get<PolicyIntent>(m_decisions.first());
        QCOMPARE(change.pipeline, u"acme-web"_s);
        QCOMPARE(change.unset, QStringList{u"limit"_s});
        QCOMPARE(change.set,
                 (Policy::Layer{{u"checks.config"_s, u"block"_s},
                                {u"rules.idle-hours"_s, 8},
                                {u"rules.closed"_s, true},
                                {u"rules.label"_s, u"preview"_s}}));
    }

    void freezeWindowsAreEditedAndJudged()
    {
        const Policy policy;
        PolicyDialog dialog(u"acme-web"_s, policy, policy);
        PolicyRow *row = setting(&dialog, u"freeze"_s);
        button(row, u"Add a window…"_s)->click();
        QVERIFY(dialog.actionButton()->isEnabled());
        for (QCheckBox *day : row->findChildren<QCheckBox *>()) {
            if (day->accessibleName() == u"On Friday"_s)
                day->click();
        }
        const QJsonObject wanted{{u"days"_s, QJsonArray{u"fri"_s}}, {u"from"_s, u"15:00"_s}, {u"to"_s, u"24:00"_s}};
        QCOMPARE(dialog.intent().set.value(u"freeze"_s), QJsonValue(QJsonArray{wanted}));
        for (QLineEdit *field : row->findChildren<QLineEdit *>()) {
            if (field->accessibleName() == u"Begins"_s) {
                field->selectAll();
                QTest::keyClicks(field, u"late"_s);
            }
        }
        QVERIFY(!dialog.actionButton()->isEnabled());
        QVERIFY(!row->problem().isEmpty());
        button(row, u"Remove"_s)->click();
        QVERIFY(row->problem().isEmpty());
    }

    void aMalformedTeamFileIsNamedAtTheTop()
    {
        const auto team = readTeamPolicy("{\n  \"policy\": {\n    \"limit\": \"many\"\n  }\n}\n");
        QVERIFY(!team);
        const Policy policy({}, {}, team.error());
        const PolicyDialog dialog(u"acme-web"_s, policy, policy);
        const QString text = words(&dialog);
        QVERIFY(text.contains(u"limit"_s) && text.contains(u"line 3"_s) && text.contains(u"defaults are in force"_s));
    }

    void teamSettingsSayWhereTheyComeFrom()
    {
        const Policy now({{u"limit"_s, 3}}, {});
        const PolicyDialog dialog(u"acme-web"_s, now, now);
        QVERIFY(words(setting(&dialog, u"limit"_s)).contains(u"from the team’s slipway.json"_s));
        QVERIFY(words(setting(&dialog, u"queue"_s)).contains(u"default"_s));
    }

    void anActivityLineSaysEverything()
    {
        const TwoLines lines = activityLines(longEntry(), true);
        QCOMPARE(lines.below,
                 u"acme-web/staging · Mia Sato · dev3 → staging · 9f2c1ab · in spite of: Staging will hold 3 changes "
                 "“Hotfix” · took 2 min"_s);
        QCOMPARE(lines.badge.text, u"Live"_s);
    }

    void activityIsFilteredAndExported()
    {
        Scene scene;
        (void)scene.store->record(longEntry());
        ActivityEntry other = longEntry();
        other.kind = u"accepted"_s;
        other.environment = u"dev3"_s;
        other.operation.clear();
        (void)scene.store->record(other);
        ActivityPage page(scene.models->activity, true);
        page.resize(800, 400);
        page.show();
        auto *list = page.findChild<QListView *>();
        QTRY_COMPARE(list->model()->rowCount(), 3);
        const QList<QComboBox *> boxes = page.findChildren<QComboBox *>();
        boxes.at(0)->setCurrentText(u"acme-web/staging"_s);
        QCOMPARE(list->model()->rowCount(), 2);
        boxes.at(0)->setCurrentIndex(0);
        boxes.at(1)->setCurrentText(u"Accepted"_s);
        QCOMPARE(list->model()->rowCount(), 1);
        QList<ActivityFile> files;
        connect(&page, &ActivityPage::exportWanted, this, [&files](const ActivityFile &file) { files.append(file); });
        page.findChild<QMenu *>()->actions().constLast()->trigger();
        auto *dialog = page.findChild<QFileDialog *>();
        QVERIFY(dialog);
        const QString path = scene.home.filePath(u"kept.json"_s);
        dialog->selectFile(path);
        QMetaObject::invokeMethod(dialog, "accept");
        QCOMPARE(files, (QList<ActivityFile>{{{{}, {}, u"accepted"_s}, path, true}}));
    }

    void anActivityLineOpensItsOperation()
    {
        Scene scene;
        (void)scene.store->record(longEntry());
        ActivityPage page(scene.models->activity, false);
        page.show();
        QString operation;
        connect(&page, &ActivityPage::operationWanted, this, [&operation](const QString &id) { operation = id; });
        auto *list = page.findChild<QListView *>();
        QTRY_VERIFY(list->model()->rowCount() > 0);
        list->setCurrentIndex(list->model()->index(0, 0));
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(operation, u"op-1"_s);
    }

    void whatOthersDidIsToldUntilDismissed()
    {
        Scene scene;
        scene.window->showMessages({{1, u"Mia Sato"_s, hoursAgo(1), u"Ines took staging over from you: hotfix"_s}});
        scene.window->showNotice(u"Copied it"_s);
        scene.window->showMessages({{2, u"Mia Sato"_s, hoursAgo(0), u"Omar released staging"_s}});
        Banner *told = nullptr;
        for (Banner *banner : scene.window->findChildren<Banner *>()) {
            if (banner->text().contains(u"Ines took staging over"_s))
                told = banner;
        }
        QVERIFY(told && told->isVisible());
        QVERIFY(told->text().contains(u"Omar released staging"_s));
        button(told, u"Dismiss"_s)->click();
        QVERIFY(!told->isVisible());
    }

    void whatCanBeOperatedHasAnEdgeInTheDark_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("dark") << true;
        QTest::newRow("light") << false;
    }
    void whatCanBeOperatedHasAnEdgeInTheDark()
    {
        QFETCH(bool, dark);
        const OutlinedStyle style(QStyleFactory::create(u"Fusion"_s));
        QStyleOptionButton option;
        option.rect = QRect(0, 0, 14, 14);
        option.state = QStyle::State_Enabled;
        option.palette = dark ? darkPalette() : QPalette(QColor(240, 240, 240));
        for (const auto element : {QStyle::PE_IndicatorCheckBox, QStyle::PE_IndicatorRadioButton}) {
            QImage image(14, 14, QImage::Format_RGB32);
            image.fill(Theme::of(option.palette).surface);
            QPainter painter(&image);
            style.drawPrimitive(element, &option, &painter, nullptr);
            painter.end();
            double most = 0;
            for (int x = 0; x < 14; ++x)
                most = qMax(most, qAbs(image.pixelColor(x, 7).lightnessF() - image.pixelColor(7, 7).lightnessF()));
            QVERIFY2(most > 0.2, qPrintable(QString::number(most)));
        }
    }

    void marksGrowWithTheText()
    {
        const OutlinedStyle style(QStyleFactory::create(u"Fusion"_s));
        QCheckBox box;
        const int usual = style.pixelMetric(QStyle::PM_IndicatorHeight, nullptr, &box);
        QFont large = box.font();
        large.setPointSizeF(large.pointSizeF() * 2);
        box.setFont(large);
        QVERIFY(style.pixelMetric(QStyle::PM_IndicatorHeight, nullptr, &box) >= usual * 3 / 2);
        QCOMPARE(style.pixelMetric(QStyle::PM_IndicatorWidth, nullptr, &box),
                 style.pixelMetric(QStyle::PM_ExclusiveIndicatorHeight, nullptr, &box));
    }
};

QTEST_MAIN(Pages)
#include "tst_pages.moc"
