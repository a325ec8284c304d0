// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "otherprocess.h"
#include "scene.h"

#include "models/store/storewatcher.h"

#include <QSignalSpy>

using namespace Slipway;

class TestStoreWatcher : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsWhatAnotherProcessWroteAndThatAlone()
    {
        Desk desk;
        const auto engine = SlipwayStore::open(desk.home.path()); // this process's other thread, as it were
        StoreWatcher watcher(*desk.cache, *desk.store);
        QSignalSpy spy(&watcher, &StoreWatcher::changed);
        QVERIFY((*engine)->record({0, {}, u"ada"_s, u"shop"_s, {}, u"test"_s, u"Ours"_s, {}, {}, {}, {}}));
        OtherProcess other({u"record"_s, desk.home.path()});
        QCOMPARE(other.answer(), u"done"_s);
        QTRY_COMPARE(spy.count(), 1);
        QVERIFY(spy.constFirst().constFirst().value<ChangeSet>().everything);
        QCOMPARE(desk.store->activity().size(), 2);
        // Ours alone: looked at, yet not told.
        QSignalSpy looked(watcher.findChild<QTimer *>(u"settle"_s), &QTimer::timeout);
        QVERIFY((*engine)->record({0, {}, u"ada"_s, u"shop"_s, {}, u"test"_s, u"Ours"_s, {}, {}, {}, {}}));
        QTRY_VERIFY(looked.count() > 0);
        QCOMPARE(spy.count(), 1);
        OtherProcess another({u"record"_s, desk.home.path()});
        QTRY_COMPARE(spy.count(), 2);
    }
};

SLIPWAY_TEST_MAIN(TestStoreWatcher)
#include "tst_storewatcher.moc"
