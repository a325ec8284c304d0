// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/error.h"

#include "models/domain/enumnames.h"

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr EnumNames<Error::Kind, 15> kErrorKinds{{
    {Error::Kind::Cancelled, "cancelled"},
    {Error::Kind::Network, "network"},
    {Error::Kind::Unauthorized, "unauthorized"},
    {Error::Kind::NotFound, "not_found"},
    {Error::Kind::RateLimited, "rate_limited"},
    {Error::Kind::Server, "server"},
    {Error::Kind::BadPayload, "bad_payload"},
    {Error::Kind::Storage, "storage"},
    {Error::Kind::NoSpace, "no_space"},
    {Error::Kind::Invalid, "invalid"},
    {Error::Kind::Conflict, "conflict"},
    {Error::Kind::Blocked, "blocked"},
    {Error::Kind::Failed, "failed"},
    {Error::Kind::Unsupported, "unsupported"},
    {Error::Kind::SecondFactor, "second_factor"},
}};

} // namespace

Error::Error(Kind kind, QString message, QString remedy, QString detail)
    : m_kind(kind)
    , m_message(std::move(message))
    , m_remedy(std::move(remedy))
    , m_detail(std::move(detail))
{ }

QString Error::text() const
{
    if (m_remedy.isEmpty())
        return m_message;
    if (m_message.isEmpty())
        return m_remedy;
    return m_message + u' ' + m_remedy;
}

QJsonObject Error::toJson() const
{
    QJsonObject json{{u"kind"_s, kindName(m_kind)}, {u"message"_s, m_message}};
    if (!m_remedy.isEmpty())
        json.insert(u"remedy"_s, m_remedy);
    if (!m_detail.isEmpty())
        json.insert(u"detail"_s, m_detail);
    return json;
}

Error Error::fromJson(const QJsonObject &json)
{
    const auto kind = enumValue(kErrorKinds, json.value(u"kind"_s).toString()).value_or(Kind::Failed);
    return Error(kind, json.value(u"message"_s).toString(), json.value(u"remedy"_s).toString(),
                 json.value(u"detail"_s).toString());
}

QString Error::kindName(Kind kind)
{
    return enumName(kErrorKinds, kind);
}

} // namespace Slipway
