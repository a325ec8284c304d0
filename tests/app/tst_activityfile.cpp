// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/activityfile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Slipway;
using namespace Qt::StringLiterals;

/// Activity as a file that somebody else reads.
class ActivityFiles final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_home;
    std::unique_ptr<SlipwayStore> m_store;

    void record(const QString &environment, const QString &kind, const QString &text)
    {
        ActivityEntry entry;
        entry.at = QDateTime::currentDateTimeUtc();
        entry.by = u"Mia Sato"_s;
        entry.pipeline = u"shop"_s;
        entry.environment = environment;
        entry.kind = kind;
        entry.text = text;
        QVERIFY(m_store->record(entry));
    }

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_store = std::move(SlipwayStore::open(m_home.path()).value());
        // More than a page of the window shows.
        for (int at = 0; at < 600; ++at)
            record(u"staging"_s, u"promote"_s, u"Deployed no. %1"_s.arg(at));
        record(u"dev1"_s, u"accepted"_s, u"=HYPERLINK(\"x\"), accepted"_s);
    }

    void csvHoldsEveryLineThatIsAskedFor()
    {
        const QString path = m_home.filePath(u"all.csv"_s);
        QCOMPARE(writeActivity(*m_store, {{u"shop"_s, u"staging"_s, {}}, path, false}).value(), 600);
        QCOMPARE(contentOf(path).count("\r\n"), 601); // with the line of names
        QVERIFY(contentOf(path).contains("Deployed no. 0,"));
        QCOMPARE(writeActivity(*m_store, {{{}, {}, u"accepted"_s}, path, false}).value(), 1);
        QVERIFY(contentOf(path).contains("\"'=HYPERLINK(\"\"x\"\"), accepted\""));
    }

    void jsonIsWhatTheCommandLineWrites()
    {
        const QString path = m_home.filePath(u"one.json"_s);
        QCOMPARE(writeActivity(*m_store, {{u"shop"_s, u"dev1"_s, {}}, path, true}).value(), 1);
        const QJsonArray lines = QJsonDocument::fromJson(contentOf(path)).object().value(u"activity"_s).toArray();
        QCOMPARE(lines.size(), 1);
        QCOMPARE(lines.at(0).toObject().value(u"kind"_s).toString(), u"accepted"_s);
    }

    void aFileThatCannotBeWrittenIsNamed()
    {
        const QString path = m_home.filePath(u"nowhere/all.csv"_s);
        const auto written = writeActivity(*m_store, {{}, path, false});
        QVERIFY(!written);
        QCOMPARE(written.error().kind(), Error::Kind::Storage);
        QVERIFY(written.error().message().contains(path));
    }
};

QTEST_GUILESS_MAIN(ActivityFiles)
#include "tst_activityfile.moc"
