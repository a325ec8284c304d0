// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operation.h"
#include "models/domain/preflight.h"
#include "models/domain/team.h"

/// The rule that obeys comments on pull requests, as far as it is words.
namespace Slipway {

inline constexpr QLatin1String kCommentsRule("comments"); ///< its notes are under this name

/// What a comment asks for.
struct CommentCommand
{
    enum class Kind { Clone, DeployToStaging, Where, Help };
    Kind kind = Kind::Help;
    QString words; ///< as they were written: "/slipway clone"
    bool isKnown = true; ///< false: Help, for nobody knows what was meant
};

/// Nothing when it is only talk. The first line alone counts, and only one that begins with the command: neither a
/// quotation nor code does.
std::optional<CommentCommand> commandIn(const QString &text);

/// A comment that is being answered, as the rule notes it for itself.
struct HeardComment
{
    enum class Stage {
        Heard, ///< it was not looked at yet, or its answer was not taken on, or that is not known
        Taken, ///< this desktop's alone: "On it" stands there; its operation may have been begun
        Begun ///< `operation` runs, or has ended
    };
    Comment comment; ///< its text is the first line alone
    Stage stage = Stage::Heard;
    QString claim; ///< who takes the answer on: this desktop, in words that nobody else has
    QDateTime claimedAt; ///< UTC
    QString operation;
    QString by() const; ///< in Activity: "rule comments for grace"
};
QString toNote(const HeardComment &heard);
std::optional<HeardComment> heardFromNote(const QString &id, const QString &note);
/// Ids of comments grow with time.
bool isLaterId(const QString &id, const QString &than);

/// Text that anybody may have had a hand in, for a comment: it mentions nobody and is nothing but text.
QString asPlainMarkdown(const QString &text);

/// The answers. GitHub shows them as Markdown.
class CommentWords
{
public:
    static QString help(const CommentCommand &command);
    static QString refused(const HeardComment &heard);
    static QString late(const HeardComment &heard);
    static QString begun(const CommentCommand &command, int number);
    static QString failed(const Error &error);
    static QString stopped(const Preflight &sheet); ///< by its checks, each with its sentence
    static QString ended(const Operation &operation, const std::optional<Environment> &environment);
};

} // namespace Slipway
