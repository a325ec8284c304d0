// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemonfixture.h"

#include <QDir>

using namespace Qt::StringLiterals;
using namespace Slipway;

/// What is read from the user's repository, and the one thing that is written to it.
class TestSources final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void files();
};

void TestSources::files()
{
    DaemonFixture f;
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.setUp());
    const auto file = [&f](const QString &ref, const QString &path) {
        return f.wait(f.provider().file(u"shop"_s, ref, path));
    };
    const auto procfile = file(u"main"_s, u"Procfile"_s);
    VERIFY(procfile);
    QCOMPARE(*procfile, "web: python3 app.py\n"_ba);
    const auto none = file(version, u"slipway.json"_s);
    VERIFY(none);
    QVERIFY(!*none);
    f.commit(u"slipway.json"_s, "{}", u"Declare nothing"_s);
    const auto later = file(u"main"_s, u"slipway.json"_s);
    VERIFY(later);
    QCOMPARE(*later, "{}"_ba);
    f.commit(u"large"_s, QByteArray(300 * 1024, 'x'), u"Be large"_s);
    QCOMPARE(file(u"main"_s, u"large"_s).error().kind(), Error::Kind::Invalid);
    QCOMPARE(file(u"nowhere"_s, u"Procfile"_s).error().kind(), Error::Kind::NotFound);
    QVERIFY(QDir().rename(f.repository(), f.repository() + u"-moved"_s));
    const auto kept = file(version, u"Procfile"_s); // a commit that Slipway has needs no repository
    VERIFY(kept);
    QCOMPARE(*kept, "web: python3 app.py\n"_ba);
}

QTEST_GUILESS_MAIN(TestSources)
#include "tst_sources.moc"
