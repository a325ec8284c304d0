// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/fields.h"

#include "providers/heroku/phrases.h"

#include <QStringList>

#include <cmath>

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

Fields::Fields(QJsonObject object, QString what)
    : m_object(std::move(object))
    , m_what(std::move(what))
{ }

QJsonValue Fields::find(const QString &name) const
{
    QJsonValue value = m_object;
    const QStringList parts = name.split(u'.');
    for (const QString &part : parts)
        value = value.toObject().value(part);
    return value;
}

void Fields::wrong(const QString &name, const QString &wanted)
{
    if (m_problem.isEmpty())
        m_problem = Phrases::tr("“%1” should be %2").arg(name, wanted);
}

Error Fields::problem() const
{
    return Error(Error::Kind::BadPayload,
                 Phrases::tr("Heroku's answer about %1 cannot be understood: %2.").arg(m_what, m_problem),
                 Phrases::tr("Try again; if it stays so, Slipway may be too old for Heroku."));
}

QString Fields::text(const QString &name)
{
    const QString value = maybeText(name);
    if (value.isEmpty())
        wrong(name, Phrases::tr("a text"));
    return value;
}

QString Fields::maybeText(const QString &name)
{
    const QJsonValue value = find(name);
    if (!value.isString() && !value.isNull() && !value.isUndefined())
        wrong(name, Phrases::tr("a text"));
    return value.toString();
}

int Fields::number(const QString &name)
{
    const auto value = maybeNumber(name);
    if (!value)
        wrong(name, Phrases::tr("a whole number"));
    return value.value_or(0);
}

std::optional<int> Fields::maybeNumber(const QString &name)
{
    const QJsonValue value = find(name);
    if (value.isNull() || value.isUndefined())
        return {};
    const double number = value.toDouble(-1);
    if (!value.isDouble() || number != std::floor(number) || std::abs(number) > 1e9) {
        wrong(name, Phrases::tr("a whole number"));
        return {};
    }
    return int(number);
}

bool Fields::flag(const QString &name)
{
    const QJsonValue value = find(name);
    if (!value.isBool() && !value.isNull() && !value.isUndefined())
        wrong(name, Phrases::tr("true or false"));
    return value.toBool();
}

QDateTime Fields::time(const QString &name)
{
    const QString text = maybeText(name);
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!text.isEmpty() && !time.isValid())
        wrong(name, Phrases::tr("a time"));
    return time.toUTC();
}

QUrl Fields::webAddress(const QString &name)
{
    const QUrl url(maybeText(name), QUrl::StrictMode);
    return url.scheme() == u"https" || url.scheme() == u"http" ? url : QUrl();
}

} // namespace Slipway::Heroku
