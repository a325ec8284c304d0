// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/artifact/envfile.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

QString unescaped(const QString &quoted)
{
    QString text;
    for (qsizetype i = 0; i < quoted.size(); ++i) {
        if (quoted.at(i) != u'\\' || i + 1 == quoted.size()) {
            text += quoted.at(i);
            continue;
        }
        const QChar next = quoted.at(++i);
        text += next == u'n' ? QChar(u'\n') : next;
    }
    return text;
}

} // namespace

Result<QMap<QString, QString>> parseEnvFile(const QByteArray &text, const QString &name)
{
    static const QRegularExpression assignment(u"^(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$"_s);
    static const QRegularExpression single(u"^'(.*)'$"_s);
    static const QRegularExpression dual(u"^\"(.*)\"$"_s);
    QMap<QString, QString> variables;
    QByteArray plain = text.startsWith("\xef\xbb\xbf") ? text.mid(3) : text;
    plain.replace("\r\n", "\n");
    const QStringList lines = QString::fromUtf8(plain).split(u'\n');
    for (int i = 0; i < lines.size(); ++i) {
        const QString line = lines.at(i).trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        const auto match = assignment.match(line);
        if (!match.hasMatch()) // the text itself may be a secret: only its place is told
            return fail(Error::Kind::Invalid, u"%1 line %2 is not a variable."_s.arg(name).arg(i + 1),
                        u"Write each line as KEY=VALUE, KEY='VALUE' or KEY=\"VALUE\"."_s);
        const QString value = match.captured(2).trimmed();
        if (const auto quoted = single.match(value); quoted.hasMatch())
            variables.insert(match.captured(1), quoted.captured(1));
        else if (const auto doubled = dual.match(value); doubled.hasMatch())
            variables.insert(match.captured(1), unescaped(doubled.captured(1)));
        else
            variables.insert(match.captured(1), value);
    }
    return variables;
}

Result<QMap<QString, QString>> readEnvFile(const QString &directory)
{
    QFile file(QDir(directory).filePath(u".env"_s));
    if (!file.exists())
        return QMap<QString, QString>();
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error::Kind::Storage, u"%1 cannot be read: %2."_s.arg(file.fileName(), file.errorString()));
    return parseEnvFile(file.readAll(), u".env"_s);
}

} // namespace Slipway
