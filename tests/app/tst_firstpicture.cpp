// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/boardcontroller.h"
#include "app/desktop/headstart.h"
#include "tests/app/modelsession.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Slipway;
using namespace Qt::StringLiterals;

/// What happens up to the window's first picture, and what only after it.
class FirstPictureTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingStartsBeforeIt();
    void wholeFilesAreTrusted();
    void damageIsNot();

private:
    static QStringList threads();
    static void fill(const QString &home);
};

/// By name, of this process.
QStringList FirstPictureTest::threads()
{
    QStringList names;
    const QStringList ids = QDir(u"/proc/self/task"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &id : ids) {
        QFile name(u"/proc/self/task/%1/comm"_s.arg(id));
        if (name.open(QIODevice::ReadOnly))
            names += QString::fromUtf8(name.readAll().trimmed());
    }
    return names;
}

void FirstPictureTest::fill(const QString &home)
{
    const auto cache = CacheStore::open(home);
    const auto store = SlipwayStore::open(home);
    Pipeline pipeline;
    pipeline.name = u"shop"_s;
    pipeline.deploysAccount = u"local"_s;
    pipeline.deploysId = pipeline.name;
    Environment environment;
    environment.pipeline = pipeline.name;
    environment.name = u"dev1"_s;
    environment.state = EnvironmentState::Running;
    environment.createdAt = QDateTime::currentDateTimeUtc();
    Snapshot snapshot;
    snapshot.pipeline = pipeline.name;
    snapshot.account = u"local"_s;
    snapshot.environments = {environment};
    QVERIFY((*store)->savePipeline(pipeline));
    QVERIFY((*cache)->apply(snapshot));
}

/// The inspector of the selected card asks for logs and checks while the window is being filled.
void FirstPictureTest::nothingStartsBeforeIt()
{
    const QTemporaryDir home;
    fill(home.path());
    const auto session = openModelSession(home.path(), false);
    QVERIFY(session);
    BoardController board(*session);
    board.show(u"shop"_s);
    QVERIFY2(!threads().contains(u"engine"_s), qPrintable(threads().join(u' ')));
    QTRY_VERIFY(threads().contains(u"engine"_s)); // it paints, and then does
}

void FirstPictureTest::wholeFilesAreTrusted()
{
    const QTemporaryDir home;
    fill(home.path());
    HeadStart ahead(home.path());
    const FileState files = ahead.files();
    QCOMPARE(files, FileState::Whole);
    const auto session = Session::open({.home = home.path(), .files = files});
    QVERIFY(session);
    QVERIFY((*session)->reader().card(u"shop/dev1"_s));
}

void FirstPictureTest::damageIsNot()
{
    const QTemporaryDir home;
    fill(home.path());
    QFile file(home.filePath(u"cache.db"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(8192));
    file.write(QByteArray(4000, '\xa5'));
    file.close();
    HeadStart ahead(home.path());
    const FileState files = ahead.files();
    QCOMPARE(files, FileState::Unknown);
    const auto session = Session::open({.home = home.path(), .files = files});
    QVERIFY(session);
    QVERIFY((*session)->notices().value(0).contains(u"cache.db was damaged"_s));
}

QTEST_MAIN(FirstPictureTest)
#include "tst_firstpicture.moc"
