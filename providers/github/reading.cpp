// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/reading.h"

#include "models/domain/plaintext.h"

#include <QRegularExpression>
#include <QStringList>

#include <cmath>

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

/// Marks, embeddings, overrides and isolates of the bidirectional algorithm: they make a text look like another one.
bool turnsAround(QChar c)
{
    const char16_t code = c.unicode();
    return code == 0x061c || code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e)
        || (code >= 0x2066 && code <= 0x2069);
}

QString straight(QString text)
{
    text.removeIf(turnsAround);
    return text;
}

} // namespace

QJsonValue valueAt(const QJsonObject &object, const QString &path)
{
    QJsonValue value = object;
    const QStringList parts = path.split(u'.');
    for (const QString &part : parts)
        value = value.toObject().value(part);
    return value;
}

QJsonObject objectAt(const QJsonObject &object, const QString &path)
{
    return valueAt(object, path).toObject();
}

QJsonArray arrayAt(const QJsonObject &object, const QString &path)
{
    return valueAt(object, path).toArray();
}

QString textAt(const QJsonObject &object, const QString &path)
{
    return valueAt(object, path).toString();
}

QString lineAt(const QJsonObject &object, const QString &path)
{
    return oneLine(textAt(object, path));
}

QString shaAt(const QJsonObject &object, const QString &path)
{
    const QString sha = textAt(object, path);
    return isFullSha(sha) ? sha : QString();
}

std::optional<int> numberAt(const QJsonObject &object, const QString &path)
{
    const QJsonValue value = valueAt(object, path);
    const double number = value.toDouble(-1);
    if (!value.isDouble() || number != std::floor(number) || number < 0 || number > 2e9)
        return {};
    return int(number);
}

QString idAt(const QJsonObject &object, const QString &path)
{
    const QJsonValue value = valueAt(object, path);
    const qint64 number = value.toInteger(-1);
    return value.isDouble() && number >= 0 ? QString::number(number) : QString();
}

bool flagAt(const QJsonObject &object, const QString &path)
{
    return valueAt(object, path).toBool();
}

QDateTime timeAt(const QJsonObject &object, const QString &path)
{
    return QDateTime::fromString(textAt(object, path), Qt::ISODateWithMs).toUTC();
}

QUrl webAddressAt(const QJsonObject &object, const QString &path)
{
    const QUrl url(textAt(object, path), QUrl::StrictMode);
    return url.scheme() == u"https" || url.scheme() == u"http" ? url : QUrl();
}

QString oneLine(const QString &text)
{
    QString line = text;
    line.replace(u'\n', u' ').replace(u'\r', u' ');
    return straight(plainText(line.toUtf8())).simplified();
}

QString severalLines(const QString &text)
{
    QStringList lines = text.split(u'\n');
    for (QString &line : lines)
        line = straight(plainText(line.toUtf8()));
    return lines.join(u'\n').trimmed();
}

bool isFullSha(const QString &text)
{
    static const QRegularExpression sha(u"\\A(?:[0-9a-f]{40}|[0-9a-f]{64})\\z"_s);
    return sha.match(text).hasMatch();
}

QString loginAt(const QJsonObject &object, const QString &path)
{
    const QString login = lineAt(object, path + u".login"_s);
    return login.isEmpty() ? u"ghost"_s : login;
}

} // namespace Slipway::GitHub
