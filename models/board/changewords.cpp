// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/changewords.h"

#include "models/board/cardwords.h"

#include <QCoreApplication>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

struct ChangeWordsTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::ChangeWords)
};

QString target(const Change &change)
{
    return change.base.isEmpty() ? ChangeWordsTr::tr("the main branch") : change.base;
}

QString spokenCi(const CiStatus &ci)
{
    if (ci.state == CiState::Failed && ci.failed && ci.passed)
        return ChangeWordsTr::tr("CI failed, %1 of %2 jobs").arg(*ci.failed).arg(*ci.failed + *ci.passed);
    if (ci.state == CiState::Passed && ci.passed.value_or(0) > 1)
        return ChangeWordsTr::tr("CI passed, %1 jobs").arg(*ci.passed);
    return ci.state == CiState::Failed ? ChangeWordsTr::tr("CI failed") : ChangeWordsTr::tr("CI passed");
}

/// As word(), with all that is known of it.
QString spoken(const Change &change, ChangeWords::Standing standing)
{
    switch (standing) {
    case ChangeWords::Standing::Conflicts:
        return ChangeWordsTr::tr("conflicts with %1").arg(target(change));
    case ChangeWords::Standing::Draft:
        return ChangeWordsTr::tr("a draft");
    case ChangeWords::Standing::CiFailed:
    case ChangeWords::Standing::CiPassed:
        return spokenCi(change.ci);
    case ChangeWords::Standing::ChangesRequested:
        return ChangeWordsTr::tr("changes requested");
    case ChangeWords::Standing::ReviewDue:
        return ChangeWordsTr::tr("needs a review");
    case ChangeWords::Standing::Approved:
        return ChangeWordsTr::tr("approved");
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
        return ChangeWordsTr::tr("Conflicts");
    case Standing::CiFailed:
        return ChangeWordsTr::tr("CI failed");
    case Standing::ChangesRequested:
        return ChangeWordsTr::tr("Changes requested");
    case Standing::Draft:
        return ChangeWordsTr::tr("Draft");
    case Standing::CiRunning:
        return ChangeWordsTr::tr("CI running");
    case Standing::ReviewDue:
        return ChangeWordsTr::tr("Review due");
    case Standing::Approved:
        return ChangeWordsTr::tr("Approved");
    case Standing::CiPassed:
        return ChangeWordsTr::tr("CI passed");
    }
    return {};
}

QString ChangeWords::commits(const Change &change)
{
    const int ahead = change.commitsAhead.value_or(0);
    const int behind = change.commitsBehind.value_or(0);
    const auto some = [](int count) {
        return count == 1 ? ChangeWordsTr::tr("1 commit") : ChangeWordsTr::tr("%1 commits").arg(count);
    };
    if (ahead > 0 && behind > 0)
        return ChangeWordsTr::tr("%1 ahead, %2 behind").arg(some(ahead)).arg(behind);
    return ahead > 0 ? ChangeWordsTr::tr("%1 ahead").arg(some(ahead))
        : behind > 0 ? ChangeWordsTr::tr("%1 behind").arg(some(behind))
                     : QString();
}

QString ChangeWords::caution(const Change &change)
{
    if (change.draft && change.conflicts)
        return ChangeWordsTr::tr("a draft that conflicts with %1").arg(target(change));
    if (change.draft)
        return ChangeWordsTr::tr("a draft");
    return change.conflicts ? ChangeWordsTr::tr("which conflicts with %1").arg(target(change)) : QString();
}

QString ChangeWords::sentence(const Change &change, const QString &carrier, const QDateTime &now)
{
    QStringList parts{change.title.isEmpty() ? change.ref() : change.title};
    if (change.number && !change.title.isEmpty())
        parts += change.ref();
    if (!change.author.isEmpty())
        parts += ChangeWordsTr::tr("by %1").arg(change.author);
    if (change.updatedAt.isValid())
        parts +=
            ChangeWordsTr::tr("updated %1 ago").arg(CardWords::span(qMax<qint64>(0, change.updatedAt.secsTo(now))));
    parts += commits(change);
    for (const Standing one : standing(change))
        parts += spoken(change, one);
    parts += carrier.isEmpty() ? ChangeWordsTr::tr("no dev environment yet") : ChangeWordsTr::tr("on %1").arg(carrier);
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

} // namespace Slipway
