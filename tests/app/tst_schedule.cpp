// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/polling/schedule.h"

#include <QTest>

using namespace Slipway;
using namespace std::chrono_literals;

/// The polite intervals of DESIGN section 8.
class ScheduleTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void interval_data()
    {
        QTest::addColumn<bool>("moving");
        QTest::addColumn<bool>("shown");
        QTest::addColumn<bool>("focused");
        QTest::addColumn<int>("failures");
        QTest::addColumn<double>("jitter");
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<double>("allowance");
        QTest::newRow("moving") << true << false << false << 0 << 0.9 << qint64(2) << -1.0;
        QTest::newRow("shown") << false << true << true << 0 << 0.9 << qint64(15) << -1.0;
        QTest::newRow("the rest") << false << false << true << 0 << 0.9 << qint64(120) << -1.0;
        QTest::newRow("unfocused") << false << true << false << 0 << 0.9 << qint64(300) << -1.0;
        QTest::newRow("one failure") << true << true << true << 1 << 0.0 << qint64(4) << -1.0;
        QTest::newRow("many failures") << true << true << true << 30 << 0.0 << qint64(300) << -1.0;
        QTest::newRow("jitter") << true << true << true << 30 << 0.5 << qint64(330) << -1.0;
        QTest::newRow("paid, shown") << false << true << true << 0 << 0.9 << qint64(20) << 0.9;
        QTest::newRow("paid, moving") << true << true << true << 0 << 0.9 << qint64(10) << 0.9;
        QTest::newRow("paid, the rest") << false << false << true << 0 << 0.9 << qint64(120) << 0.9;
        QTest::newRow("a third left") << false << true << true << 0 << 0.9 << qint64(40) << 0.3;
        QTest::newRow("almost spent") << true << true << true << 0 << 0.9 << qint64(300) << 0.01;
    }
    void interval()
    {
        QFETCH(bool, moving);
        QFETCH(bool, shown);
        QFETCH(bool, focused);
        QFETCH(int, failures);
        QFETCH(double, jitter);
        QFETCH(qint64, seconds);
        QFETCH(double, allowance);
        const auto interval = pollInterval({moving, shown, focused, failures, allowance}, jitter);
        QCOMPARE(std::chrono::duration_cast<std::chrono::seconds>(interval).count(), seconds);
    }
};

QTEST_GUILESS_MAIN(ScheduleTest)
#include "tst_schedule.moc"
