// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/http/fields.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

struct Phrases
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Fields)
};

} // namespace

Fields::Fields(QJsonObject object, QString what, Service service)
    : m_object(std::move(object))
    , m_what(std::move(what))
    , m_service(std::move(service))
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
                 Phrases::tr("%1's answer about %2 cannot be understood: %3.").arg(m_service.name, m_what, m_problem),
                 Phrases::tr("Try again; if it stays so, Slipway may be too old for %1.").arg(m_service.name));
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
    if (!value.isDouble() || number != std::floor(number) || std::abs(number) > m_service.largest) {
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
    const QDateTime time = maybeTime(name);
    if (!maybeText(name).isEmpty() && !time.isValid())
        wrong(name, Phrases::tr("a time"));
    return time;
}

QDateTime Fields::maybeTime(const QString &name)
{
    return QDateTime::fromString(maybeText(name), Qt::ISODateWithMs).toUTC();
}

QUrl Fields::webAddress(const QString &name)
{
    const QUrl url(maybeText(name), QUrl::StrictMode);
    return url.scheme() == u"https" || url.scheme() == u"http" ? url : QUrl();
}

} // namespace Slipway
