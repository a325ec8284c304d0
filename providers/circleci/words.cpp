// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/words.h"

#include "providers/circleci/fields.h"
#include "providers/circleci/phrases.h"

#include <QHash>

namespace Slipway::CircleCi {

using namespace Qt::StringLiterals;

namespace {

struct JobWord
{
    CiState state = CiState::Unknown;
    const char *words = nullptr;
};

const QHash<QString, JobWord> &jobWordsTable()
{
    static const QHash<QString, JobWord> table{
        {u"success"_s, {CiState::Passed, QT_TRANSLATE_NOOP("Slipway::CircleCi", "passed")}},
        {u"running"_s, {CiState::Running, QT_TRANSLATE_NOOP("Slipway::CircleCi", "running")}},
        {u"queued"_s, {CiState::Running, QT_TRANSLATE_NOOP("Slipway::CircleCi", "queued")}},
        {u"not_running"_s, {CiState::Running, QT_TRANSLATE_NOOP("Slipway::CircleCi", "about to start")}},
        {u"failed"_s, {CiState::Failed, QT_TRANSLATE_NOOP("Slipway::CircleCi", "failed")}},
        {u"timedout"_s, {CiState::Failed, QT_TRANSLATE_NOOP("Slipway::CircleCi", "timed out")}},
        {u"infrastructure_fail"_s,
         {CiState::Failed, QT_TRANSLATE_NOOP("Slipway::CircleCi", "failed at CircleCI's own infrastructure")}},
        {u"terminated-unknown"_s, {CiState::Failed, QT_TRANSLATE_NOOP("Slipway::CircleCi", "ended, nobody knows why")}},
        {u"unauthorized"_s,
         {CiState::Failed, QT_TRANSLATE_NOOP("Slipway::CircleCi", "not allowed to use a restricted context")}},
        {u"on_hold"_s, {CiState::None, QT_TRANSLATE_NOOP("Slipway::CircleCi", "waits for approval")}},
        {u"blocked"_s, {CiState::None, QT_TRANSLATE_NOOP("Slipway::CircleCi", "waits for other jobs")}},
        {u"canceled"_s, {CiState::None, QT_TRANSLATE_NOOP("Slipway::CircleCi", "cancelled")}},
        {u"not_run"_s, {CiState::None, QT_TRANSLATE_NOOP("Slipway::CircleCi", "did not run")}},
        {u"retried"_s, {CiState::None, QT_TRANSLATE_NOOP("Slipway::CircleCi", "tried again")}},
    };
    return table;
}

} // namespace

Phase workflowPhase(const QString &status)
{
    static const QHash<QString, Phase> phases{
        {u"running"_s, Phase::Going},   {u"queued"_s, Phase::Going},        {u"failing"_s, Phase::Going},
        {u"on_hold"_s, Phase::Held},    {u"success"_s, Phase::Passed},      {u"failed"_s, Phase::Failed},
        {u"error"_s, Phase::Failed},    {u"unauthorized"_s, Phase::Failed}, {u"canceled"_s, Phase::Cancelled},
        {u"not_run"_s, Phase::Nothing},
    };
    return phases.value(status, Phase::Unknown);
}

bool failing(const QString &status)
{
    return status == u"failing";
}

bool isOver(Phase phase)
{
    return phase != Phase::Going && phase != Phase::Held && phase != Phase::Unknown;
}

CiState jobState(const QString &status)
{
    return jobWordsTable().value(status).state;
}

QString jobWords(const QString &status)
{
    const char *words = jobWordsTable().value(status).words;
    return words ? Phrases::tr(words) : oneLine(status);
}

} // namespace Slipway::CircleCi
