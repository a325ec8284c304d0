// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/commentcommand.h"

#include "models/domain/json.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

constexpr qsizetype kLongestWords = 80;
const auto kName = u"/slipway"_s;

struct CommentsTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Comments)
};

QString wordOf(HeardComment::Stage stage)
{
    if (stage == HeardComment::Stage::Taken)
        return u"taken"_s;
    return stage == HeardComment::Stage::Begun ? u"begun"_s : u"heard"_s;
}

HeardComment::Stage stageFrom(const QString &word)
{
    if (word == u"taken")
        return HeardComment::Stage::Taken;
    return word == u"begun" ? HeardComment::Stage::Begun : HeardComment::Stage::Heard;
}

QString sentence(QString text)
{
    text = text.trimmed();
    return text.isEmpty() || text.endsWith(u'.') || text.endsWith(u'?') ? text : text + u'.';
}

} // namespace

std::optional<CommentCommand> commandIn(const QString &text)
{
    const QString line = text.section(u'\n', 0, 0);
    if (line.startsWith(u"    ") || line.startsWith(u'\t'))
        return std::nullopt; // code
    const QString words = line.simplified();
    if (words != kName && !words.startsWith(kName + u' '))
        return std::nullopt;
    CommentCommand command{CommentCommand::Kind::Help, words.left(kLongestWords), true};
    const QString asked = words.mid(kName.size() + 1).toLower();
    if (asked == u"clone")
        command.kind = CommentCommand::Kind::Clone;
    else if (asked == u"deploy staging")
        command.kind = CommentCommand::Kind::DeployToStaging;
    else if (asked == u"where")
        command.kind = CommentCommand::Kind::Where;
    else
        command.isKnown = asked.isEmpty() || asked == u"help";
    return command;
}

QString HeardComment::by() const
{
    return u"rule %1 for %2"_s.arg(kCommentsRule, comment.by);
}

QString toNote(const HeardComment &heard)
{
    const QJsonObject json{{u"number"_s, heard.comment.number},       {u"by"_s, heard.comment.by},
                           {u"text"_s, heard.comment.text},           {u"at"_s, toIso(heard.comment.at)},
                           {u"stage"_s, wordOf(heard.stage)},         {u"claim"_s, heard.claim},
                           {u"claimed_at"_s, toIso(heard.claimedAt)}, {u"operation"_s, heard.operation}};
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

std::optional<HeardComment> heardFromNote(const QString &id, const QString &note)
{
    const QJsonObject json = QJsonDocument::fromJson(note.toUtf8()).object();
    if (json.isEmpty())
        return std::nullopt; // one of the notes on how far it has read
    HeardComment heard;
    heard.comment = {id, json.value(u"number"_s).toInt(), json.value(u"by"_s).toString(),
                     json.value(u"text"_s).toString(), fromIso(json.value(u"at"_s).toString())};
    heard.stage = stageFrom(json.value(u"stage"_s).toString());
    heard.claim = json.value(u"claim"_s).toString();
    heard.claimedAt = fromIso(json.value(u"claimed_at"_s).toString());
    heard.operation = json.value(u"operation"_s).toString();
    return heard;
}

bool isLaterId(const QString &id, const QString &than)
{
    return id.size() != than.size() ? id.size() > than.size() : id > than;
}

QString asPlainMarkdown(const QString &text)
{
    QString plain;
    for (const QChar one : text) {
        if (one == u'&')
            plain += u"&amp;"_s;
        else if (one == u'<')
            plain += u"&lt;"_s;
        else if (one == u'@')
            plain += u"@\u200b"_s; // else it would call for everybody who is named
        else if (u"\\[]*_~|!#"_s.contains(one))
            plain += QString(u'\\') + one;
        else
            plain += one;
    }
    return plain;
}

QString CommentWords::help(const CommentCommand &command)
{
    const QString list = CommentsTr::tr("- `/slipway clone` makes a dev environment with this pull request\n"
                                        "- `/slipway deploy staging` takes it on to staging, once its checks hold\n"
                                        "- `/slipway where` tells where it is by now\n"
                                        "\nPeople who may push to this repository are obeyed. The first line counts.");
    if (command.isKnown)
        return list;
    QString words = command.words;
    return CommentsTr::tr("I do not know `%1`. These I know:").arg(words.remove(u'`')) + u"\n\n"_s + list;
}

QString CommentWords::refused(const HeardComment &heard)
{
    QString words = heard.comment.text;
    return CommentsTr::tr(
               "Not done: `%1` is for people who may push to this repository, and %2 may not. Ask one of them.")
        .arg(words.remove(u'`'), asPlainMarkdown(heard.comment.by));
}

QString CommentWords::late(const HeardComment &heard)
{
    QString words = heard.comment.text;
    return CommentsTr::tr("Not done: nobody was there when `%1` was written. Write it again if it still should be.")
        .arg(words.remove(u'`'));
}

QString CommentWords::begun(const CommentCommand &command, int number)
{
    return command.kind == CommentCommand::Kind::Clone
        ? CommentsTr::tr("On it: a dev environment with #%1. It will be told here when it is live.").arg(number)
        : CommentsTr::tr("On it: #%1 to staging. It will be told here when it is live.").arg(number);
}

QString CommentWords::failed(const Error &error)
{
    return CommentsTr::tr("Not done. %1").arg(asPlainMarkdown(error.text()));
}

QString CommentWords::stopped(const Preflight &sheet)
{
    QStringList lines;
    bool blocked = false;
    for (const Check &check : sheet.checks) {
        if (check.result != CheckResult::Block && check.result != CheckResult::Warn)
            continue;
        blocked = blocked || check.result == CheckResult::Block;
        QString line = u"- "_s + asPlainMarkdown(sentence(check.text));
        if (!check.detail.isEmpty())
            line += u' ' + asPlainMarkdown(sentence(check.detail));
        lines.append(line);
    }
    const QString rest = blocked
        ? CommentsTr::tr("Nothing was changed.")
        : CommentsTr::tr("Nothing was changed. Who wants it all the same says why in Slipway.");
    return CommentsTr::tr("Not done: “%1” is stopped by its checks.").arg(asPlainMarkdown(sheet.title)) + u"\n\n"_s
        + lines.join(u'\n') + u"\n\n"_s + rest;
}

QString CommentWords::ended(const Operation &operation, const std::optional<Environment> &environment)
{
    if (operation.state == OperationState::Cancelled)
        return CommentsTr::tr("“%1” was taken back.").arg(asPlainMarkdown(operation.title));
    if (operation.state != OperationState::Live) {
        return CommentsTr::tr("“%1” did not succeed. %2")
            .arg(asPlainMarkdown(operation.title),
                 asPlainMarkdown(operation.error ? operation.error->text() : QString()));
    }
    const QString address = environment ? environment->address.toString(QUrl::FullyEncoded) : QString();
    const bool opens = address.startsWith(u"http");
    return opens ? CommentsTr::tr("`%1` is live: %2").arg(operation.environment, address)
                 : CommentsTr::tr("`%1` is live.").arg(operation.environment);
}

} // namespace Slipway
