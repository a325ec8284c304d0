// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/comments.h"

#include "app/operations/commentcommand.h"
#include "app/operations/observation.h"
#include "app/operations/changeplaces.h"
#include "app/preflight/preflightcheck.h"
#include "models/domain/json.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

using Comments = QList<Comment>;
using Reached = HeardComment::Stage;

const auto kListening = u"*"_s; ///< the note that says since when the rule watches
const auto kRead = u"read"_s; ///< the note that says how far: time and id of the last comment
constexpr qsizetype kMostAtOnce = 20; ///< commands that are looked at in one call: each costs some ten requests
constexpr qint64 kLate = 3600; ///< seconds after which nobody expects any more that a command is carried out
constexpr qsizetype kLongestLine = 200; ///< characters of it that are kept

void keep(const StepContext &c, const HeardComment &heard)
{
    std::ignore = c.store->noteRule(c.pipeline.name, kCommentsRule, heard.comment.id, toNote(heard));
}

void forget(const StepContext &c, const HeardComment &heard)
{
    std::ignore = c.store->noteRule(c.pipeline.name, kCommentsRule, heard.comment.id, {});
}

/// What an operation does not record by itself.
void record(const StepContext &c, const HeardComment &heard, const QString &result)
{
    ActivityEntry entry;
    entry.at = QDateTime::currentDateTimeUtc();
    entry.by = heard.by();
    entry.pipeline = c.pipeline.name;
    entry.kind = u"comment"_s;
    entry.text =
        QObject::tr("%1 wrote “%2” on #%3").arg(heard.comment.by, heard.comment.text).arg(heard.comment.number);
    entry.result = result;
    if (const auto recorded = c.store->record(entry))
        c.wrote(*recorded);
}

/// Asking again would not help.
bool isFinal(const Error &error)
{
    using Kind = Error::Kind;
    return error.kind() == Kind::Invalid || error.kind() == Kind::NotFound || error.kind() == Kind::Unsupported
        || error.kind() == Kind::Blocked;
}

QList<HeardComment> heardSoFar(const StepContext &c)
{
    QList<HeardComment> all;
    const auto notes = c.store->ruleNotes(c.pipeline.name, kCommentsRule);
    for (auto note = notes.cbegin(); note != notes.cend(); ++note) {
        if (const auto heard = heardFromNote(note.key(), note.value()))
            all.append(*heard);
    }
    std::sort(all.begin(), all.end(),
              [](const HeardComment &a, const HeardComment &b) { return isLaterId(b.comment.id, a.comment.id); });
    return all;
}

/// What is new is noted first, then how far was read.
void take(const StepContext &c, const Comments &comments, const QDateTime &begun, const QString &read)
{
    QString last = read;
    QDateTime lastAt;
    for (const Comment &comment : comments) {
        if (!isLaterId(comment.id, last))
            continue; // known; perhaps edited since
        last = comment.id;
        lastAt = comment.at;
        const auto command = commandIn(comment.text);
        if (!command || comment.at.toSecsSinceEpoch() < begun.toSecsSinceEpoch())
            continue;
        HeardComment heard;
        heard.comment = comment;
        heard.comment.text = command->words.left(kLongestLine);
        keep(c, heard);
    }
    if (lastAt.isValid())
        std::ignore = c.store->noteRule(c.pipeline.name, kCommentsRule, kRead, toIso(lastAt) + u' ' + last);
}

Task<void> listen(StepContext c, QDateTime begun)
{
    const QString read = c.store->ruleNotes(c.pipeline.name, kCommentsRule).value(kRead);
    const QDateTime last = fromIso(read.section(u' ', 0, 0));
    const QDateTime since = last.isValid() ? last : begun;
    const std::function<Task<Comments>(TeamProvider &)> ask =
        [id = sourceOf(c.pipeline).id, since](TeamProvider &team) { return team.comments(id, since); };
    const auto comments = co_await onTeam<Comments>(c, ask);
    if (!comments)
        co_return Result<void>(tl::unexpect, comments.error());
    take(c, *comments, begun, read.section(u' ', 1, 1));
    co_return Result<void>();
}

Task<void> answer(StepContext c, HeardComment heard, QString text)
{
    const std::function<Task<void>(TeamProvider &)> say = [id = sourceOf(c.pipeline).id, comment = heard.comment,
                                                           text](TeamProvider &team) {
        return team.answer(id, comment.number, comment.id, text);
    };
    Result<void> said = co_await onTeam<void>(c, say);
    co_return said;
}

QString claimName(const HeardComment &heard)
{
    return u"comment."_s + heard.comment.id; // no pipeline has a name with a dot
}

Hold claimOf(const HeardComment &heard)
{
    return Hold{heard.claim, QObject::tr("answers a comment on #%1").arg(heard.comment.number), heard.claimedAt, {}};
}

Task<void> giveBack(StepContext c, HeardComment heard)
{
    const std::function<Task<void>(TeamProvider &)> give = [id = sourceOf(c.pipeline).id, name = claimName(heard),
                                                            hold = claimOf(heard)](TeamProvider &team) {
        return team.releaseHold(id, name, hold);
    };
    Result<void> given = co_await onTeam<void>(c, give);
    co_return given;
}

/// True: the answer is this desktop's to give, and nobody has given it. False: it is not, or not any more.
Task<bool> takeOn(StepContext c, HeardComment heard)
{
    const QString id = sourceOf(c.pipeline).id;
    const std::function<Task<void>(TeamProvider &)> claim = [id, name = claimName(heard),
                                                             hold = claimOf(heard)](TeamProvider &team) {
        return team.takeHold(id, name, hold, std::nullopt);
    };
    const auto taken = co_await onTeam<void>(c, claim);
    if (!taken && taken.error().kind() == Error::Kind::Conflict)
        co_return Result<bool>(false);
    if (!taken)
        co_return Result<bool>(tl::unexpect, taken.error());
    const std::function<Task<bool>(TeamProvider &)> look = [id, comment = heard.comment](TeamProvider &team) {
        return team.wasAnswered(id, comment.number, comment.id);
    };
    const auto answered = co_await onTeam<bool>(c, look);
    if (!answered)
        co_return Result<bool>(tl::unexpect, answered.error());
    if (*answered) {
        const auto given = co_await giveBack(c, heard);
        std::ignore = given; // it stands in nobody's way
    }
    co_return Result<bool>(!*answered);
}

/// Says the last word, which is then recorded.
Task<void> close(StepContext c, HeardComment heard, QString text, QString result)
{
    const auto said = co_await answer(c, heard, text);
    if (!said && !isFinal(said.error()))
        co_return said;
    forget(c, heard);
    if (!result.isEmpty())
        record(c, heard, said ? result : QObject::tr("not answered: %1").arg(said.error().text()));
    if (heard.stage == Reached::Heard) {
        const auto given = co_await giveBack(c, heard);
        std::ignore = given;
    }
    co_return Result<void>();
}

/// The dev environment that carries the pull request, to staging.
Result<Preflight> staging(const StepContext &c, const HeardComment &heard)
{
    const BoardReader reader(*c.cache, *c.store);
    const int number = heard.comment.number;
    const QList<Change> changes = c.cache->changes(c.pipeline.name);
    const auto change =
        std::find_if(changes.cbegin(), changes.cend(), [number](const Change &one) { return one.number == number; });
    if (change == changes.cend())
        return fail(Error::Kind::NotFound, QObject::tr("#%1 is not open.").arg(number));
    const auto carrier = reader.environmentOf(c.pipeline.name, *change);
    if (!carrier) {
        return fail(Error::Kind::NotFound, QObject::tr("No dev environment carries #%1.").arg(number),
                    QObject::tr("Write “/slipway clone” to get one, try it, and accept it there."));
    }
    PromoteIntent promote;
    promote.pipeline = c.pipeline.name;
    promote.from = carrier->name;
    promote.shutDownAfter = true;
    return preflightFor(reader, promote, heard.by(), QDateTime::currentDateTimeUtc());
}

struct Begun
{
    QString operation; ///< empty: it was not begun
    QString refusal; ///< why not
    bool later = false; ///< not now: Slipway is closing
};

/// One that was begun before this process crashed is not begun again.
QString begunBefore(const StepContext &c, const HeardComment &heard)
{
    const QList<Operation> operations = c.store->operations(c.pipeline.name);
    for (const Operation &operation : operations) {
        if (operation.by == heard.by() && operation.requestedAt >= heard.claimedAt)
            return operation.id;
    }
    return {};
}

Begun begin(const StepContext &c, const StartOperation &start, const HeardComment &heard, CommentCommand::Kind kind)
{
    Intent intent;
    if (kind == CommentCommand::Kind::Clone) {
        CloneIntent clone;
        clone.pipeline = c.pipeline.name;
        clone.code.change = u'#' + QString::number(heard.comment.number);
        intent = clone;
    } else {
        const auto sheet = staging(c, heard);
        if (!sheet)
            return {{}, CommentWords::failed(sheet.error()), false};
        if (!sheet->allowed() || sheet->needsReason())
            return {{}, CommentWords::stopped(*sheet), false};
        intent = sheet->intent;
    }
    const auto id = start(intent, heard.by());
    if (!id)
        return {{}, CommentWords::failed(id.error()), id.error().kind() == Error::Kind::Cancelled};
    return {*id, {}, false};
}

/// From "On it" to an operation that runs, or to why there is none.
Task<void> carryOut(StepContext c, StartOperation start, HeardComment heard)
{
    const auto command = commandIn(heard.comment.text);
    Begun begun{begunBefore(c, heard), {}, false};
    if (begun.operation.isEmpty()) {
        const auto seen = co_await observePipeline(c, true); // what is not seen now the checks will tell
        if (!seen && seen.error().kind() == Error::Kind::Cancelled)
            co_return Result<void>(tl::unexpect, seen.error());
        begun = begin(c, start, heard, command ? command->kind : CommentCommand::Kind::Clone);
    }
    if (begun.later)
        co_return Result<void>();
    if (begun.operation.isEmpty()) {
        const QString refused = QObject::tr("refused");
        Result<void> closed = co_await close(c, heard, begun.refusal, refused);
        co_return closed;
    }
    heard.stage = Reached::Begun;
    heard.operation = begun.operation;
    keep(c, heard);
    co_return Result<void>();
}

/// The answer to a command that nothing is begun for; empty: something is.
Task<QString> wordsFor(StepContext c, HeardComment heard, bool may)
{
    const auto command = commandIn(heard.comment.text);
    if (!may)
        co_return Result<QString>(CommentWords::refused(heard));
    if (!command || command->kind == CommentCommand::Kind::Help)
        co_return Result<QString>(CommentWords::help(command.value_or(CommentCommand())));
    if (heard.comment.at.secsTo(QDateTime::currentDateTimeUtc()) > kLate)
        co_return Result<QString>(CommentWords::late(heard));
    if (command->kind != CommentCommand::Kind::Where)
        co_return Result<QString>(QString());
    const auto seen = co_await observePipeline(c, true);
    std::ignore = seen; // the board as it was seen last
    const QString change = u'#' + QString::number(heard.comment.number);
    const auto where = co_await whereIs(c, change);
    if (!where && !isFinal(where.error()))
        co_return Result<QString>(tl::unexpect, where.error());
    co_return Result<QString>(where ? asPlainMarkdown(sentenceOf(change, *where))
                                    : CommentWords::failed(where.error()));
}

/// From a comment that was heard to its answer, or to "On it".
Task<void> attend(StepContext c, StartOperation start, HeardComment heard)
{
    const std::function<Task<bool>(TeamProvider &)> ask =
        [id = sourceOf(c.pipeline).id, by = heard.comment.by](TeamProvider &team) { return team.mayWrite(id, by); };
    const auto may = co_await onTeam<bool>(c, ask);
    if (!may)
        co_return Result<void>(tl::unexpect, may.error());
    if (heard.claim.isEmpty()) {
        heard.claim = u"slipway "_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
        heard.claimedAt = QDateTime::currentDateTimeUtc();
        keep(c, heard); // after a crash it is known as one's own
    }
    const auto ours = co_await takeOn(c, heard);
    if (!ours)
        co_return Result<void>(tl::unexpect, ours.error());
    if (!*ours) {
        forget(c, heard);
        co_return Result<void>();
    }
    const auto words = co_await wordsFor(c, heard, *may);
    if (!words)
        co_return Result<void>(tl::unexpect, words.error());
    if (!words->isEmpty()) {
        const QString result = *may ? QObject::tr("answered") : QObject::tr("refused: may not push");
        Result<void> closed = co_await close(c, heard, *words, result);
        co_return closed;
    }
    const QString onIt = CommentWords::begun(*commandIn(heard.comment.text), heard.comment.number);
    const auto said = co_await answer(c, heard, onIt);
    if (!said)
        co_return said;
    heard.stage = Reached::Taken;
    keep(c, heard);
    const auto given = co_await giveBack(c, heard);
    std::ignore = given;
    Result<void> carried = co_await carryOut(c, start, heard);
    co_return carried;
}

/// The outcome of what was begun, once there is one.
Task<void> follow(StepContext c, HeardComment heard)
{
    const auto operation = c.store->operation(heard.operation);
    if (operation && operation->isActive())
        co_return Result<void>();
    QString text = QObject::tr("It is not known what became of it: look at the board.");
    if (operation)
        text = CommentWords::ended(*operation, c.cache->environment(operation->environmentId()));
    const QString recordedAlready;
    Result<void> closed = co_await close(c, heard, text, recordedAlready);
    co_return closed;
}

Task<void> goOn(StepContext c, StartOperation start, HeardComment heard)
{
    if (heard.stage == Reached::Begun)
        return follow(c, heard);
    return heard.stage == Reached::Taken ? carryOut(c, start, heard) : attend(c, start, heard);
}

} // namespace

Task<void> heedComments(StepContext c, StartOperation start)
{
    const QDateTime begun =
        fromIso(c.store->ruleNotes(c.pipeline.name, kCommentsRule).value(kListening).section(u' ', 0, 0));
    if (!begun.isValid())
        co_return Result<void>(); // it was turned on this moment
    Result<void> outcome = co_await listen(c, begun);
    const QList<HeardComment> all = heardSoFar(c);
    qsizetype looked = 0;
    for (const HeardComment &heard : all) {
        if (heard.stage != Reached::Begun && looked++ >= kMostAtOnce)
            continue;
        const auto done = co_await goOn(c, start, heard);
        if (done)
            continue;
        if (isFinal(done.error())) { // this token may not answer, or there is nothing any more to answer on
            forget(c, heard);
            record(c, heard, QObject::tr("not answered: %1").arg(done.error().text()));
        } else {
            outcome = done; // the next call goes on with it
        }
    }
    if (AccountHost *host = sourceHost(c); host != c.host)
        tellAccount(c, host->account(), outcome ? nullptr : &outcome.error(), {});
    co_return outcome;
}

} // namespace Slipway
