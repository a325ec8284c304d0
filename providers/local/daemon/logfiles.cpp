// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/logfiles.h"

#include "models/domain/plaintext.h"

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
constexpr qsizetype kMissingKept = 64; ///< files of a cursor that are just being renamed

struct LogFile
{
    QString process;
    QString path;
    QString id; ///< the same after its rotation, and never that of a later file
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

LogKind kindOfProcess(const QString &process)
{
    if (process == u"build")
        return LogKind::Build;
    return process == u"release" ? LogKind::Release : LogKind::Runtime;
}

/// The file's number alone would not do: a rotation frees one, and the next file likes to take just that.
QString idOf(QFile &file)
{
    struct stat info
    {
    };
    if (::fstat(file.handle(), &info) != 0 || !file.seek(0))
        return {};
    return QString::number(info.st_ino) + u' ' + QString::fromLatin1(file.read(kStampLength));
}

QString stampIn(const QString &id)
{
    return id.section(u' ', 1);
}

QList<LogFile> logFiles(const QString &folder)
{
    static const QRegularExpression pattern(u"^(.+)-[0-9]{8}\\.log(\\.[0-9]+)?$"_s);
    QList<LogFile> files;
    const auto names = QDir(folder).entryList(QDir::Files | QDir::NoSymLinks);
    for (const QString &name : names) {
        const auto match = pattern.match(name);
        QFile file(folder + u'/' + name);
        if (!match.hasMatch() || !file.open(QIODevice::ReadOnly))
            continue;
        const LogFile found{match.captured(1), file.fileName(), idOf(file), file.size()};
        const bool twice = std::any_of(files.cbegin(), files.cend(), [&found](const LogFile &f) {
            return f.id == found.id; // renamed while we looked
        });
        if (!twice && !found.id.isEmpty())
            files.append(found);
    }
    // By their first lines: where two files share a moment, the lines of the older one come first.
    std::stable_sort(files.begin(), files.end(),
                     [](const LogFile &a, const LogFile &b) { return stampIn(a.id) < stampIn(b.id); });
    return files;
}

/// Complete lines of a file from `from` on.
void readLines(const LogFile &log, int index, qint64 from, qint64 limit, bool skipFirst, QList<RawLine> &into)
{
    QFile file(log.path);
    if (!file.open(QIODevice::ReadOnly) || idOf(file) != log.id || !file.seek(from))
        return; // renamed since we looked: its turn comes with the next page
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

/// Of a cursor, the files that are not to be seen at the moment, the newest of them: a rotation renames one after the
/// other, and what was read of them must not come again.
QHash<QString, qint64> missing(const QHash<QString, qint64> &offsets, const QList<LogFile> &files)
{
    QHash<QString, qint64> left = offsets;
    left.remove(u"v"_s);
    for (const LogFile &file : files)
        left.remove(file.id);
    QStringList ids = left.keys();
    std::sort(ids.begin(), ids.end(), [](const QString &a, const QString &b) { return stampIn(a) < stampIn(b); });
    for (qsizetype i = 0; i < ids.size() - kMissingKept; ++i)
        left.remove(ids.at(i));
    return left;
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
    files.removeIf([kind](const LogFile &file) { return kindOfProcess(file.process) != kind; });
    QHash<QString, qint64> offsets = readCursor(cursor);
    const bool first = offsets.isEmpty();
    QList<RawLine> lines;
    QByteArray horizon; // of a page: what comes after it waits for the rest of a file that has more than fits on it
    int limiting = -1; // that file
    for (int i = 0; i < files.size(); ++i) {
        const LogFile &file = files.at(i);
        const qint64 from =
            first ? qMax<qint64>(0, file.size - kTailBytes) : qMin(offsets.value(file.id, 0), file.size);
        if (from < file.size)
            readLines(file, i, from, first ? kTailBytes : kPageBytes, first && from > 0, lines);
        const bool more = !first && file.size - from > kPageBytes && !lines.isEmpty() && lines.last().file == i;
        if (more && (horizon.isEmpty() || lines.last().stamp < horizon)) {
            horizon = lines.last().stamp;
            limiting = i;
        }
    }
    if (limiting >= 0)
        lines.removeIf([&](const RawLine &line) { return line.file != limiting && line.stamp >= horizon; });
    std::stable_sort(lines.begin(), lines.end(), [](const RawLine &a, const RawLine &b) { return a.stamp < b.stamp; });
    const qsizetype count = qBound(qsizetype(1), qsizetype(limit), qsizetype(100000));
    if (lines.size() > count)
        lines = first ? lines.mid(lines.size() - count) : lines.mid(0, count);

    QHash<QString, qint64> next = missing(offsets, files);
    for (const LogFile &file : std::as_const(files))
        next.insert(file.id, first ? qint64(0) : qMin(offsets.value(file.id, 0), file.size));
    if (first) { // what the first page leaves out is not asked for again
        for (const LogFile &file : std::as_const(files))
            next.insert(file.id, lines.isEmpty() ? file.size : 0);
        QSet<int> seen;
        for (const RawLine &line : std::as_const(lines))
            seen.insert(line.file);
        for (int i = 0; i < files.size(); ++i) {
            if (!seen.contains(i))
                next.insert(files.at(i).id, files.at(i).size);
        }
    }
    LogPage page;
    for (const RawLine &line : std::as_const(lines)) {
        next.insert(files.at(line.file).id, line.end);
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

} // namespace Slipway
