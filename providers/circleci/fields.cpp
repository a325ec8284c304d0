// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/fields.h"

#include "models/domain/plaintext.h"
#include "providers/circleci/phrases.h"

#include <QStringList>

#include <cmath>

namespace Slipway::CircleCi {

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
                 Phrases::tr("CircleCI's answer about %1 cannot be understood: %2.").arg(m_what, m_problem),
                 Phrases::tr("Try again; if it stays so, Slipway may be too old for CircleCI."));
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

QString Fields::label(const QString &name)
{
    return oneLine(maybeText(name));
}

std::optional<int> Fields::maybeNumber(const QString &name)
{
    const QJsonValue value = find(name);
    if (value.isNull() || value.isUndefined())
        return {};
    const double number = value.toDouble(-1);
    if (!value.isDouble() || number != std::floor(number) || std::abs(number) > 2e9) {
        wrong(name, Phrases::tr("a whole number"));
        return {};
    }
    return int(number);
}

QDateTime Fields::time(const QString &name)
{
    return QDateTime::fromString(maybeText(name), Qt::ISODateWithMs).toUTC();
}

QString oneLine(const QString &text)
{
    constexpr qsizetype kLongest = 300;
    const QString line = plainText(text.toUtf8()).simplified();
    return line.size() > kLongest ? line.left(kLongest - 1) + u'…' : line;
}

} // namespace Slipway::CircleCi
