// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/pipelines.h"

#include "providers/circleci/phrases.h"

#include <QSet>

#include <algorithm>

namespace Slipway::CircleCi {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostBranchPages = 5; ///< of one branch; what is further back is not what somebody is about to deliver
constexpr qsizetype kMostKnown = 400; ///< pipelines of one branch
constexpr int kMostBranches = 200;

bool allKnown(const QList<PipelineRecord> &known, const QStringList &versions)
{
    return std::all_of(versions.cbegin(), versions.cend(), [&known](const QString &version) {
        return std::any_of(known.cbegin(), known.cend(),
                           [&version](const PipelineRecord &one) { return one.revision == version; });
    });
}

PipelinesByCommit chosen(const QList<PipelineRecord> &known, const QStringList &versions)
{
    PipelinesByCommit found;
    for (const PipelineRecord &one : known) {
        if (!one.revision.isEmpty() && versions.contains(one.revision))
            found[one.revision].append(one);
    }
    return found;
}

} // namespace

Pipelines::Pipelines(CircleCiApi &api)
    : m_api(api)
    , m_branches(kMostBranches)
{ }

/// What is new goes before what is known; with so much new that the two do not meet, only the new is known.
void Pipelines::renew(Branch &branch, const QList<PipelineRecord> &newest, const QString &next)
{
    QSet<QString> ids;
    for (const PipelineRecord &one : newest)
        ids.insert(one.id);
    const auto fresh = [&ids](const PipelineRecord &one) { return ids.contains(one.id); };
    const bool meets = std::any_of(branch.known.cbegin(), branch.known.cend(), fresh);
    if (!meets || branch.pages == 0) {
        branch = Branch{newest, next, 1};
        return;
    }
    branch.known.removeIf(fresh);
    branch.known = newest + branch.known;
    if (branch.known.size() > kMostKnown) {
        branch.known.resize(kMostKnown);
        branch.next.clear(); // leads to what is before those that went
    }
}

Task<PipelinesByCommit> Pipelines::look(QString project, QString branch, QStringList versions)
{
    const auto slug = slugPath(project);
    if (!slug)
        co_return Result<PipelinesByCommit>(tl::unexpect, slug.error());
    Call call;
    call.path = u"/project/"_s + *slug + u"/pipeline"_s;
    call.what = Phrases::tr("list the pipelines of %1").arg(project);
    if (!branch.isEmpty())
        call.query.append({u"branch"_s, branch});
    const QString key = project + u'\n' + branch;
    const Branch *before = m_branches.object(key);
    Branch current = before ? *before : Branch();
    const QString first;
    const auto page = co_await m_api.page(call, first);
    if (!page)
        co_return Result<PipelinesByCommit>(tl::unexpect, page.error());
    const auto newest = pipelinesFrom(page->items);
    if (!newest)
        co_return Result<PipelinesByCommit>(tl::unexpect, newest.error());
    renew(current, *newest, page->next);
    while (!current.next.isEmpty() && current.pages < kMostBranchPages && !allKnown(current.known, versions)) {
        const auto older = co_await m_api.page(call, current.next);
        if (!older)
            co_return Result<PipelinesByCommit>(tl::unexpect, older.error());
        const auto records = pipelinesFrom(older->items);
        if (!records)
            co_return Result<PipelinesByCommit>(tl::unexpect, records.error());
        current.known += *records;
        current.next = older->next;
        ++current.pages;
    }
    m_branches.insert(key, new Branch(current));
    co_return Result<PipelinesByCommit>(chosen(current.known, versions));
}

Task<PipelinesByCommit> Pipelines::find(QString project, QString branch, QStringList versions)
{
    Result<PipelinesByCommit> found = co_await look(project, branch, versions);
    const bool stale = !found && found.error().kind() == Error::Kind::Invalid;
    if (stale && m_branches.remove(project + u'\n' + branch)) { // the way back that was remembered is not good for ever
        found = co_await look(project, branch, versions);
    }
    co_return found;
}

} // namespace Slipway::CircleCi
