// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <tl/expected.hpp>

namespace Slipway {

/// Why something could not be done, in words a delivery lead can act on. A value: copy freely between threads.
class Error
{
public:
    enum class Kind {
        Cancelled, ///< the user or a shutdown ended it
        Network, ///< the provider could not be reached
        Unauthorized, ///< no token, or one that is not (or no longer) good
        NotFound, ///< the named thing does not exist
        RateLimited, ///< the provider asks to wait
        Server, ///< the provider failed
        BadPayload, ///< the provider answered something that cannot be understood
        Storage, ///< disk or database
        NoSpace, ///< disk full
        Invalid, ///< the input is wrong: message() names it, remedy() says what is right
        Conflict, ///< taken, busy or changed by somebody else
        Blocked, ///< a check forbids it
        Failed, ///< the application's own build, release phase or process failed; detail() holds its last lines
        Unsupported, ///< this provider cannot do it
        SecondFactor ///< the service wants a code of the account's second factor first
    };

    Error() = default;
    explicit Error(Kind kind, QString message, QString remedy = {}, QString detail = {});

    Kind kind() const { return m_kind; }
    /// One sentence: what happened, naming the input. Plain text, no secrets.
    QString message() const { return m_message; }
    /// One sentence: what to do next. May be empty.
    QString remedy() const { return m_remedy; }
    /// Evidence, several lines at most: the last lines of a log, a compiler's complaint.
    QString detail() const { return m_detail; }
    /// Message and remedy as one paragraph.
    QString text() const;

    QJsonObject toJson() const;
    static Error fromJson(const QJsonObject &json);
    static QString kindName(Kind kind);

    friend bool operator==(const Error &, const Error &) = default;

private:
    Kind m_kind = Kind::Failed;
    QString m_message;
    QString m_remedy;
    QString m_detail;
};

template<typename T> using Result = tl::expected<T, Error>;

/// Shorthand for `return fail(...)` from any function that returns a Result.
inline tl::unexpected<Error> fail(Error::Kind kind, QString message, QString remedy = {}, QString detail = {})
{
    return tl::unexpected<Error>(Error(kind, std::move(message), std::move(remedy), std::move(detail)));
}

} // namespace Slipway
