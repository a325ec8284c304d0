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
        QTest::newRow("moving") << true << false << false << 0 << 0.9 << qint64(2);
        QTest::newRow("shown") << false << true << true << 0 << 0.9 << qint64(15);
        QTest::newRow("the rest") << false << false << true << 0 << 0.9 << qint64(120);
        QTest::newRow("unfocused") << false << true << false << 0 << 0.9 << qint64(300);
        QTest::newRow("one failure") << true << true << true << 1 << 0.0 << qint64(4);
        QTest::newRow("many failures") << true << true << true << 30 << 0.0 << qint64(300);
        QTest::newRow("jitter") << true << true << true << 30 << 0.5 << qint64(330);
    }
    void interval()
    {
        QFETCH(bool, moving);
        QFETCH(bool, shown);
        QFETCH(bool, focused);
        QFETCH(int, failures);
        QFETCH(double, jitter);
        QFETCH(qint64, seconds);
        const auto interval = pollInterval({moving, shown, focused, failures}, jitter);
        QCOMPARE(std::chrono::duration_cast<std::chrono::seconds>(interval).count(), seconds);
    }
};

QTEST_GUILESS_MAIN(ScheduleTest)
#include "tst_schedule.moc"
