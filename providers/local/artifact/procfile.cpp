// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/artifact/procfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

constexpr qsizetype kLongestName = 63; ///< the type becomes part of names of logs and variables

Error badLine(int line, const QString &text, const QString &why)
{
    const QString shown = text.size() > 60 ? text.left(57) + u"..."_s : text;
    return Error(Error::Kind::Invalid, u"Procfile line %1 %2: \"%3\"."_s.arg(line).arg(why, shown),
                 u"Write each line as \"name: command\", for example \"web: npm start\", and deploy again."_s);
}

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(1024 * 1024) : QByteArray();
}

QString nodeCommand(const QDir &directory)
{
    const QJsonObject package = QJsonDocument::fromJson(contentsOf(directory.filePath(u"package.json"_s))).object();
    if (package.value("scripts"_L1).toObject().contains("start"_L1))
        return u"npm start"_s;
    for (const QString &name : {package.value("main"_L1).toString(), u"server.js"_s, u"index.js"_s, u"app.js"_s}) {
        if (!name.isEmpty() && directory.exists(name))
            return u"node "_s + name;
    }
    return {};
}

} // namespace

const ProcfileEntry *Procfile::find(const QString &type) const
{
    for (const ProcfileEntry &entry : entries) {
        if (entry.type == type)
            return &entry;
    }
    return nullptr;
}

QList<ProcfileEntry> Procfile::processes() const
{
    QList<ProcfileEntry> found;
    for (const ProcfileEntry &entry : entries) {
        if (entry.type != "release"_L1)
            found << entry;
    }
    return found;
}

Result<Procfile> Procfile::parse(const QByteArray &text)
{
    static const QRegularExpression pattern(u"^([A-Za-z0-9_-]+):[ \\t]*(.*)$"_s);
    Procfile procfile;
    QByteArray plain = text.startsWith("\xef\xbb\xbf") ? text.mid(3) : text;
    plain.replace("\r\n", "\n").replace('\r', '\n');
    const QStringList lines = QString::fromUtf8(plain).split(u'\n');
    for (int i = 0; i < lines.size(); ++i) {
        const QString line = lines.at(i).trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        const auto match = pattern.match(line);
        if (!match.hasMatch())
            return tl::unexpected(badLine(i + 1, line, u"is not an entry"_s));
        const ProcfileEntry entry{match.captured(1), match.captured(2).trimmed(), i + 1};
        if (entry.type.size() > kLongestName)
            return tl::unexpected(badLine(i + 1, line, u"has a name of more than 63 characters"_s));
        if (entry.command.isEmpty())
            return tl::unexpected(badLine(i + 1, line, u"has no command"_s));
        if (const ProcfileEntry *first = procfile.find(entry.type))
            return tl::unexpected(
                badLine(i + 1, line, u"names \"%1\" again, after line %2"_s.arg(entry.type).arg(first->line)));
        procfile.entries << entry;
    }
    if (procfile.processes().isEmpty())
        return fail(Error::Kind::Invalid, u"The Procfile names no process to run."_s,
                    u"Add a line such as \"web: npm start\" and deploy again."_s);
    return procfile;
}

Result<Procfile> Procfile::read(const QString &directory)
{
    QFile file(QDir(directory).filePath(u"Procfile"_s));
    if (!file.exists()) {
        const QStringList offers = suggestedProcfile(directory);
        const QString remedy = offers.isEmpty()
            ? u"Add a file named Procfile at the root of the repository with a line such as \"web: npm start\", commit "
              "it and deploy again."_s
            : u"Add a file named Procfile at the root of the repository, commit it and deploy again. What is there "
              "looks as if this would do: %1"_s.arg(offers.join(u"; "_s));
        return fail(Error::Kind::NotFound, u"The application has no Procfile, so Slipway does not know what to run."_s,
                    remedy, offers.join(u'\n'));
    }
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error::Kind::Storage, u"The Procfile cannot be read: %1."_s.arg(file.errorString()));
    return parse(file.read(1024 * 1024));
}

QStringList suggestedProcfile(const QString &directory)
{
    const QDir dir(directory);
    QStringList lines;
    if (dir.exists(u"bin/rails"_s))
        lines << u"web: bin/rails server -b 127.0.0.1 -p $PORT"_s << u"release: bin/rails db:migrate"_s;
    else if (dir.exists(u"manage.py"_s))
        lines << u"web: python3 manage.py runserver 127.0.0.1:$PORT --noreload"_s
              << u"release: python3 manage.py migrate --noinput"_s;
    else if (const QString node = nodeCommand(dir); !node.isEmpty())
        lines << u"web: "_s + node;
    else if (dir.exists(u"config.ru"_s))
        lines << u"web: bundle exec rackup -o 127.0.0.1 -p $PORT"_s;
    else if (dir.exists(u"app.py"_s) || dir.exists(u"main.py"_s))
        lines << u"web: python3 %1"_s.arg(dir.exists(u"app.py"_s) ? u"app.py"_s : u"main.py"_s);
    else if (dir.exists(u"go.mod"_s))
        lines << u"web: go run ."_s;
    else if (dir.exists(u"index.html"_s))
        lines << u"web: python3 -m http.server --bind 127.0.0.1 $PORT"_s;
    return lines;
}

} // namespace Slipway
