// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/logline.h"

#include <QByteArray>
#include <QList>

namespace Slipway::Heroku {

/// Cuts a log stream into lines, however its bytes are split: plain text (one line each) or an event stream ("data: "
/// before each). A value of one stream.
class LogLines
{
public:
    /// What became whole with these bytes. A line of the runtime log has its own time and process; of any other output
    /// (`process` is not empty) the time is `at`.
    explicit LogLines(QString process = {}, QDateTime at = {});
    QList<LogLine> take(const QByteArray &bytes);
    QList<LogLine> rest(); ///< a last line without an end

private:
    std::optional<LogLine> read(QByteArray line) const;

    QString m_process;
    QDateTime m_at;
    QByteArray m_rest;
};

} // namespace Slipway::Heroku
