// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/policy.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Slipway;
using namespace Qt::StringLiterals;

namespace {

QJsonObject schema()
{
    QFile file(QStringLiteral(SLIPWAY_SCHEMA));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

/// What the schema says of a key; "checks.ci" stands below "policy", "rules.closed" at the root.
QJsonObject saidOf(const QJsonObject &root, const QString &name)
{
    QStringList path = name.split(u'.');
    if (path.first() != u"rules")
        path.prepend(u"policy"_s);
    QJsonObject at = root;
    for (const QString &part : path)
        at = at.value(u"properties"_s)[part].toObject();
    return at;
}

/// All names below an object of the schema, as Policy writes them.
QStringList namesBelow(const QJsonObject &object, const QString &prefix)
{
    QStringList names;
    const QJsonObject properties = object.value(u"properties"_s).toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        const QJsonObject inner = it.value().toObject();
        if (inner.contains(u"properties"_s))
            names += namesBelow(inner, it.key() + u'.');
        else
            names += prefix + it.key();
    }
    return names;
}

} // namespace

/// The published schema of slipway.json says exactly what the reader takes.
class TestSlipwaySchema : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasTheKeysOfThePolicy();
    void saysWhatAKeyTakes_data();
    void saysWhatAKeyTakes();
    void itsDefaultsAreRead();
};

void TestSlipwaySchema::hasTheKeysOfThePolicy()
{
    const QJsonObject root = schema();
    QVERIFY(!root.isEmpty());
    QStringList said = namesBelow(root.value(u"properties"_s)[u"policy"_s].toObject(), {})
        + namesBelow(root.value(u"properties"_s)[u"rules"_s].toObject(), u"rules."_s);
    QStringList known;
    for (const PolicyKey &key : Policy::keys())
        known += key.name;
    said.sort();
    known.sort();
    QCOMPARE(said, known);
}

void TestSlipwaySchema::saysWhatAKeyTakes_data()
{
    QTest::addColumn<QString>("name");
    for (const PolicyKey &key : Policy::keys())
        QTest::newRow(qUtf8Printable(key.name)) << key.name;
}

void TestSlipwaySchema::saysWhatAKeyTakes()
{
    QFETCH(QString, name);
    const QJsonObject root = schema();
    const QJsonObject said = saidOf(root, name);
    const PolicyKey &key = *Policy::key(name);
    QVERIFY(!said.value(u"description"_s).toString().isEmpty());
    QCOMPARE(said.value(u"default"_s), key.fallback);
    switch (key.kind) {
    case PolicyKey::Kind::Level:
        QCOMPARE(said.value(u"$ref"_s).toString(), u"#/$defs/level"_s);
        QCOMPARE(root.value(u"$defs"_s)[u"level"_s][u"enum"_s].toArray(), QJsonArray::fromStringList(key.choices));
        break;
    case PolicyKey::Kind::Choice:
        QCOMPARE(said.value(u"enum"_s).toArray(), QJsonArray::fromStringList(key.choices));
        break;
    case PolicyKey::Kind::Number:
        QCOMPARE(said.value(u"type"_s).toString(), u"integer"_s);
        QCOMPARE(said.value(u"minimum"_s).toInt(-1), key.least);
        QCOMPARE(said.value(u"maximum"_s).toInt(-1), key.most);
        break;
    case PolicyKey::Kind::Flag:
        QCOMPARE(said.value(u"type"_s).toString(), u"boolean"_s);
        break;
    case PolicyKey::Kind::Text:
        QCOMPARE(said.value(u"type"_s).toString(), u"string"_s);
        break;
    case PolicyKey::Kind::Freezes:
        QCOMPARE(said.value(u"type"_s).toString(), u"array"_s);
        break;
    case PolicyKey::Kind::OffHours:
        QCOMPARE(said.value(u"anyOf"_s)[0][u"$ref"_s].toString(), u"#/$defs/weekly"_s);
        break;
    }
}

void TestSlipwaySchema::itsDefaultsAreRead()
{
    QJsonObject checks;
    QJsonObject policy;
    QJsonObject rules;
    for (const PolicyKey &key : Policy::keys()) {
        const QString last = key.name.section(u'.', -1);
        QJsonObject &where = key.name.startsWith(u"checks.") ? checks : key.name.startsWith(u"rules.") ? rules : policy;
        where.insert(last, saidOf(schema(), key.name).value(u"default"_s));
    }
    policy.insert(u"checks"_s, checks);
    const QJsonDocument file(QJsonObject{{u"policy"_s, policy}, {u"rules"_s, rules}});
    const auto read = readTeamPolicy(file.toJson());
    QVERIFY2(read, read ? "" : qUtf8Printable(read.error().text()));
    QCOMPARE(read->size(), Policy::keys().size());
}

QTEST_GUILESS_MAIN(TestSlipwaySchema)
#include "tst_slipwayschema.moc"
