// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/artifact/appmanifest.h"
#include "providers/local/artifact/envfile.h"
#include "providers/local/artifact/procfile.h"

#include "../../git/testrepository.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Slipway;

/// Procfile, .env, app.json and slipway.json.
class TestManifests : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_directory;

    QString read(const char *file, const QByteArray &text)
    {
        writeFile(m_directory->filePath(QString::fromLatin1(file)), text);
        const auto manifest = AppManifest::read(m_directory->path());
        return manifest ? u"good"_s : manifest.error().message();
    }

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void readsProcfiles_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected"); // entries, or the error
        const auto row = [](const char *name, const QByteArray &text, const QString &expected) {
            QTest::newRow(name) << text << expected;
        };
        row("plain", "web: npm start\nworker: node worker.js\n", u"web=npm start@1;worker=node worker.js@2"_s);
        row("windows", "web: a\r\nrelease: b\r\n", u"web=a@1;release=b@2"_s);
        row("no space", "web:npm start", u"web=npm start@1"_s);
        row("many spaces", "  web:   npm start   ", u"web=npm start@1"_s);
        row("comments", "# what runs\n\nweb: a # b: c\n  # more\n", u"web=a # b: c@3"_s);
        row("byte order mark", "\xef\xbb\xbfweb: a", u"web=a@1"_s);
        row("colons", "web_1: http-server -a tcp://x:$PORT", u"web_1=http-server -a tcp://x:$PORT@1"_s);
        row("only comments", "# nothing\n", u"names no process"_s);
        row("only release", "release: migrate\n", u"names no process"_s);
        row("merge conflict", "web: a\n<<<<<<< HEAD\n", u"line 2 is not an entry"_s);
        row("bad name", "my web: a\n", u"line 1 is not an entry"_s);
        row("no command", "web:\n", u"line 1 has no command"_s);
        row("duplicate", "web: a\n\nworker: b\nweb: c\n", u"line 4 names \"web\" again, after line 1"_s);
        row("long name", QByteArray(64, 'a') + ": b", u"more than 63"_s);
    }
    void readsProcfiles()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        const auto procfile = Procfile::parse(text);
        QStringList entries;
        if (procfile) {
            for (const ProcfileEntry &entry : procfile->entries)
                entries << u"%1=%2@%3"_s.arg(entry.type, entry.command).arg(entry.line);
            QCOMPARE(entries.join(u';'), expected);
        } else {
            QVERIFY2(procfile.error().message().contains(expected), qPrintable(procfile.error().message()));
            QVERIFY(!procfile.error().remedy().isEmpty());
        }
    }

    void offersCommandsWhenThereIsNoProcfile()
    {
        const auto remedy = [this] { return Procfile::read(m_directory->path()).error().remedy(); };
        QCOMPARE(Procfile::read(m_directory->path()).error().kind(), Error::Kind::NotFound);
        QVERIFY(remedy().contains(u"web: npm start"_s)); // as the example
        writeFile(m_directory->filePath(u"package.json"_s), R"({"main": "lib/main.js"})");
        writeFile(m_directory->filePath(u"lib/main.js"_s), "");
        QVERIFY2(remedy().contains(u"web: node lib/main.js"_s), qPrintable(remedy()));
        writeFile(m_directory->filePath(u"manage.py"_s), "");
        QVERIFY(remedy().contains(u"manage.py runserver 127.0.0.1:$PORT"_s));
        writeFile(m_directory->filePath(u"bin/rails"_s), "");
        QVERIFY(remedy().contains(u"bin/rails server"_s));
    }

    void readsEnvFiles()
    {
        const auto variables =
            parseEnvFile("# c\nA=1\nexport B=two words \nC='a\\nb $X'\r\nD=\"a\\nb \\\"q\\\" $X\"\nE=\n"
                         "F=a=b#c\n",
                         u".env"_s);
        QVERIFY(variables);
        const QMap<QString, QString> expected{{u"A"_s, u"1"_s},        {u"B"_s, u"two words"_s},
                                              {u"C"_s, u"a\\nb $X"_s}, {u"D"_s, u"a\nb \"q\" $X"_s},
                                              {u"E"_s, QString()},     {u"F"_s, u"a=b#c"_s}};
        QCOMPARE(*variables, expected);
        const auto bad = parseEnvFile("A=1\nhunter2\n", u".env"_s);
        QVERIFY(bad.error().message().contains(u".env line 2"_s));
        QVERIFY(!bad.error().text().contains(u"hunter2"_s)); // it may be a secret
    }

    void readsBothFiles()
    {
        writeFile(m_directory->filePath(u"app.json"_s), R"({
            "name": "Shop", "addons": ["x"], "buildpacks": [],
            "env": {"A": "1", "B": {"value": "", "required": false}, "C": {"description": "d"},
                    "D": {"generator": "secret"}, "E": {"required": false}, "F": {"value": 3}},
            "scripts": {"postdeploy": {"command": "seed"}, "pr-predestroy": "bye", "heroku-postbuild": "pack"},
            "formation": {"web": {"quantity": 2, "size": "x"}, "worker": {}}})");
        writeFile(m_directory->filePath(u"slipway.json"_s), R"({
            "build": "make", "health": {"path": "/up", "timeout": 20}, "scrub": "scrub.sh", "writable": ["tmp", "log/"],
            "after": {"worker": "web", "clock": ["web", "worker"]}, "policy": {"ci": "off"}, "rules": [1],
            "data": [{"sqlite": "shop.db", "seed": "seed/shop.db", "env": "DB"}, {"path": "cache", "copy": false},
                     {"command": "dump", "seed": "fill"}]})");
        const auto manifest = AppManifest::read(m_directory->path());
        QVERIFY2(manifest, qPrintable(manifest ? QString() : manifest.error().text()));
        QCOMPARE(manifest->build, u"make"_s);
        QCOMPARE(manifest->postBuild, u"pack"_s);
        QCOMPARE(manifest->health, u"/up"_s);
        QCOMPARE(manifest->healthTimeout, 20);
        QCOMPARE(manifest->writable, (QStringList{u"tmp"_s, u"log"_s}));
        QCOMPARE(manifest->after.value(u"clock"_s), (QStringList{u"web"_s, u"worker"_s}));
        QCOMPARE(manifest->postdeploy, u"seed"_s);
        QCOMPARE(manifest->formation.value(u"web"_s), 2);
        QCOMPARE(manifest->formation.value(u"worker"_s), 1);
        QCOMPARE(manifest->data.size(), 3);
        QCOMPARE(manifest->data.at(0),
                 (DataRecipe{DataRecipe::Kind::Sqlite, u"shop.db"_s, {}, u"seed/shop.db"_s, u"DB"_s, true}));
        QVERIFY(!manifest->data.at(1).copy);
        QCOMPARE(manifest->data.at(2).command, u"dump"_s);
        QCOMPARE(manifest->dataVariables(u"/d"_s).value(u"DB"_s), u"/d/shop.db"_s);
        const auto defaults = manifest->defaults();
        QCOMPARE(QStringList(defaults.keys()), (QStringList{u"A"_s, u"B"_s, u"D"_s, u"F"_s}));
        QCOMPARE(defaults.value(u"D"_s).size(), 64);
        QVERIFY(defaults.value(u"D"_s) != manifest->defaults().value(u"D"_s));
        QCOMPARE(manifest->missing({}), QStringList{u"C"_s});
        QCOMPARE(manifest->missing({{u"C"_s, {}}}), QStringList());
    }

    void namesFileLineAndKey_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *file, const char *text, const char *expected) {
            QTest::newRow(name) << QByteArray(file) << QByteArray(text) << QString::fromLatin1(expected);
        };
        row("empty", "slipway.json", "{}", "good");
        row("no build", "slipway.json", "{\"build\": false}", "good");
        row("comma", "slipway.json", "{\n  \"build\": \"x\",\n}", "slipway.json line 3 is not valid JSON");
        row("list", "app.json", "[]", "app.json line 1");
        row("slip", "slipway.json", "{\n \"helth\": \"/\"}",
            "slipway.json line 2: \"helth\" is not known here; did you mean \"health\"?");
        row("type", "slipway.json", "{\n\n \"build\": 3}", "line 3: \"build\" must be a command");
        row("health", "slipway.json", "{\"health\":\n{\n\"path\": \"up\"}}", "line 3: \"health.path\" must be a path");
        row("timeout", "slipway.json", "{\"health\": {\"path\": \"/\",\n\"timeout\": \"9\"}}",
            "line 2: \"health.timeout\" must be a whole number");
        row("recipe", "slipway.json", "{\"data\": [\n{\"path\": \"a\"},\n{\"seed\": \"b\"}]}",
            "line 3: \"data[2]\" must have exactly one");
        row("escape", "slipway.json", "{\"data\": [\n{\"path\":\n\"../../x\"}]}",
            "line 2: \"data[1].path\" must be a path below the data directory");
        row("writable", "slipway.json", "{\"writable\": [\"a\",\n\"/etc\"]}", "line 2: \"writable[2]\"");
        row("circle", "slipway.json", "{\"after\": {\"a\": \"b\",\n\"b\": \"a\"}}", "waits for itself");
        row("text with braces", "slipway.json", "{\"build\": \"echo '}],\\\"health\\\": 1'\",\n\"health\": 1}",
            "line 2: \"health\"");
        row("variable", "app.json", "{\"env\": {\n\"A B\": \"1\"}}", "app.json line 2: \"env.A B\" is no name");
        row("value", "app.json", "{\"env\": {\"A\":\n{\"value\": []}}}", "line 2: \"env.A.value\"");
        row("generator", "app.json", "{\"env\": {\"A\": {\n\"generator\": \"x\"}}}", "line 2: \"env.A.generator\"");
        row("quantity", "app.json", "{\"formation\": {\"web\": {\n\"quantity\": -1}}}",
            "line 2: \"formation.web.quantity\"");
    }
    void namesFileLineAndKey()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        const QString told = read(file.constData(), text);
        QVERIFY2(told.contains(expected), qPrintable(told));
    }
};

QTEST_GUILESS_MAIN(TestManifests)
#include "tst_manifests.moc"
