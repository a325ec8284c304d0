// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/activity/activityexport.h"

#include <QJsonArray>
#include <QTest>

using namespace Slipway;
using namespace Qt::StringLiterals;

namespace {

ActivityEntry entry(const QString &text)
{
    ActivityEntry made;
    made.id = 7;
    made.at = QDateTime(QDate(2026, 11, 25), QTime(17, 0), Qt::UTC);
    made.by = u"Dana Lead"_s;
    made.pipeline = u"shop"_s;
    made.environment = u"staging"_s;
    made.kind = u"promote"_s;
    made.text = text;
    return made;
}

/// The fields of the last line, read as RFC 4180 says.
QStringList fieldsOfLastLine(const QByteArray &csv)
{
    QStringList fields;
    QString field;
    bool quoted = false;
    const QString text = QString::fromUtf8(csv.mid(csv.indexOf("\r\n") + 2));
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (quoted && c == u'"' && text.mid(i + 1, 1) == u"\"") {
            field += c;
            ++i;
        } else if (c == u'"') {
            quoted = !quoted;
        } else if (!quoted && (c == u',' || text.mid(i, 2) == u"\r\n")) {
            fields += field;
            field.clear();
            i += c == u',' ? 0 : 1;
        } else {
            field += c;
        }
    }
    return fields;
}

} // namespace

class TestActivityExport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fieldsComeBackAsTheyWere_data();
    void fieldsComeBackAsTheyWere();
    void noFieldIsAFormula_data();
    void noFieldIsAFormula();
    void saysAllThereIs();
    void saysNullForNothing();
};

void TestActivityExport::fieldsComeBackAsTheyWere_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << u"Deploy Faster checkout"_s;
    QTest::newRow("comma") << u"Coupons, and more"_s;
    QTest::newRow("quote") << u"the \"new\" till"_s;
    QTest::newRow("lines") << u"one\r\ntwo\nthree"_s;
    QTest::newRow("letters") << u"größer, 日本"_s;
    QTest::newRow("empty") << QString();
}

void TestActivityExport::fieldsComeBackAsTheyWere()
{
    QFETCH(QString, text);
    const QByteArray csv = activityAsCsv({entry(text)});
    const QStringList fields = fieldsOfLastLine(csv);
    QCOMPARE(fields.size(), csv.left(csv.indexOf("\r\n")).split(',').size());
    QCOMPARE(fields.at(6), text);
    QVERIFY(csv.endsWith("\r\n"));
}

void TestActivityExport::noFieldIsAFormula_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("equals") << u"=HYPERLINK(\"http://x\")"_s;
    QTest::newRow("plus") << u"+1"_s;
    QTest::newRow("minus") << u"-1+2"_s;
    QTest::newRow("at") << u"@SUM(A1)"_s;
    QTest::newRow("tab") << u"\t=1"_s;
    QTest::newRow("return") << u"\r=1"_s;
}

void TestActivityExport::noFieldIsAFormula()
{
    QFETCH(QString, text);
    ActivityEntry hostile = entry(text);
    hostile.reason = text;
    const QStringList fields = fieldsOfLastLine(activityAsCsv({hostile}));
    QCOMPARE(fields.at(6), u'\'' + text);
    QCOMPARE(fields.at(10), u'\'' + text);
}

void TestActivityExport::saysAllThereIs()
{
    ActivityEntry whole = entry(u"Deploy"_s);
    whole.from = u"dev1"_s;
    whole.to = u"staging"_s;
    whole.overridden = {u"Staging is over its limit"_s, u"The board is old"_s};
    whole.reason = u"Release day"_s;
    whole.result = u"live"_s;
    whole.durationMs = 4200;
    const QStringList fields = fieldsOfLastLine(activityAsCsv({whole}));
    QCOMPARE(fields.mid(7),
             QStringList({u"dev1"_s, u"staging"_s, QString(), u"Release day"_s,
                          u"Staging is over its limit; The board is old"_s, u"live"_s, u"4200"_s, QString()}));
    const QJsonObject document = activityDocument(whole);
    QCOMPARE(document[u"from"_s], u"dev1"_s);
    QCOMPARE(document[u"to"_s], u"staging"_s);
    QCOMPARE(document[u"overridden"_s].toArray().size(), 2);
    QCOMPARE(document[u"duration_ms"_s], 4200);
    QCOMPARE(document[u"at"_s], u"2026-11-25T17:00:00.000Z"_s);
}

void TestActivityExport::saysNullForNothing()
{
    const QJsonObject document = activityDocument(entry(u"Took staging"_s));
    for (const auto &key : {u"from"_s, u"to"_s, u"reason"_s, u"version"_s, u"duration_ms"_s, u"operation"_s})
        QVERIFY2(document.contains(key) && document[key].isNull(), qUtf8Printable(key));
}

QTEST_GUILESS_MAIN(TestActivityExport)
#include "tst_activityexport.moc"
