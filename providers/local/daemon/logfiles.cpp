// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/logfiles.h"

#include <QDateTime>
#include <QDir>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

#include <sys/stat.h>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kTailBytes = 2 * 1024 * 1024; ///< of each file, for the first page
constexpr qint64 kPageBytes = 1024 * 1024; ///< of each file, for a later one
constexpr qsizetype kStampLength = 24; ///< "2026-11-24T03:22:11.123Z"

struct LogFile
{
    QString process;
    QString path;
    QString inode; ///< a rotated file keeps it under another name
    qint64 size = 0;
};

struct RawLine
{
    QByteArray stamp;
    QByteArray text;
    char stream = 'o';
    int file = 0; ///< index in the list of files
    qint64 end = 0; ///< offset after it
};

LogKind kindOf(const QString &process)
{
    if (process == u"build")
        return LogKind::Build;
    return process == u"release" ? LogKind::Release : LogKind::Runtime;
}

QList<LogFile> logFiles(const QString &folder)
{
    static const QRegularExpression pattern(u"^(.+)-[0-9]{8}\\.log(\\.[0-9]+)?$"_s);
    QList<LogFile> files;
    const auto names = QDir(folder).entryList(QDir::Files | QDir::NoSymLinks);
    for (const QString &name : names) {
        const auto match = pattern.match(name);
        struct stat info
        {
        };
        const QString path = folder + u'/' + name;
        if (!match.hasMatch() || ::stat(QFile::encodeName(path).constData(), &info) != 0)
            continue;
        files.append({match.captured(1), path, QString::number(info.st_ino), info.st_size});
    }
    return files;
}

/// Complete lines of a file from `from` on.
void readLines(const LogFile &log, int index, qint64 from, qint64 limit, bool skipFirst, QList<RawLine> &into)
{
    QFile file(log.path);
    if (!file.open(QIODevice::ReadOnly) || !file.seek(from))
        return;
    const QByteArray bytes = file.read(limit);
    qsizetype start = 0;
    if (skipFirst) // a tail begins in the middle of a line
        start = bytes.indexOf('\n') + 1;
    for (qsizetype end = bytes.indexOf('\n', start); end >= 0; start = end + 1, end = bytes.indexOf('\n', start)) {
        const QByteArray line = bytes.mid(start, end - start);
        if (line.size() < kStampLength + 2 || line.at(kStampLength) != ' ')
            continue;
        into.append(
            {line.left(kStampLength), line.mid(kStampLength + 3), line.at(kStampLength + 1), index, from + end + 1});
    }
}

QHash<QString, qint64> readCursor(const QString &cursor)
{
    QHash<QString, qint64> offsets;
    const QByteArray text = QByteArray::fromBase64(cursor.toLatin1(), QByteArray::Base64UrlEncoding);
    const QJsonObject json = QJsonDocument::fromJson(text).object();
    for (auto it = json.begin(); it != json.end(); ++it)
        offsets.insert(it.key(), it.value().toInteger());
    return offsets;
}

QString writeCursor(const QHash<QString, qint64> &offsets)
{
    QJsonObject json;
    json.insert(u"v"_s, 1); // a cursor of no files is a cursor all the same
    for (auto it = offsets.cbegin(); it != offsets.cend(); ++it)
        json.insert(it.key(), it.value());
    return QString::fromLatin1(
        QJsonDocument(json).toJson(QJsonDocument::Compact).toBase64(QByteArray::Base64UrlEncoding));
}

LogLine finished(const RawLine &raw, const QList<LogFile> &files)
{
    LogLine line;
    line.at = QDateTime::fromString(QString::fromLatin1(raw.stamp), Qt::ISODateWithMs);
    line.process = files.at(raw.file).process;
    line.isError = raw.stream == 'e';
    line.text = plainText(raw.text);
    return line;
}

} // namespace

LogPage readLogs(const QString &folder, LogKind kind, const QString &cursor, int limit)
{
    QList<LogFile> files = logFiles(folder);
    files.removeIf([kind](const LogFile &file) { return kindOf(file.process) != kind; });
    QHash<QString, qint64> offsets = readCursor(cursor);
    const bool first = offsets.isEmpty();
    QList<RawLine> lines;
    for (int i = 0; i < files.size(); ++i) {
        const LogFile &file = files.at(i);
        const qint64 from =
            first ? qMax<qint64>(0, file.size - kTailBytes) : qMin(offsets.value(file.inode, 0), file.size);
        if (from < file.size)
            readLines(file, i, from, first ? kTailBytes : kPageBytes, first && from > 0, lines);
    }
    std::stable_sort(lines.begin(), lines.end(), [](const RawLine &a, const RawLine &b) { return a.stamp < b.stamp; });
    const qsizetype count = qBound(qsizetype(1), qsizetype(limit), qsizetype(100000));
    if (lines.size() > count)
        lines = first ? lines.mid(lines.size() - count) : lines.mid(0, count);

    QHash<QString, qint64> next;
    for (const LogFile &file : std::as_const(files))
        next.insert(file.inode, first ? qint64(0) : qMin(offsets.value(file.inode, 0), file.size));
    if (first) { // what the first page leaves out is not asked for again
        for (const LogFile &file : std::as_const(files))
            next.insert(file.inode, lines.isEmpty() ? file.size : 0);
        QSet<int> seen;
        for (const RawLine &line : std::as_const(lines))
            seen.insert(line.file);
        for (int i = 0; i < files.size(); ++i) {
            if (!seen.contains(i))
                next.insert(files.at(i).inode, files.at(i).size);
        }
    }
    LogPage page;
    for (const RawLine &line : std::as_const(lines)) {
        next.insert(files.at(line.file).inode, line.end);
        page.lines.append(finished(line, files));
    }
    page.cursor = writeCursor(next);
    return page;
}

QStringList lastLines(const QString &folder, const QString &process, const QDateTime &since, int limit)
{
    const QByteArray from = since.toUTC().toString(Qt::ISODateWithMs).toLatin1();
    const QList<LogFile> files = logFiles(folder);
    QList<RawLine> lines;
    for (int i = 0; i < files.size(); ++i) {
        if (files.at(i).process == process) {
            const qint64 start = qMax<qint64>(0, files.at(i).size - kTailBytes);
            readLines(files.at(i), i, start, kTailBytes, start > 0, lines);
        }
    }
    lines.removeIf([&](const RawLine &line) { return line.stream == 's' || line.stamp < from; });
    std::stable_sort(lines.begin(), lines.end(), [](const RawLine &a, const RawLine &b) { return a.stamp < b.stamp; });
    QStringList texts;
    for (const RawLine &line : std::as_const(lines))
        texts.append(plainText(line.text));
    return texts.mid(qMax<qsizetype>(0, texts.size() - limit));
}

QString plainText(const QByteArray &text)
{
    // CSI and OSC sequences, then any other escape with its one letter.
    static const QRegularExpression escapes(
        u"\x1b\\[[0-?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(\x07|\x1b\\\\)?|\x1b[ -/]*[0-~]?"_s);
    QString plain = QString::fromUtf8(text);
    if (plain.contains(QChar(0x1b)))
        plain.remove(escapes);
    plain.removeIf([](QChar c) { return c != u'\t' && c.category() == QChar::Other_Control; });
    return plain;
}

void LogWriter::write(const QString &text, char stream)
{
    const QMutexLocker lock(&m_mutex);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString path = u"%1/%2-%3.log"_s.arg(m_folder, m_process, now.toString(u"yyyyMMdd"_s));
    if (m_file.fileName() != path || !m_file.isOpen()) {
        m_file.close();
        m_file.setFileName(path);
        if (!m_file.open(QIODevice::Append | QIODevice::Unbuffered))
            return;
        m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }
    const QByteArray prefix = now.toString(Qt::ISODateWithMs).toLatin1() + ' ' + stream + ' ';
    QByteArray bytes;
    const QList<QByteArray> lines = text.toUtf8().split('\n');
    for (const QByteArray &line : lines)
        bytes += prefix + line + '\n';
    m_file.write(bytes); // a full disk loses log lines, never a deploy
}

} // namespace Slipway
