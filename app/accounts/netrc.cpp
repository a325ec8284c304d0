// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/accounts/netrc.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

struct NetrcTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Netrc)
};

constexpr qint64 kMaxBytes = 256 * 1024; ///< a netrc file is a page at most; whatever is larger is something else

struct Word
{
    QString text;
    int line = 0;
};

/// The words outside comments and macros. A macro goes on to the next empty line.
QList<Word> wordsOf(const QString &text)
{
    QList<Word> words;
    const QStringList lines = text.split(u'\n');
    bool inMacro = false;
    for (qsizetype at = 0; at < lines.size(); ++at) {
        const QStringList parts = lines.at(at).simplified().split(u' ', Qt::SkipEmptyParts);
        if (inMacro && !parts.isEmpty())
            continue;
        inMacro = false;
        for (const QString &part : parts) {
            // A password may begin with #: only where a key may stand does it begin a comment.
            const bool valueFollows = !words.isEmpty()
                && QStringList{u"machine"_s, u"login"_s, u"password"_s, u"account"_s}.contains(words.last().text)
                && words.last().line == int(at) + 1;
            if (part.startsWith(u'#') && !valueFollows)
                break;
            if (part == u"macdef" && !valueFollows) {
                inMacro = true;
                break;
            }
            words.append({part, int(at) + 1});
        }
    }
    return words;
}

tl::unexpected<Error> malformed(const QString &file, int line, const QString &what)
{
    return fail(
        Error::Kind::Invalid, NetrcTr::tr("%1, line %2: %3").arg(file).arg(line).arg(what),
        NetrcTr::tr("An entry is “machine NAME login NAME password WORD”. Mend that line, or log in again with the "
                    "service's own command line."));
}

} // namespace

Result<QString> netrcPassword(const QString &text, const QString &machine, const QString &file)
{
    const QList<Word> words = wordsOf(text);
    const QString none;
    QString current = none; // the machine that the next keys belong to
    int found = 0; // line of the machine's entry
    QString password;
    for (qsizetype at = 0; at < words.size(); ++at) {
        const Word &key = words.at(at);
        if (key.text == u"default") {
            current = none;
            continue;
        }
        const bool takesValue = key.text == u"machine" || key.text == u"login" || key.text == u"password"
            || key.text == u"account" || key.text == u"method";
        if (!takesValue)
            return malformed(file, key.line, NetrcTr::tr("there is a word that no entry begins or goes on with."));
        if (at + 1 >= words.size())
            return malformed(file, key.line, NetrcTr::tr("nothing follows “%1”.").arg(key.text));
        const Word &value = words.at(++at);
        if (key.text == u"machine") {
            current = value.text;
            if (current == machine && !found)
                found = key.line;
            else if (current == machine)
                current = none; // the first one counts
        } else if (key.text == u"password" && !current.isNull() && current == machine) {
            password = value.text;
        }
    }
    if (!found) {
        return fail(Error::Kind::NotFound, NetrcTr::tr("%1 has no login for %2.").arg(file, machine),
                    NetrcTr::tr("Log in with the service's own command line first, or give the token itself."));
    }
    if (password.isEmpty())
        return malformed(file, found, NetrcTr::tr("the entry of %1 has no password.").arg(machine));
    return password;
}

Result<QString> netrcLogin(const QString &machine)
{
    const QString name = u"~/.netrc"_s;
    QFile file(QDir::home().filePath(u".netrc"_s));
    if (QFile::exists(file.fileName() + u".gpg"_s)) {
        return fail(Error::Kind::Unsupported, NetrcTr::tr("%1.gpg is encrypted.").arg(name),
                    NetrcTr::tr("Give the token itself."));
    }
    if (!file.exists()) {
        return fail(Error::Kind::NotFound, NetrcTr::tr("There is no %1.").arg(name),
                    NetrcTr::tr("Log in with the service's own command line first, or give the token itself."));
    }
    if (!file.open(QIODevice::ReadOnly) || file.size() > kMaxBytes) {
        return fail(Error::Kind::Storage, NetrcTr::tr("%1 cannot be read.").arg(name),
                    NetrcTr::tr("Make it a file of your own that you may read."));
    }
    return netrcPassword(QString::fromUtf8(file.read(kMaxBytes)), machine, name);
}

} // namespace Slipway
