// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/marks.h"

#include <QUrl>

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1String kOpening(" [slipway ");
constexpr qsizetype kLongestTitle = 200;

/// The words of the mark: the ticket, then "key=value"; empty when there is none.
QStringList markOf(const QString &description)
{
    const qsizetype at = description.lastIndexOf(kOpening);
    if (at < 0 || !description.endsWith(u']'))
        return {};
    return description.mid(at + kOpening.size()).chopped(1).split(u' ', Qt::SkipEmptyParts);
}

} // namespace

QString operationOf(const QString &ticket)
{
    return ticket.section(u'.', 0, 0);
}

bool isRetry(const QString &ticket)
{
    return ticket.count(u'.') > 1;
}

ConfigValues withoutMarks(const ConfigValues &values)
{
    ConfigValues rest = values;
    rest.removeIf([](const ConfigValues::iterator &value) { return value.key().startsWith(kOwnPrefix); });
    return rest;
}

ConfigValues comparable(const ConfigValues &values)
{
    ConfigValues same = withoutMarks(values);
    for (QString &value : same) {
        const QUrl url(value, QUrl::StrictMode);
        if (url.isValid() && !url.password().isEmpty() && !url.scheme().startsWith(u"http"))
            value = url.scheme();
    }
    return same;
}

QString signedTitle(const Change &change, const QString &ticket)
{
    QString mark = kOpening + ticket;
    const auto add = [&mark](const QString &key, const QString &value) {
        if (!value.isEmpty()) // encoded: no blank and no bracket is left in it
            mark += u' ' + key + u'=' + QString::fromLatin1(QUrl::toPercentEncoding(value, "/"));
    };
    add(u"branch"_s, change.branch);
    add(u"number"_s, change.number ? QString::number(*change.number) : QString());
    add(u"author"_s, change.author);
    return change.title.left(kLongestTitle) + mark + u']';
}

bool isSignedBy(const QString &description, const QString &ticket)
{
    return !ticket.isEmpty() && markOf(description).value(0) == ticket;
}

bool isSignedByStepOf(const QString &description, const QString &ticket)
{
    const QString step = ticket.section(u'.', 0, 1);
    return !step.isEmpty() && markOf(description).value(0).section(u'.', 0, 1) == step;
}

Change describedChange(const QString &description)
{
    Change change;
    change.title = description;
    const QStringList mark = markOf(description);
    if (mark.isEmpty())
        return change;
    change.title = description.left(description.lastIndexOf(kOpening));
    for (const QString &word : mark) {
        const QString value = QUrl::fromPercentEncoding(word.section(u'=', 1).toLatin1());
        if (word.startsWith(u"branch="))
            change.branch = value;
        else if (word.startsWith(u"author="))
            change.author = value;
        else if (bool good = false; word.startsWith(u"number=") && value.toInt(&good) > 0 && good)
            change.number = value.toInt();
    }
    return change;
}

} // namespace Slipway::Heroku
