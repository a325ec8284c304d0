// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/comparisons.h"

namespace Slipway {

namespace {

/// The known one with a part that goes on where it ends; nullopt: it does not, or it is as long as it may be.
std::optional<Comparison> continued(const std::optional<Comparison> &known, const Comparison &part, int skip)
{
    if (skip == 0)
        return part;
    const bool next = known && known->commits.size() == qMin(known->ahead, skip)
        && known->missing.size() == qMin(known->behind, skip) && skip < CommitRange().most;
    if (!next)
        return {};
    Comparison longer = *known;
    longer.commits += part.commits;
    longer.missing += part.missing;
    return longer;
}

} // namespace

Task<Comparison> compared(StepContext c, QString base, QString head)
{
    const CommitRange most;
    Result<Comparison> whole = co_await comparedPart(c, base, head, most);
    co_return whole;
}

Task<Comparison> comparedPart(StepContext c, QString base, QString head, CommitRange range)
{
    if (base == head)
        co_return Result<Comparison>(Comparison{base, head, 0, 0, {}, {}});
    const auto known = c.cache->comparison(c.pipeline.name, base, head);
    if (known && known->covers(range))
        co_return Result<Comparison>(known->part(range));
    const std::function<Task<Comparison>(SourceProvider &)> work = [id = sourceOf(c.pipeline).id, base, head,
                                                                    range](SourceProvider &source) {
        return source.compare(id, base, head, range);
    };
    Result<Comparison> fresh = co_await onSource<Comparison>(c, work);
    if (!fresh && known && range.skip < qMax(known->commits.size(), known->missing.size()))
        co_return Result<Comparison>(known->part(range)); // less than was asked for, and better than nothing
    if (!fresh)
        co_return fresh;
    fresh->base = base;
    fresh->head = head;
    if (const auto longer = continued(known, *fresh, range.skip))
        std::ignore = c.cache->remember(c.pipeline.name, *longer); // asked again next time if it could not be kept
    co_return fresh;
}

} // namespace Slipway
