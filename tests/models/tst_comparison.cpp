// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/comparisonmodel.h"

#include <QSignalSpy>
#include <QTest>

using namespace Slipway;
using namespace Qt::StringLiterals;

/// What one version has and another has not, by change and in parts.
class TestComparison : public QObject
{
    Q_OBJECT
private:
    static Commit commit(const QString &id, const QString &change, int number = 0, const QString &author = u"Ada"_s)
    {
        return {id, u"Subject of "_s + id, author, {}, change, number, {}};
    }

    static CommitGroup group(const ComparisonModel &model, int row)
    {
        return model.index(row).data(ComparisonModel::GroupRole).value<CommitGroup>();
    }

private Q_SLOTS:
    void groupsByChange()
    {
        const CommitGroups groups({commit(u"a"_s, u"Carts"_s, 7), commit(u"b"_s, u"Totals"_s),
                                   commit(u"c"_s, u"Carts, as it was called"_s, 7, u"Grace"_s), commit(u"d"_s, {}),
                                   commit(u"e"_s, {})});
        QCOMPARE(groups.all().size(), 3);
        QCOMPARE(groups.all().at(0).change, u"Carts"_s);
        QCOMPARE(groups.all().at(0).commits.size(), 2);
        QCOMPARE(groups.all().at(0).authors, (QStringList{u"Ada"_s, u"Grace"_s}));
        QCOMPARE(groups.all().at(1).number, 0);
        QCOMPARE(groups.all().at(2).commits.size(), 2); // those of no known change
    }

    void comesInParts()
    {
        ComparisonModel model;
        QSignalSpy wanted(&model, &ComparisonModel::moreWanted);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QVERIFY(!model.canFetchMore({})); // the first part is not asked for by scrolling
        model.take({commit(u"a"_s, u"Carts"_s, 7), commit(u"b"_s, u"Totals"_s)}, 5);
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.canFetchMore({}));
        model.fetchMore({});
        model.fetchMore({}); // it was asked for
        QCOMPARE(wanted.size(), 1);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.take({commit(u"c"_s, u"Totals"_s), commit(u"d"_s, u"Search"_s, 8), commit(u"e"_s, u"Search"_s, 8)}, 5);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.first().first().toModelIndex().row(), 1);
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(reset.size(), 0);
        QCOMPARE(group(model, 1).commits.size(), 2);
        QCOMPARE(group(model, 2).commits.size(), 2);
        QVERIFY(!model.canFetchMore({}));
        QCOMPARE(model.index(2).data(Qt::AccessibleTextRole).toString(), u"Search, #8, by Ada, 2 commits"_s);
    }

    void knowsWhatItHolds()
    {
        const Comparison known{u"b"_s, u"h"_s, 3, 1, {commit(u"a"_s, {}), commit(u"b"_s, {})}, {commit(u"z"_s, {})}, 2};
        QVERIFY(known.covers({0, 2}));
        QVERIFY(!known.covers({0, 3}));
        QVERIFY(!known.covers({2, 1}));
        const Comparison part = known.part({1, 100});
        QCOMPARE(part.ahead, 3);
        QCOMPARE(part.commits.size(), 1);
        QCOMPARE(part.commits.first().id, u"b"_s);
        QVERIFY(part.missing.isEmpty());
        Comparison whole = known; // a source that counts more than it tells is not asked for the rest again and again
        whole.read = 1000;
        QVERIFY(whole.covers({0, 1000}));
        whole.read = 2;
        whole.ahead = 2;
        QVERIFY(whole.covers({0, 1000}));
    }
};

QTEST_GUILESS_MAIN(TestComparison)
#include "tst_comparison.moc"
