// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/changewords.h"

#include "models/board/cardwords.h"

#include <QCoreApplication>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::ChangeWords)
};

QString target(const Change &change)
{
    return change.base.isEmpty() ? Words::tr("the main branch") : change.base;
}

QString spokenCi(const CiStatus &ci)
{
    if (ci.state == CiState::Failed && ci.failed && ci.passed)
        return Words::tr("CI failed, %1 of %2 jobs").arg(*ci.failed).arg(*ci.failed + *ci.passed);
    if (ci.state == CiState::Passed && ci.passed.value_or(0) > 1)
        return Words::tr("CI passed, %1 jobs").arg(*ci.passed);
    return ci.state == CiState::Failed ? Words::tr("CI failed") : Words::tr("CI passed");
}

/// As word(), with all that is known of it.
QString spoken(const Change &change, ChangeWords::Standing standing)
{
    switch (standing) {
    case ChangeWords::Standing::Conflicts:
        return Words::tr("conflicts with %1").arg(target(change));
    case ChangeWords::Standing::Draft:
        return Words::tr("a draft");
    case ChangeWords::Standing::CiFailed:
    case ChangeWords::Standing::CiPassed:
        return spokenCi(change.ci);
    case ChangeWords::Standing::ChangesRequested:
        return Words::tr("changes requested");
    case ChangeWords::Standing::ReviewDue:
        return Words::tr("needs a review");
    case ChangeWords::Standing::Approved:
        return Words::tr("approved");
    case ChangeWords::Standing::CiRunning:
        break;
    }
    return ChangeWords::word(standing);
}

} // namespace

bool ChangeWords::hasStanding(const Change &change)
{
    return change.conflicts || change.draft || change.review != ReviewDecision::None
        || (change.ci.state != CiState::None && change.ci.state != CiState::Unknown);
}

QList<ChangeWords::Standing> ChangeWords::standing(const Change &change)
{
    QList<Standing> all;
    const auto add = [&all](bool so, Standing standing) {
        if (so)
            all.append(standing);
    };
    add(change.conflicts, Standing::Conflicts);
    add(change.draft, Standing::Draft);
    add(change.ci.state == CiState::Failed, Standing::CiFailed);
    add(change.review == ReviewDecision::ChangesRequested, Standing::ChangesRequested);
    add(change.ci.state == CiState::Running, Standing::CiRunning);
    add(change.review == ReviewDecision::Required, Standing::ReviewDue);
    add(change.review == ReviewDecision::Approved, Standing::Approved);
    add(change.ci.state == CiState::Passed, Standing::CiPassed);
    return all;
}

QString ChangeWords::word(Standing standing)
{
    switch (standing) {
    case Standing::Conflicts:
        return Words::tr("Conflicts");
    case Standing::CiFailed:
        return Words::tr("CI failed");
    case Standing::ChangesRequested:
        return Words::tr("Changes requested");
    case Standing::Draft:
        return Words::tr("Draft");
    case Standing::CiRunning:
        return Words::tr("CI running");
    case Standing::ReviewDue:
        return Words::tr("Review due");
    case Standing::Approved:
        return Words::tr("Approved");
    case Standing::CiPassed:
        return Words::tr("CI passed");
    }
    return {};
}

QString ChangeWords::commits(const Change &change)
{
    const int ahead = change.commitsAhead.value_or(0);
    const int behind = change.commitsBehind.value_or(0);
    const auto some = [](int count) { return count == 1 ? Words::tr("1 commit") : Words::tr("%1 commits").arg(count); };
    if (ahead > 0 && behind > 0)
        return Words::tr("%1 ahead, %2 behind").arg(some(ahead)).arg(behind);
    return ahead > 0 ? Words::tr("%1 ahead").arg(some(ahead))
        : behind > 0 ? Words::tr("%1 behind").arg(some(behind))
                     : QString();
}

QString ChangeWords::caution(const Change &change)
{
    if (change.draft && change.conflicts)
        return Words::tr("a draft that conflicts with %1").arg(target(change));
    if (change.draft)
        return Words::tr("a draft");
    return change.conflicts ? Words::tr("which conflicts with %1").arg(target(change)) : QString();
}

QString ChangeWords::sentence(const Change &change, const QString &carrier, const QDateTime &now)
{
    QStringList parts{change.title.isEmpty() ? change.ref() : change.title};
    if (change.number && !change.title.isEmpty())
        parts += change.ref();
    if (!change.author.isEmpty())
        parts += Words::tr("by %1").arg(change.author);
    if (change.updatedAt.isValid())
        parts += Words::tr("updated %1 ago").arg(CardWords::span(qMax<qint64>(0, change.updatedAt.secsTo(now))));
    parts += commits(change);
    for (const Standing one : standing(change))
        parts += spoken(change, one);
    parts += carrier.isEmpty() ? Words::tr("no dev environment yet") : Words::tr("on %1").arg(carrier);
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

} // namespace Slipway
