// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace Slipway::Cli {

/// What a piece of text means; shown as a colour only on a terminal and without NO_COLOR, never instead of words.
enum class Tone { Plain, Strong, Dim, Good, Busy, Warning, Bad };

/// One cell of a table.
struct Cell
{
    QString text; ///< hostile: control characters are taken out before it is shown
    Tone tone = Tone::Plain;
};

/// stdout, stderr and stdin of the command line. Main thread.
class Terminal
{
public:
    Terminal();

    /// One line on stdout or stderr; control characters in it are taken out.
    void say(const QString &line, Tone tone = Tone::Plain);
    void warn(const QString &line);
    /// As it is, nothing added.
    void write(const QByteArray &bytes, bool toError = false);
    void flush();
    /// Rows in aligned columns, two spaces apart; on a terminal the last column is cut at its width.
    void table(const QList<QList<Cell>> &rows);
    /// Asks on stderr, answers the line typed on stdin without its end; a null string at its end.
    QString ask(const QString &question);
    /// Nobody reads stdout any more.
    bool isBroken() const { return m_broken; }

private:
    QString painted(const QString &text, Tone tone) const;
    bool m_colour = false;
    int m_width = 0; ///< columns; 0: not a terminal, nothing is cut
    bool m_broken = false;
};

/// Without control characters, escape sequences and overrides of the writing direction; line ends become spaces.
QString plain(const QString &text);

} // namespace Slipway::Cli
