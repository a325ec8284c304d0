// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/manifestreader.h"

#include "models/domain/jsonplaces.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

QString keyText(const QStringList &path)
{
    QString text;
    for (const QString &part : path) {
        bool isIndex = false;
        const int index = part.toInt(&isIndex);
        if (isIndex)
            text += u"[%1]"_s.arg(index + 1);
        else
            text += (text.isEmpty() ? QString() : u"."_s) + part;
    }
    return text;
}

/// The known key that starts alike, for a slip of the finger.
QString nearest(const QString &key, const QStringList &known)
{
    QString best;
    int longest = 1;
    for (const QString &candidate : known) {
        int same = 0;
        while (same < key.size() && same < candidate.size() && key.at(same).toLower() == candidate.at(same).toLower())
            ++same;
        if (same > longest) {
            longest = same;
            best = candidate;
        }
    }
    return best;
}

} // namespace

std::optional<ManifestReader> ManifestReader::open(const QString &directory, const QString &fileName)
{
    QFile file(QDir(directory).filePath(fileName));
    if (!file.exists())
        return std::nullopt;
    if (file.open(QIODevice::ReadOnly))
        return parse(fileName, file.readAll());
    ManifestReader reader(fileName);
    reader.m_error = Error(Error::Kind::Storage, u"%1 cannot be read: %2."_s.arg(fileName, file.errorString()));
    return reader;
}

ManifestReader ManifestReader::parse(const QString &fileName, const QByteArray &text)
{
    ManifestReader reader(fileName);
    reader.m_text = text;
    if (reader.m_text.startsWith("\xef\xbb\xbf"))
        reader.m_text.remove(0, 3);
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(reader.m_text, &problem);
    if (problem.error != QJsonParseError::NoError) {
        const int line = lineOfOffset(reader.m_text, problem.offset);
        reader.m_error =
            Error(Error::Kind::Invalid,
                  u"%1 line %2 is not valid JSON: %3."_s.arg(fileName).arg(line).arg(problem.errorString()),
                  u"Mend the line (a missing or trailing comma is the usual cause) and deploy again."_s);
    } else if (!document.isObject()) {
        reader.m_error = Error(Error::Kind::Invalid, u"%1 line 1: the file holds no object."_s.arg(fileName),
                               u"Put its content between { and }."_s);
    }
    reader.m_root = document.object();
    return reader;
}

void ManifestReader::complain(const QStringList &path, const QString &expected)
{
    if (m_error)
        return;
    m_error =
        Error(Error::Kind::Invalid,
              u"%1 line %2: \"%3\" %4."_s.arg(m_fileName).arg(lineOfPath(m_text, path)).arg(keyText(path), expected),
              u"Mend the line, commit it and deploy again."_s);
}

void ManifestReader::onlyKeys(const QStringList &path, const QStringList &known)
{
    const QJsonObject here = path.isEmpty() ? m_root : at(path).toObject();
    const QStringList keys = here.keys();
    for (const QString &key : keys) {
        if (known.contains(key) || key.startsWith(u'$') || key.startsWith("//"_L1))
            continue;
        const QString meant = nearest(key, known);
        complain(path + QStringList{key},
                 meant.isEmpty() ? u"is not known here; known are %1"_s.arg(known.join(u", "_s))
                                 : u"is not known here; did you mean \"%1\"?"_s.arg(meant));
    }
}

QJsonValue ManifestReader::at(const QStringList &path) const
{
    QJsonValue value = m_root;
    for (const QString &part : path)
        value = value.isArray() ? value.toArray().at(part.toInt()) : value.toObject().value(part);
    return value;
}

QString ManifestReader::text(const QStringList &path, const QString &expected)
{
    const QJsonValue value = at(path);
    if (!value.isUndefined() && !value.isString())
        complain(path, u"must be "_s + expected);
    return value.toString().trimmed();
}

QStringList ManifestReader::texts(const QStringList &path, const QString &expected)
{
    const QJsonValue value = at(path);
    if (value.isString())
        return {value.toString()};
    QStringList all;
    const QJsonArray items = array(path, expected);
    for (int i = 0; i < items.size(); ++i)
        all << text(path + QStringList{QString::number(i)}, u"a string"_s);
    return all;
}

QJsonObject ManifestReader::object(const QStringList &path, const QString &expected)
{
    const QJsonValue value = at(path);
    if (!value.isUndefined() && !value.isObject())
        complain(path, u"must be "_s + expected);
    return value.toObject();
}

QJsonArray ManifestReader::array(const QStringList &path, const QString &expected)
{
    const QJsonValue value = at(path);
    if (!value.isUndefined() && !value.isArray())
        complain(path, u"must be "_s + expected);
    return value.toArray();
}

int ManifestReader::number(const QStringList &path, int least, int most, int fallback)
{
    const QJsonValue value = at(path);
    if (value.isUndefined())
        return fallback;
    const double number = value.toDouble(-1e9);
    if (number < least || number > most || number != static_cast<int>(number)) {
        complain(path, u"must be a whole number from %1 to %2"_s.arg(least).arg(most));
        return fallback;
    }
    return static_cast<int>(number);
}

bool ManifestReader::flag(const QStringList &path, bool fallback)
{
    const QJsonValue value = at(path);
    if (!value.isUndefined() && !value.isBool())
        complain(path, u"must be true or false"_s);
    return value.toBool(fallback);
}

QString ManifestReader::choice(const QStringList &path, const QStringList &words)
{
    const QJsonValue value = at(path);
    if (value.isUndefined())
        return words.constFirst();
    if (!value.isString() || !words.contains(value.toString())) {
        complain(path, u"must be one of %1"_s.arg(words.join(u", "_s)));
        return words.constFirst();
    }
    return value.toString();
}

QString ManifestReader::relativePath(const QStringList &path, const QString &below)
{
    const QString given = text(path, u"a path below %1"_s.arg(below));
    const QString clean = QDir::cleanPath(given);
    if (given.isEmpty() || clean.startsWith(u'/') || clean == ".."_L1 || clean.startsWith("../"_L1)
        || clean == "."_L1) {
        complain(path, u"must be a path below %1, without \"..\""_s.arg(below));
        return {};
    }
    return clean;
}

} // namespace Slipway
