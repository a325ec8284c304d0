// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/logline.h"
#include "providers/later.h"

#include <QElapsedTimer>
#include <QSet>

#include <deque>
#include <vector>

namespace Slipway::Heroku {

/// The lines of one log as they came in, numbered. What a session tells again after a break is dropped. Account's
/// thread.
class Feed
{
public:
    void add(const QList<LogLine> &lines);
    /// What is added from now on begins with what a new session tells of the past: known lines are dropped, and when
    /// none of them is known a remark says that some in between may be lost.
    void startSession();
    void end(); ///< nothing more will come

    /// What came after number `from`, at most `limit` lines; the cursor is the number of the last one. Lines that were
    /// dropped meanwhile are remarked on.
    LogPage after(qint64 from, int limit) const;
    LogPage last(int limit) const;
    bool hasAfter(qint64 from) const { return m_end > from; }
    bool isEnded() const { return m_ended; }

    /// Settled with true at the next line or at the end.
    Later<bool> news();
    void asked() { m_asked.restart(); }
    bool isForgotten() const; ///< nobody asked for a minute

private:
    void append(const LogLine &line);
    bool isPast(const LogLine &line);
    void wake();

    std::deque<LogLine> m_lines;
    QSet<size_t> m_seen; ///< of m_lines
    qint64 m_end = 0; ///< number of the last line; the first ever is 1
    bool m_ended = false;
    bool m_catchingUp = false;
    bool m_metKnown = false; ///< while catching up
    std::vector<Later<bool>> m_waiting;
    QElapsedTimer m_asked;
};

} // namespace Slipway::Heroku
