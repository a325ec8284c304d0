// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace Slipway::CircleCi {

/// Reads what is needed of one JSON object and remembers the first thing that was not as it should be. Names may lead
/// into objects: "vcs.revision". Null is as good as absent: CircleCI leaves out, or sets to null, what is not there
/// yet.
class Fields
{
public:
    /// `what` names the object in the error: "a workflow".
    Fields(QJsonObject object, QString what);

    QString text(const QString &name); ///< must be there, and not empty
    QString maybeText(const QString &name); ///< empty when absent
    QString label(const QString &name); ///< maybeText() for people: one line, no control characters, not too long
    std::optional<int> maybeNumber(const QString &name);
    QDateTime time(const QString &name); ///< UTC; invalid when absent or no time

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
    QString m_problem;
};

/// Text of the service in one line, without control characters, at most 300 characters.
QString oneLine(const QString &text);

} // namespace Slipway::CircleCi
