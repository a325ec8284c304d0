// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/cardwords.h"

#include <QCoreApplication>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

struct CardSentenceTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::CardSentence)
};

QString stateWord(EnvironmentState state)
{
    switch (state) {
    case EnvironmentState::Running:
        return CardSentenceTr::tr("running");
    case EnvironmentState::Deploying:
        return CardSentenceTr::tr("deploying");
    case EnvironmentState::Suspended:
        return CardSentenceTr::tr("asleep");
    case EnvironmentState::Stopped:
        return CardSentenceTr::tr("stopped");
    case EnvironmentState::Crashed:
        return CardSentenceTr::tr("crashed");
    case EnvironmentState::Unknown:
        break;
    }
    return CardSentenceTr::tr("state unknown");
}

QString verdictWord(const Card &card)
{
    switch (card.verdict.state) {
    case VerdictState::Accepted:
        return CardSentenceTr::tr("accepted");
    case VerdictState::ChangesRequested:
        return CardSentenceTr::tr("changes requested");
    case VerdictState::None:
        break;
    }
    if (card.environment.stage != Stage::Development || !card.environment.release)
        return {};
    if (card.verdictVoid()) {
        const QString voided = CardWords::voidVerdict(card);
        return voided.left(1).toLower() + voided.mid(1);
    }
    return CardSentenceTr::tr("not verified");
}

QString operationWords(const Operation &operation)
{
    if (operation.isActive()) {
        if (operation.state == OperationState::Waiting && operation.startsAt.isValid())
            return CardSentenceTr::tr("%1: starts in a moment and can still be undone").arg(operation.title);
        if (operation.state == OperationState::Waiting && !operation.waitingFor.isEmpty())
            return operation.title + u": "_s + operation.waitingFor;
        const int count = int(operation.steps.size());
        if (operation.step >= 0 && operation.step < count) {
            return CardSentenceTr::tr("%1: step %2 of %3, %4")
                .arg(operation.title)
                .arg(operation.step + 1)
                .arg(count)
                .arg(operation.steps.at(operation.step).name);
        }
        return operation.title;
    }
    return operation.error ? CardSentenceTr::tr("failed: %1").arg(operation.error->message())
                           : CardSentenceTr::tr("failed: %1").arg(operation.title);
}

QStringList distanceWords(const Environment &environment)
{
    if (environment.stage == Stage::Production)
        return {};
    const QString other =
        environment.stage == Stage::Development ? CardSentenceTr::tr("staging") : CardSentenceTr::tr("production");
    QStringList words;
    if (environment.live)
        words += CardSentenceTr::tr("live in production");
    if (const int n = environment.ahead.value_or(0); n > 0)
        words += n == 1 ? CardSentenceTr::tr("1 commit ahead of %1").arg(other)
                        : CardSentenceTr::tr("%1 commits ahead of %2").arg(n).arg(other);
    if (const int n = environment.behind.value_or(0); n > 0)
        words += n == 1 ? CardSentenceTr::tr("1 commit behind %1").arg(other)
                        : CardSentenceTr::tr("%1 commits behind %2").arg(n).arg(other);
    return words;
}

QString ciWords(const CiStatus &ci)
{
    switch (ci.state) {
    case CiState::Passed:
        return CardSentenceTr::tr("tests passed");
    case CiState::Failed:
        return CardSentenceTr::tr("tests failed");
    case CiState::Running:
        return CardSentenceTr::tr("tests running");
    case CiState::None:
    case CiState::Unknown:
        break;
    }
    return {};
}

} // namespace

QString cardSentence(const Card &card, const QDateTime &now)
{
    const Environment &environment = card.environment;
    QStringList parts{environment.name};
    parts += environment.release ? environment.release->change.title : CardSentenceTr::tr("nothing deployed yet");
    parts += environment.state == EnvironmentState::Crashed && !environment.stateText.isEmpty()
        ? stateWord(environment.state) + u": "_s + environment.stateText
        : stateWord(environment.state);
    if (card.operation)
        parts += operationWords(*card.operation);
    parts += verdictWord(card);
    parts += CardWords::queuePlace(card.queuePlace);
    parts += CardWords::lifetime(card.lifetime, now);
    parts += ciWords(environment.ci);
    parts += distanceWords(environment);
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

} // namespace Slipway
