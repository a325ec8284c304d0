// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jsonshape.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

bool isSha(const QString &text)
{
    static const QRegularExpression sha(u"^[0-9a-f]{40}$"_s);
    return sha.match(text).hasMatch();
}

bool fits(const QJsonValue &value, const QString &kind)
{
    if (kind == u"null")
        return value.isNull();
    if (kind == u"bool")
        return value.isBool();
    if (kind == u"list")
        return value.isArray();
    if (kind == u"int")
        return value.isDouble() && value.toDouble() == static_cast<double>(value.toInteger());
    if (!value.isString())
        return false;
    const QString text = value.toString();
    if (kind == u"sha")
        return isSha(text);
    if (kind == u"iso")
        return text.endsWith(u'Z') && QDateTime::fromString(text, Qt::ISODateWithMs).isValid();
    return kind == u"string" || kind == u"'%1'"_s.arg(text);
}

QString objectProblem(const QJsonValue &value, const QJsonObject &shape, const QString &where)
{
    if (!value.isObject())
        return where + u" is not an object"_s;
    const QJsonObject object = value.toObject();
    for (auto it = shape.begin(); it != shape.end(); ++it) {
        const bool nullable = it.key().endsWith(u'?');
        const QString key = nullable ? it.key().chopped(1) : it.key();
        if (!object.contains(key))
            return u"%1 has no “%2”"_s.arg(where, key);
        if (nullable && object.value(key).isNull())
            continue;
        const QString problem = shapeProblem(object.value(key), it.value(), where + u'.' + key);
        if (!problem.isEmpty())
            return problem;
    }
    return {};
}

} // namespace

QString shapeProblem(const QJsonValue &value, const QJsonValue &shape, const QString &where)
{
    if (shape.isObject())
        return objectProblem(value, shape.toObject(), where);
    if (shape.isArray()) {
        if (!value.isArray())
            return where + u" is not a list"_s;
        const QJsonArray list = value.toArray();
        for (qsizetype i = 0; i < list.size(); ++i) {
            const QString problem = shapeProblem(list.at(i), shape.toArray().first(), u"%1[%2]"_s.arg(where).arg(i));
            if (!problem.isEmpty())
                return problem;
        }
        return {};
    }
    for (const QString &kind : shape.toString().split(u'|')) {
        if (fits(value, kind))
            return {};
    }
    return u"%1 is %2, not %3"_s.arg(
        where, QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact)), shape.toString());
}
