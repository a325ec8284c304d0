// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/activity/activityexport.h"

#include "models/domain/json.h"

#include <QJsonArray>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QByteArray field(QString text)
{
    static const auto formula = u"=+-@\t\r"_s; // what a cell begins with that is computed when it is opened
    if (!text.isEmpty() && formula.contains(text.front()))
        text.prepend(u'\'');
    const bool quoted = std::any_of(text.cbegin(), text.cend(),
                                    [](QChar c) { return c == u'"' || c == u',' || c == u'\n' || c == u'\r'; });
    if (quoted)
        text = u'"' + text.replace(u'"', u"\"\""_s) + u'"';
    return text.toUtf8();
}

QByteArray line(const QStringList &fields)
{
    QByteArrayList written;
    written.reserve(fields.size());
    for (const QString &one : fields)
        written.append(field(one));
    return written.join(',') + "\r\n";
}

} // namespace

QByteArray activityAsCsv(const QList<ActivityEntry> &entries)
{
    QByteArray csv =
        line({u"id"_s, u"at"_s, u"by"_s, u"pipeline"_s, u"environment"_s, u"kind"_s, u"text"_s, u"from"_s, u"to"_s,
              u"version"_s, u"reason"_s, u"overridden"_s, u"result"_s, u"duration_ms"_s, u"operation"_s});
    for (const ActivityEntry &entry : entries) {
        csv +=
            line({QString::number(entry.id), toIso(entry.at), entry.by, entry.pipeline, entry.environment, entry.kind,
                  entry.text, entry.from, entry.to, entry.version, entry.reason, entry.overridden.join(u"; "_s),
                  entry.result, entry.durationMs < 0 ? QString() : QString::number(entry.durationMs), entry.operation});
    }
    return csv;
}

QJsonObject activityDocument(const ActivityEntry &entry)
{
    return {{u"id"_s, entry.id},
            {u"at"_s, orNull(toIso(entry.at))},
            {u"by"_s, orNull(entry.by)},
            {u"pipeline"_s, orNull(entry.pipeline)},
            {u"environment"_s, orNull(entry.environment)},
            {u"kind"_s, entry.kind},
            {u"text"_s, entry.text},
            {u"from"_s, orNull(entry.from)},
            {u"to"_s, orNull(entry.to)},
            {u"version"_s, orNull(entry.version)},
            {u"reason"_s, orNull(entry.reason)},
            {u"overridden"_s, QJsonArray::fromStringList(entry.overridden)},
            {u"result"_s, orNull(entry.result)},
            {u"duration_ms"_s, entry.durationMs < 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(entry.durationMs)},
            {u"operation"_s, orNull(entry.operation)}};
}

} // namespace Slipway
