// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How settings of a policy get in: from the team's slipway.json, and from a word on the command line.
#include "models/domain/manifestreader.h"
#include "models/domain/policy.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTimeZone>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

struct PolicyReaderTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::PolicyReader)
};

const auto kFile = u"slipway.json"_s;
constexpr qsizetype kLongestText = 100; ///< GitHub's labels have 50 characters at most

QStringList dayNames()
{
    return {u"mon"_s, u"tue"_s, u"wed"_s, u"thu"_s, u"fri"_s, u"sat"_s, u"sun"_s};
}

bool isTimeOfDay(const QString &text)
{
    static const QRegularExpression shape(u"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"_s);
    return shape.match(text).hasMatch();
}

bool isMoment(const QString &text)
{
    return QDate::fromString(text, Qt::ISODate).isValid() || QDateTime::fromString(text, Qt::ISODate).isValid();
}

/// A window of time at `path`; `mayBeDated`: of the freezes, which may stand for once.
void checkWindow(ManifestReader &file, const QStringList &path, bool mayBeDated)
{
    file.object(path, u"an object with from and to"_s);
    file.onlyKeys(path, {u"days"_s, u"from"_s, u"to"_s, u"zone"_s, u"reason"_s});
    const QString from = file.text(path + QStringList{u"from"_s}, u"a time"_s);
    const QString to = file.text(path + QStringList{u"to"_s}, u"a time"_s);
    const bool isDated = mayBeDated && isMoment(from);
    const QString expected = mayBeDated ? u"must be a time of day such as \"15:00\", or a date such as \"2026-12-24\""_s
                                        : u"must be a time of day such as \"20:00\""_s;
    if (!isDated && !isTimeOfDay(from))
        file.complain(path + QStringList{u"from"_s}, expected);
    if (isDated ? !isMoment(to) : !isTimeOfDay(to))
        file.complain(path + QStringList{u"to"_s}, expected);
    const QStringList days = file.texts(path + QStringList{u"days"_s}, u"a list of days"_s);
    for (qsizetype i = 0; i < days.size(); ++i) {
        if (!dayNames().contains(days.at(i))) {
            file.complain(path + QStringList{u"days"_s, QString::number(i)},
                          u"must be one of %1"_s.arg(dayNames().join(u", "_s)));
        }
    }
    const QString zone = file.text(path + QStringList{u"zone"_s}, u"a time zone"_s);
    if (!zone.isEmpty() && !QTimeZone::isTimeZoneIdAvailable(zone.toUtf8()))
        file.complain(path + QStringList{u"zone"_s}, u"is no time zone; write one such as \"Europe/Lisbon\""_s);
    file.text(path + QStringList{u"reason"_s}, u"a sentence"_s);
}

void checkValue(ManifestReader &file, const QStringList &path, const PolicyKey &key)
{
    switch (key.kind) {
    case PolicyKey::Kind::Level:
    case PolicyKey::Kind::Choice:
        file.choice(path, key.choices);
        return;
    case PolicyKey::Kind::Number:
        file.number(path, key.least, key.most, key.fallback.toInt());
        return;
    case PolicyKey::Kind::Flag:
        file.flag(path, false);
        return;
    case PolicyKey::Kind::Text:
        if (file.text(path, u"a text"_s).size() > kLongestText)
            file.complain(path, u"must be a short text"_s);
        return;
    case PolicyKey::Kind::OffHours:
        if (!file.at(path).isNull())
            checkWindow(file, path, false);
        return;
    case PolicyKey::Kind::Freezes:
        break;
    }
    const qsizetype count = file.array(path, u"a list of windows"_s).size();
    for (qsizetype i = 0; i < count; ++i)
        checkWindow(file, path + QStringList{QString::number(i)}, true);
}

/// Where a key stands in the file: "checks.ci" is below "policy", "rules.closed" is at the root.
QStringList placeOf(const PolicyKey &key)
{
    const QStringList parts = key.name.split(u'.');
    return parts.constFirst() == u"rules" ? parts : QStringList{u"policy"_s} + parts;
}

/// The names that may stand directly below `path`.
QStringList namesBelow(const QStringList &path)
{
    QStringList names;
    for (const PolicyKey &key : Policy::keys()) {
        const QStringList place = placeOf(key);
        if (place.size() > path.size() && place.mid(0, path.size()) == path && !names.contains(place.at(path.size())))
            names.append(place.at(path.size()));
    }
    return names;
}

Policy::Layer readLayer(ManifestReader &file)
{
    const QList<QStringList> objects{{u"policy"_s}, {u"policy"_s, u"checks"_s}, {u"rules"_s}};
    for (const QStringList &path : objects) {
        file.object(path, u"an object"_s);
        file.onlyKeys(path, namesBelow(path));
    }
    Policy::Layer layer;
    for (const PolicyKey &key : Policy::keys()) {
        const QStringList place = placeOf(key);
        if (!file.has(place))
            continue;
        checkValue(file, place, key);
        layer.insert(key.name, file.at(place));
    }
    return layer;
}

/// A word as the JSON that says it: the kinds that hold texts need no quotes.
QJsonValue valueOf(const PolicyKey &key, const QString &text)
{
    const QString word = text.trimmed();
    switch (key.kind) {
    case PolicyKey::Kind::Level:
    case PolicyKey::Kind::Choice:
        return word.toLower();
    case PolicyKey::Kind::Flag:
        if (word == u"on" || word == u"true" || word == u"yes")
            return true;
        if (word == u"off" || word == u"false" || word == u"no")
            return false;
        return word;
    case PolicyKey::Kind::Text:
        return word == u"none" ? QString(u""_s) : word;
    case PolicyKey::Kind::Number: {
        bool isNumber = false;
        const int number = word.toInt(&isNumber);
        return isNumber ? QJsonValue(number) : QJsonValue(word);
    }
    case PolicyKey::Kind::Freezes:
    case PolicyKey::Kind::OffHours:
        break;
    }
    if (word == u"none" || word == u"off")
        return key.kind == PolicyKey::Kind::Freezes ? QJsonValue(QJsonArray()) : QJsonValue();
    // QJsonDocument reads whole documents only.
    return QJsonDocument::fromJson("[" + word.toUtf8() + "]").array().at(0);
}

QString expectedOf(const PolicyKey &key)
{
    switch (key.kind) {
    case PolicyKey::Kind::Level:
    case PolicyKey::Kind::Choice:
        return PolicyReaderTr::tr("It takes one of: %1.").arg(key.choices.join(u", "_s));
    case PolicyKey::Kind::Number:
        return PolicyReaderTr::tr("It takes a whole number from %1 to %2.").arg(key.least).arg(key.most);
    case PolicyKey::Kind::Flag:
        return PolicyReaderTr::tr("It takes on or off.");
    case PolicyKey::Kind::Text:
        return PolicyReaderTr::tr("It takes a short text, or none.");
    case PolicyKey::Kind::Freezes:
        return PolicyReaderTr::tr(
            "It takes none, or a list such as [{\"days\": [\"fri\"], \"from\": \"15:00\", \"to\": \"24:00\"}] "
            "or [{\"from\": \"2026-12-24\", \"to\": \"2027-01-02\"}].");
    case PolicyKey::Kind::OffHours:
        break;
    }
    return PolicyReaderTr::tr("It takes none, or a window such as {\"from\": \"20:00\", \"to\": \"07:00\", \"zone\": "
                              "\"Europe/Lisbon\"}.");
}

} // namespace

Result<Policy::Layer> readTeamPolicy(const QByteArray &slipwayJson)
{
    if (slipwayJson.trimmed().isEmpty())
        return Policy::Layer();
    ManifestReader file = ManifestReader::parse(kFile, slipwayJson);
    const Policy::Layer layer = file.error() ? Policy::Layer() : readLayer(file);
    if (!file.error())
        return layer;
    return fail(file.error()->kind(), file.error()->message(),
                PolicyReaderTr::tr("The defaults are in force until the line is mended and committed."));
}

Result<QJsonValue> Policy::parse(const QString &name, const QString &text)
{
    const PolicyKey *known = key(name);
    if (!known) {
        QStringList names;
        for (const PolicyKey &one : keys())
            names.append(one.name);
        return fail(Error::Kind::Invalid, PolicyReaderTr::tr("There is no setting “%1”.").arg(name),
                    PolicyReaderTr::tr("The settings are: %1.").arg(names.join(u", "_s)));
    }
    const QJsonValue value = valueOf(*known, text);
    ManifestReader one = ManifestReader::parse(name, QJsonDocument(QJsonObject{{u"value"_s, value}}).toJson());
    checkValue(one, {u"value"_s}, *known);
    const bool isMissing = value.isUndefined() || (value.isNull() && known->kind != PolicyKey::Kind::OffHours);
    if (one.error() || isMissing)
        return fail(Error::Kind::Invalid, PolicyReaderTr::tr("“%1” cannot be “%2”.").arg(name, text),
                    expectedOf(*known));
    return value;
}

} // namespace Slipway
