// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QDateTime>
#include <QJsonObject>
#include <QUrl>

#include <optional>

namespace Slipway {

/// Reads what is needed of one JSON object and remembers the first thing that was not as it should be. Names may lead
/// into objects: "slug.id". Null is as good as absent.
class Fields
{
public:
    struct Service
    {
        QString name; ///< as people call it, for errors
        double largest = 1e9; ///< a number over this is none
    };
    /// `what` names the object in the error: "a release".
    Fields(QJsonObject object, QString what, Service service);

    QString text(const QString &name); ///< must be there, and not empty
    QString maybeText(const QString &name); ///< empty when absent
    int number(const QString &name); ///< must be there, whole
    std::optional<int> maybeNumber(const QString &name);
    bool flag(const QString &name); ///< false when absent
    QDateTime time(const QString &name); ///< UTC; invalid when absent
    QDateTime maybeTime(const QString &name); ///< UTC; invalid when absent or no time
    QUrl webAddress(const QString &name); ///< http or https; empty when absent or anything else

    /// The value unless something was wrong; BadPayload names the object and the field.
    template<typename T> Result<T> take(T value) const
    {
        if (m_problem.isEmpty())
            return value;
        return tl::unexpected(problem());
    }

private:
    QJsonValue find(const QString &name) const;
    void wrong(const QString &name, const QString &wanted);
    Error problem() const;

    QJsonObject m_object;
    QString m_what;
    Service m_service;
    QString m_problem;
};

} // namespace Slipway
