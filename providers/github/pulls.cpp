// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/pulls.h"

#include "models/domain/changetitle.h"
#include "providers/github/reading.h"

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

QStringList labelsOf(const QJsonArray &labels)
{
    QStringList names;
    for (const auto &label : labels) {
        if (const QString name = lineAt(label.toObject(), u"name"_s); !name.isEmpty())
            names.append(name);
    }
    return names;
}

QString titleOr(const QString &title, int number)
{
    return title.isEmpty() ? u"#%1"_s.arg(number) : title;
}

} // namespace

std::optional<Change> pullFromGraph(const QJsonObject &node, const QString &main)
{
    const auto number = numberAt(node, u"number"_s);
    Change change;
    change.head = shaAt(node, u"headRefOid"_s);
    if (!number || *number == 0 || change.head.isEmpty())
        return {};
    change.number = number;
    change.title = titleOr(lineAt(node, u"title"_s), *number);
    change.branch = oneLine(textAt(node, u"headRefName"_s));
    change.author = loginAt(node, u"author"_s);
    change.url = webAddressAt(node, u"url"_s);
    change.createdAt = timeAt(node, u"createdAt"_s);
    change.updatedAt = timeAt(node, u"updatedAt"_s);
    const QString base = oneLine(textAt(node, u"baseRefName"_s));
    change.base = base == main ? QString() : base;
    if (change.base.isEmpty())
        change.commitsAhead = numberAt(node, u"commits.totalCount"_s);
    change.draft = flagAt(node, u"isDraft"_s);
    change.fork = flagAt(node, u"isCrossRepository"_s);
    change.conflicts = textAt(node, u"mergeable"_s) == u"CONFLICTING";
    change.labels = labelsOf(arrayAt(node, u"labels.nodes"_s));
    const QString decision = textAt(node, u"reviewDecision"_s);
    if (decision == u"APPROVED")
        change.review = ReviewDecision::Approved;
    else if (decision == u"CHANGES_REQUESTED")
        change.review = ReviewDecision::ChangesRequested;
    else if (decision == u"REVIEW_REQUIRED")
        change.review = ReviewDecision::Required;
    return change;
}

std::optional<Change> pullFromRest(const QJsonObject &pull, const QString &main, const QString &fullName)
{
    const auto number = numberAt(pull, u"number"_s);
    Change change;
    change.head = shaAt(pull, u"head.sha"_s);
    if (!number || *number == 0 || change.head.isEmpty())
        return {};
    change.number = number;
    change.title = titleOr(lineAt(pull, u"title"_s), *number);
    change.branch = oneLine(textAt(pull, u"head.ref"_s));
    change.author = loginAt(pull, u"user"_s);
    change.url = webAddressAt(pull, u"html_url"_s);
    change.createdAt = timeAt(pull, u"created_at"_s);
    change.updatedAt = timeAt(pull, u"updated_at"_s);
    const QString base = oneLine(textAt(pull, u"base.ref"_s));
    change.base = base == main ? QString() : base;
    change.draft = flagAt(pull, u"draft"_s);
    // A fork that is gone has no repository any more: nobody can push to it either.
    change.fork = textAt(pull, u"head.repo.full_name"_s).compare(fullName, Qt::CaseInsensitive) != 0;
    change.labels = labelsOf(arrayAt(pull, u"labels"_s));
    return change;
}

Change branchChange(const QString &name, const QString &head, const QString &subject, const QUrl &repository)
{
    Change change;
    change.title = oneLine(subject);
    change.branch = name;
    change.head = head;
    if (!repository.isEmpty()) {
        change.url = repository;
        change.url.setPath(repository.path() + u"/tree/"_s + name);
    }
    return change;
}

void nameBranch(Change &branch)
{
    if (branch.commitsAhead.value_or(0) != 1 || branch.title.isEmpty())
        branch.title = titleOfBranch(branch.branch);
}

} // namespace Slipway::GitHub
