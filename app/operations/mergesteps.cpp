// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/mergesteps.h"

#include "models/domain/json.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

struct MergeStepsTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::MergeSteps)
};

} // namespace

Task<bool> checkMerge(StepContext c, PullRequestMerge merge)
{
    const std::function<Task<MergeOutlook>(SourceProvider &)> ask =
        [id = sourceOf(c.pipeline).id, merge](SourceProvider &source) { return source.mergeOutlook(id, merge.number); };
    const auto outlook = co_await onSource<MergeOutlook>(c, ask);
    if (!outlook)
        co_return Result<bool>(tl::unexpect, outlook.error());
    if (!outlook->head.isEmpty() && outlook->head != merge.head) {
        const Error moved(
            Error::Kind::Conflict,
            MergeStepsTr::tr("#%1 has newer commits than the ones that were looked at.").arg(merge.number),
            MergeStepsTr::tr("Deploy them to its dev environment and look at them first."));
        co_return Result<bool>(tl::unexpect, moved);
    }
    if (!outlook->mergedAs.isEmpty())
        co_return Result<bool>(true);
    QStringList obstacles = outlook->obstacles;
    if (outlook->known && !outlook->methods.isEmpty() && !outlook->methods.contains(merge.method))
        obstacles.append(
            MergeStepsTr::tr("The repository does not allow to %1 pull requests.").arg(toString(merge.method)));
    if (!obstacles.isEmpty()) {
        const Error blocked(Error::Kind::Blocked,
                            MergeStepsTr::tr("#%1 cannot be merged: %2").arg(merge.number).arg(obstacles.join(u' ')),
                            MergeStepsTr::tr("Put that right where the code is, then try again."));
        co_return Result<bool>(tl::unexpect, blocked);
    }
    co_return Result<bool>(false);
}

Task<QJsonObject> mergePullRequest(StepContext c, PullRequestMerge merge)
{
    const QJsonObject looked = c.facts.value(u"code"_s).toObject();
    Change change = changeFromJson(looked.value(u"change"_s).toObject());
    const MergeSpec spec{sourceOf(c.pipeline).id, merge.number, merge.head, merge.method, {}};
    const std::function<Task<QString>(SourceProvider &)> work = [spec](SourceProvider &source) {
        return source.merge(spec);
    };
    const auto merged = co_await onSource<QString>(c, work);
    if (!merged)
        co_return Result<QJsonObject>(tl::unexpect, merged.error());
    change.head = *merged;
    change.branch =
        change.base.isEmpty() ? c.pipeline.mainBranch : change.base; // where the commit is, and CI runs for it
    const QJsonObject code{{u"version"_s, *merged}, {u"change"_s, toJson(change)}};
    co_return Result<QJsonObject>(QJsonObject{{u"code"_s, code}});
}

Task<QJsonObject> deleteMergedBranch(StepContext c, PullRequestMerge merge)
{
    const std::function<Task<void>(SourceProvider &)> work = [id = sourceOf(c.pipeline).id,
                                                              merge](SourceProvider &source) {
        return source.deleteBranch(id, merge.branch, merge.head);
    };
    const auto gone = co_await onSource<void>(c, work);
    if (!gone)
        co_return Result<QJsonObject>(tl::unexpect, gone.error());
    co_return Result<QJsonObject>(QJsonObject());
}

} // namespace Slipway
