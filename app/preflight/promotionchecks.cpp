// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preflight/promotion.h"

#include "models/domain/accounttitle.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

using Words = PreflightWords;

constexpr int kStaleSeconds = 5 * 60;

Check line(const QString &id, CheckResult result, const QString &text, const QString &detail = {})
{
    return {id, result, text, detail};
}

QString when(const QDateTime &at)
{
    return at.isValid() ? at.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s) : QString();
}

Check artifactCheck(const Promotion &p)
{
    const auto id = u"artifact"_s;
    const Environment &source = p.source.environment;
    if (!source.release)
        return line(id, CheckResult::Block, Words::tr("%1 has no release yet").arg(p.from()));
    if (source.state != EnvironmentState::Running) {
        const QString state = toString(source.state);
        return line(id, CheckResult::Block, Words::tr("%1 does not run: it is %2").arg(p.from(), state),
                    source.stateText);
    }
    const bool same = !p.source.version().isEmpty() && p.source.version() == p.target.version();
    if (same && p.target.environment.state == EnvironmentState::Running)
        return line(id, CheckResult::Block, Words::tr("%1 already runs this version").arg(p.to()));
    if (source.release->uncommitted) {
        return line(id, CheckResult::Warn, Words::tr("Built from a working copy with changes that no commit holds"),
                    Words::tr("Nobody else can build it again."));
    }
    return line(id, CheckResult::Pass, Words::tr("The identical artifact is released"), source.release->artifactLabel);
}

Check verdictCheck(const Promotion &p)
{
    const auto id = u"verdict"_s;
    const Verdict &verdict = p.source.verdict;
    const QString detail = verdict.by.isEmpty() ? when(verdict.at) : verdict.by + u", "_s + when(verdict.at);
    switch (verdict.state) {
    case VerdictState::Accepted:
        return line(id, CheckResult::Pass, Words::tr("Accepted on %1").arg(p.from()), detail);
    case VerdictState::ChangesRequested:
        return line(id, CheckResult::Block, Words::tr("Changes were requested on %1").arg(p.from()),
                    verdict.note.isEmpty() ? detail : verdict.note);
    case VerdictState::None:
        break;
    }
    if (p.toProduction)
        return line(id, CheckResult::Off, Words::tr("No spot check of %1 is recorded").arg(p.from()));
    if (p.source.verdictVoid) {
        return line(id, CheckResult::Block, Words::tr("Not accepted yet: the verdict was for an earlier version"),
                    Words::tr("Open %1, look, and accept it.").arg(p.from()));
    }
    return line(id, CheckResult::Block, Words::tr("Not accepted yet"),
                Words::tr("Open %1, look, and accept it.").arg(p.from()));
}

Check containsCheck(const Promotion &p)
{
    const auto id = u"contains-staging"_s;
    if (!p.target.environment.release)
        return line(id, CheckResult::Pass, Words::tr("%1 has no release yet").arg(p.to()));
    if (!p.comparison) {
        return line(id, CheckResult::Warn,
                    Words::tr("It is not known whether it contains all that %1 runs").arg(p.to()),
                    Words::tr("Refresh the board; the repository may not have one of the commits."));
    }
    const int behind = p.comparison->behind;
    if (behind == 0)
        return line(id, CheckResult::Pass, Words::tr("Contains everything %1 runs").arg(p.to()));
    const QString branch = p.source.environment.release ? p.source.environment.release->change.branch : QString();
    const QString missing =
        behind == 1 ? Words::tr("1 commit is missing") : Words::tr("%1 commits are missing").arg(behind);
    return line(
        id, CheckResult::Block,
        Words::tr("Update %1 with %2's changes first: %3").arg(branch.isEmpty() ? p.from() : branch, p.to(), missing),
        p.comparison->missing.isEmpty() ? QString() : p.comparison->missing.constFirst().subject);
}

Check driftCheck(const Promotion &p)
{
    const auto id = u"drift"_s;
    if (p.toProduction)
        return line(id, CheckResult::Pass, Words::tr("%1 then runs what %2 runs").arg(p.to(), p.from()));
    if (!p.gauge.changesAhead || !p.comparison)
        return line(id, CheckResult::Off, Words::tr("How far staging is ahead of production is not known"));
    QSet<QString> changes(p.gauge.changes.cbegin(), p.gauge.changes.cend());
    const QStringList going = p.comparison->changes();
    changes.unite(QSet<QString>(going.cbegin(), going.cend()));
    const auto count = changes.size();
    const QString text = count == 1 ? Words::tr("1 change ahead of production after this")
                                    : Words::tr("%1 changes ahead of production after this").arg(count);
    const QString detail = Words::tr("the limit is %1").arg(p.gauge.limit);
    return line(id, count > p.gauge.limit ? CheckResult::Warn : CheckResult::Pass, text, detail);
}

Check configCheck(const Promotion &p)
{
    const auto id = u"config"_s;
    QStringList missing;
    const auto &config = p.source.environment.config;
    for (auto key = config.keyBegin(); key != config.keyEnd(); ++key) {
        if (!p.target.environment.config.contains(*key))
            missing.append(*key);
    }
    if (missing.isEmpty())
        return line(id, CheckResult::Pass, Words::tr("%1 has every config key").arg(p.to()));
    missing.sort();
    return line(id, CheckResult::Warn, Words::tr("%1 lacks %2").arg(p.to(), missing.join(u", "_s)),
                Words::tr("Set it there if the new version needs it."));
}

Check staleCheck(const Promotion &p)
{
    const auto id = u"stale"_s;
    if (!p.account || !p.account->asOf.isValid())
        return line(id, CheckResult::Warn, Words::tr("The board has not been refreshed yet"));
    const qint64 age = p.account->asOf.secsTo(p.now);
    if (age > kStaleSeconds) {
        return line(id, CheckResult::Warn, Words::tr("The board is %1 minutes old").arg(age / 60),
                    Words::tr("Refresh it to see what is there now."));
    }
    return line(id, CheckResult::Pass, Words::tr("The board is up to date"), when(p.account->asOf));
}

Check providerCheck(const Promotion &p)
{
    const auto id = u"provider"_s;
    if (p.pipeline.readOnly)
        return line(id, CheckResult::Block, Words::tr("%1 is open read-only").arg(p.pipeline.name));
    if (p.account && p.account->state == AccountState::Offline)
        return line(id, CheckResult::Block,
                    Words::tr("%1 cannot be reached").arg(accountTitle(p.account->account.name)), p.account->error);
    if (p.account && p.account->state == AccountState::Unauthorised) {
        return line(id, CheckResult::Block,
                    Words::tr("%1 refuses the token").arg(accountTitle(p.account->account.name)), p.account->error);
    }
    return line(id, CheckResult::Pass, Words::tr("%1 answers").arg(accountTitle(p.pipeline.deploysAccount)));
}

Check ciCheck(const Promotion &p)
{
    const auto id = u"ci"_s;
    const CiStatus &ci = p.source.environment.ci;
    switch (ci.state) {
    case CiState::Passed:
        return line(id, CheckResult::Pass, Words::tr("CI passed"));
    case CiState::Failed:
        return line(id, CheckResult::Block, Words::tr("CI failed"),
                    ci.failed ? Words::tr("%1 tests failed").arg(*ci.failed) : QString());
    case CiState::Running:
        return line(id, CheckResult::Warn, Words::tr("CI still runs"));
    case CiState::None:
    case CiState::Unknown:
        break;
    }
    return line(id, CheckResult::Off, Words::tr("No CI reports on this version"));
}

} // namespace

QList<Check> promotionChecks(const Promotion &p)
{
    return {artifactCheck(p),
            verdictCheck(p),
            containsCheck(p),
            ciCheck(p),
            configCheck(p),
            driftCheck(p),
            staleCheck(p),
            providerCheck(p),
            line(u"hold"_s, CheckResult::Off, Words::tr("Nobody can hold staging yet")),
            line(u"freeze"_s, CheckResult::Off, Words::tr("No freeze window is set"))};
}

} // namespace Slipway
