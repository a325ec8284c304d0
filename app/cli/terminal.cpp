// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal.h"

#include <QFile>

#include <cstdio>

#include <sys/ioctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

QLatin1StringView code(Tone tone)
{
    switch (tone) {
    case Tone::Plain:
        break;
    case Tone::Strong:
        return "1"_L1;
    case Tone::Dim:
        return "2"_L1;
    case Tone::Good:
        return "32"_L1;
    case Tone::Busy:
        return "36"_L1;
    case Tone::Warning:
        return "33"_L1;
    case Tone::Bad:
        return "31"_L1;
    }
    return {};
}

bool isUnprintable(QChar c)
{
    const char16_t u = c.unicode();
    return u < 0x20 || (u >= 0x7f && u <= 0x9f) || (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069);
}

int terminalWidth()
{
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

QList<qsizetype> widths(const QList<QList<Cell>> &rows)
{
    QList<qsizetype> result;
    for (const QList<Cell> &row : rows) {
        for (qsizetype column = 0; column < row.size(); ++column) {
            if (column >= result.size())
                result.append(0);
            result[column] = std::max(result.at(column), row.at(column).text.size());
        }
    }
    return result;
}

} // namespace

QString plain(const QString &text)
{
    QString result;
    result.reserve(text.size());
    bool inEscape = false;
    for (const QChar c : text) {
        if (inEscape) {
            // A CSI sequence ends with a letter; anything else after ESC is one character long.
            inEscape = !c.isLetter() && c != u'~';
        } else if (c == u'\x1b') {
            inEscape = true;
        } else if (c == u'\n' || c == u'\t') {
            result += u' ';
        } else if (!isUnprintable(c)) {
            result += c;
        }
    }
    return result;
}

Terminal::Terminal()
{
    if (!::isatty(STDOUT_FILENO))
        return;
    m_width = terminalWidth();
    m_colour = qEnvironmentVariableIsEmpty("NO_COLOR") && qgetenv("TERM") != "dumb";
}

QString Terminal::painted(const QString &text, Tone tone) const
{
    if (!m_colour || tone == Tone::Plain || text.isEmpty())
        return text;
    return u"\x1b[%1m%2\x1b[0m"_s.arg(code(tone), text);
}

void Terminal::write(const QByteArray &bytes, bool toError)
{
    std::FILE *stream = toError ? stderr : stdout;
    const size_t size = static_cast<size_t>(bytes.size());
    if (std::fwrite(bytes.constData(), 1, size, stream) != size && !toError)
        m_broken = true;
}

void Terminal::flush()
{
    if (std::fflush(stdout) != 0)
        m_broken = true;
}

void Terminal::say(const QString &line, Tone tone)
{
    write((painted(plain(line), tone) + u'\n').toUtf8());
}

void Terminal::warn(const QString &line)
{
    flush(); // keeps the order of the two streams where both are the same terminal
    write((plain(line) + u'\n').toUtf8(), true);
}

void Terminal::table(const QList<QList<Cell>> &given)
{
    QList<QList<Cell>> rows = given;
    for (QList<Cell> &row : rows) {
        for (Cell &cell : row)
            cell.text = plain(cell.text);
    }
    const QList<qsizetype> columns = widths(rows);
    for (const QList<Cell> &row : std::as_const(rows)) {
        QString line;
        qsizetype used = 0;
        for (qsizetype i = 0; i < row.size(); ++i) {
            QString text = row.at(i).text;
            const bool last = i + 1 == row.size();
            if (last && m_width > 0 && used + text.size() > m_width)
                text = text.left(std::max<qsizetype>(m_width - used - 1, 1)) + u'…';
            line += painted(text, row.at(i).tone);
            if (!last)
                line += QString(columns.at(i) - text.size() + 2, u' ');
            used += columns.at(i) + 2;
        }
        while (line.endsWith(u' '))
            line.chop(1);
        write((line + u'\n').toUtf8());
    }
}

QString Terminal::ask(const QString &question)
{
    flush();
    write(plain(question).toUtf8() + ' ', true);
    std::fflush(stderr);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly | QIODevice::Text))
        return {};
    const QByteArray line = input.readLine(4096);
    if (line.isEmpty())
        return {};
    QString answer = QString::fromUtf8(line).trimmed();
    return answer.isNull() ? u""_s : answer;
}

} // namespace Slipway::Cli
