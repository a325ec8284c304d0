// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/merger.h"

#include "providers/github/githuberrors.h"
#include "providers/github/phrases.h"
#include "providers/github/reading.h"

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMergeTries = 5; ///< while the base branch moves, or answers are lost

QList<MergeMethod> methodsOf(const QJsonObject &repository)
{
    QList<MergeMethod> methods;
    const auto allowed = [&repository](const QString &name) { // not told to who may not merge
        return repository.value(name).isUndefined() || flagAt(repository, name);
    };
    if (allowed(u"allow_merge_commit"_s))
        methods.append(MergeMethod::Merge);
    if (allowed(u"allow_squash_merge"_s))
        methods.append(MergeMethod::Squash);
    if (allowed(u"allow_rebase_merge"_s))
        methods.append(MergeMethod::Rebase);
    return methods;
}

Error moved(int number)
{
    return Error(Error::Kind::Conflict, Phrases::tr("The branch of #%1 has moved on since you looked.").arg(number),
                 Phrases::tr("Somebody pushed to it: look at the change again."));
}

Error closed(int number)
{
    return Error(Error::Kind::Blocked, Phrases::tr("#%1 was closed without being merged.").arg(number),
                 Phrases::tr("Reopen it at GitHub if it is wanted after all."));
}

} // namespace

Task<QJsonObject> Merger::pull(QString project, int number)
{
    Call call;
    call.project = project;
    call.path = u"/pulls/%1"_s.arg(number);
    call.what = Phrases::tr("read the pull request #%1 of %2").arg(number).arg(project);
    Result<QJsonObject> pull = co_await m_api.object(call);
    if (pull && shaAt(*pull, u"head.sha"_s).isEmpty())
        co_return Result<QJsonObject>(tl::unexpect, unreadable(call.what));
    co_return pull;
}

/// "REVIEW_REQUIRED", "CHANGES_REQUESTED" or empty, also when it cannot be told.
Task<QString> Merger::reviews(QString project, int number)
{
    const Question question{project, u"pullRequest(number:%1){reviewDecision}"_s.arg(number),
                            Phrases::tr("read the reviews of #%1").arg(number)};
    const auto told = co_await m_api.ask(question);
    if (!told && told.error().kind() == Error::Kind::Cancelled)
        co_return Result<QString>(tl::unexpect, told.error());
    co_return Result<QString>(told ? textAt(told->repository, u"pullRequest.reviewDecision"_s) : QString());
}

/// What GitHub's word for its state means, as sentences.
Task<QStringList> Merger::obstacles(QString project, QJsonObject pull, QJsonObject repository)
{
    QStringList found;
    const QString base = lineAt(pull, u"base.ref"_s);
    const QString state = textAt(pull, u"mergeable_state"_s);
    if (textAt(pull, u"state"_s) != u"open") {
        if (!flagAt(pull, u"merged"_s))
            found.append(Phrases::tr("It is closed."));
        co_return Result<QStringList>(found);
    }
    if (flagAt(repository, u"archived"_s))
        found.append(Phrases::tr("The repository is archived."));
    if (valueAt(repository, u"permissions.push"_s) == QJsonValue(false))
        found.append(Phrases::tr("This account may not write to %1.").arg(project));
    if (flagAt(pull, u"draft"_s))
        found.append(Phrases::tr("It is a draft."));
    if (state == u"dirty" || valueAt(pull, u"mergeable"_s) == QJsonValue(false))
        found.append(Phrases::tr("It conflicts with %1.").arg(base));
    if (state == u"behind")
        found.append(Phrases::tr("The rules of %1 want it to contain all of %1 first.").arg(base));
    if (state != u"blocked" || !found.isEmpty())
        co_return Result<QStringList>(found);
    const int number = numberAt(pull, u"number"_s).value_or(0);
    const auto decision = co_await reviews(project, number);
    if (!decision)
        co_return Result<QStringList>(tl::unexpect, decision.error());
    if (*decision == u"REVIEW_REQUIRED")
        found.append(Phrases::tr("The rules of %1 want somebody to approve it.").arg(base));
    else if (*decision == u"CHANGES_REQUESTED")
        found.append(Phrases::tr("A reviewer asks for changes."));
    else
        found.append(Phrases::tr("The rules of %1 do not let it in: required checks have not passed.").arg(base));
    co_return Result<QStringList>(found);
}

Task<MergeOutlook> Merger::outlook(QString project, int number)
{
    const auto found = co_await pull(project, number);
    if (!found)
        co_return Result<MergeOutlook>(tl::unexpect, found.error());
    const auto repository = co_await m_refs.repository(project);
    if (!repository)
        co_return Result<MergeOutlook>(tl::unexpect, repository.error());
    const auto sentences = co_await obstacles(project, *found, *repository);
    if (!sentences)
        co_return Result<MergeOutlook>(tl::unexpect, sentences.error());
    MergeOutlook outlook;
    outlook.head = shaAt(*found, u"head.sha"_s);
    outlook.obstacles = *sentences;
    outlook.methods = methodsOf(*repository);
    if (flagAt(*found, u"merged"_s))
        outlook.mergedAs = shaAt(*found, u"merge_commit_sha"_s);
    const bool open = textAt(*found, u"state"_s) == u"open";
    outlook.known = !open || valueAt(*found, u"mergeable"_s).isBool();
    co_return Result<MergeOutlook>(outlook);
}

/// GitHub's own words for a refusal are often "not mergeable": ours say why.
Task<QString> Merger::refused(MergeSpec spec, Error error)
{
    const auto why = co_await outlook(spec.pipeline, spec.number);
    if (!why || why->obstacles.isEmpty())
        co_return Result<QString>(tl::unexpect, error);
    const Error told(Error::Kind::Blocked,
                     Phrases::tr("GitHub did not merge #%1: %2").arg(spec.number).arg(why->obstacles.join(u' ')),
                     Phrases::tr("Settle that at GitHub, then try again."), error.detail());
    co_return Result<QString>(tl::unexpect, told);
}

Task<QString> Merger::merge(MergeSpec spec)
{
    Call call;
    call.method = "PUT";
    call.project = spec.pipeline;
    call.path = u"/pulls/%1/merge"_s.arg(spec.number);
    call.what = Phrases::tr("merge #%1").arg(spec.number);
    call.repeatable = false; // the second time it would be refused, and look as if it had not been merged
    call.body = QJsonObject{{u"sha"_s, spec.head}, {u"merge_method"_s, toString(spec.method)}};
    if (!spec.title.isEmpty())
        call.body.insert(u"commit_title"_s, spec.title);
    for (int attempt = 1;; ++attempt) {
        const auto found = co_await pull(spec.pipeline, spec.number);
        if (!found)
            co_return Result<QString>(tl::unexpect, found.error());
        const bool same = shaAt(*found, u"head.sha"_s) == spec.head;
        const QString made = shaAt(*found, u"merge_commit_sha"_s); // of the 2022 version of the API
        if (flagAt(*found, u"merged"_s) && same && !made.isEmpty())
            co_return Result<QString>(made);
        if (!same)
            co_return Result<QString>(tl::unexpect, moved(spec.number));
        if (textAt(*found, u"state"_s) != u"open")
            co_return Result<QString>(tl::unexpect, closed(spec.number));
        const auto merged = co_await m_api.object(call);
        if (merged && !shaAt(*merged, u"sha"_s).isEmpty())
            co_return Result<QString>(shaAt(*merged, u"sha"_s));
        const Error error = merged ? unreadable(call.what) : merged.error();
        const QString said = error.detail() + error.message();
        const bool undecided = error.kind() == Error::Kind::Blocked && !valueAt(*found, u"mergeable"_s).isBool();
        const bool again = mayHaveHappened(error) || said.contains("Base branch was modified"_L1) || undecided;
        if (attempt == kMergeTries || !again) {
            if (error.kind() != Error::Kind::Blocked)
                co_return Result<QString>(tl::unexpect, error);
            Result<QString> why = co_await refused(spec, error);
            co_return why;
        }
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<QString>(tl::unexpect, waited.error());
    }
}

} // namespace Slipway::GitHub
