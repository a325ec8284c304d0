// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/testresults.h"

#include "providers/circleci/phrases.h"

#include <chrono>

namespace Slipway::CircleCi {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype kMostFailures = 50; ///< of one job (CiJob::failing)
constexpr int kMostTestPages = 50; ///< of tests of one job
constexpr int kMostKept = 5000;
constexpr auto kFlakyFor = 10min; ///< CircleCI counts anew once a day or so

} // namespace

TestResults::TestResults(CircleCiApi &api)
    : m_api(api)
    , m_failures(kMostKept)
{ }

/// One more than are shown, when there are more.
Task<QList<TestRecord>> TestResults::failures(QString project, int job)
{
    using All = Result<QList<TestRecord>>;
    const auto slug = slugPath(project);
    if (!slug)
        co_return All(tl::unexpect, slug.error());
    const QString key = project + u'\n' + QString::number(job);
    const QList<TestRecord> *kept = m_failures.object(key);
    if (kept)
        co_return All(*kept);
    Call call;
    call.path = u"/project/"_s + *slug + u'/' + QString::number(job) + u"/tests"_s;
    call.what = Phrases::tr("list the tests of job %1").arg(job);
    QList<TestRecord> failures;
    QString token;
    for (int count = 0; count < kMostTestPages && failures.size() <= kMostFailures; ++count) {
        const auto page = co_await m_api.page(call, token);
        if (!page)
            co_return All(tl::unexpect, page.error());
        const QList<TestRecord> tests = testsFrom(page->items);
        for (const TestRecord &test : tests) {
            if (test.failed && failures.size() <= kMostFailures)
                failures.append(test);
        }
        token = page->next;
        if (token.isEmpty())
            break;
    }
    if (!failures.isEmpty()) // none yet may mean that they are still read there
        m_failures.insert(key, new QList<TestRecord>(failures), int(failures.size()));
    co_return All(failures);
}

/// A project that has no insights, or a token that may not see them, knows none.
Task<TestResults::Known> TestResults::flaky(QString project)
{
    const auto kept = m_flaky.constFind(project);
    if (kept != m_flaky.cend() && !kept->until.hasExpired())
        co_return Result<Known>(kept->tests);
    const auto slug = slugPath(project);
    if (!slug)
        co_return Result<Known>(tl::unexpect, slug.error());
    Call call;
    call.path = u"/insights/"_s + *slug + u"/flaky-tests"_s;
    call.what = Phrases::tr("list the flaky tests");
    const auto answer = co_await m_api.object(call);
    const bool none =
        !answer && (answer.error().kind() == Error::Kind::NotFound || answer.error().kind() == Error::Kind::Blocked);
    if (!answer && !none)
        co_return Result<Known>(tl::unexpect, answer.error());
    Known known;
    const QList<TestRecord> tests = answer ? flakyTestsFrom(*answer) : QList<TestRecord>();
    for (const TestRecord &test : tests)
        known.insert({test.classname, test.name});
    m_flaky.insert(project, Flaky{known, QDeadlineTimer(kFlakyFor)});
    co_return Result<Known>(known);
}

Task<FailedTests> TestResults::failed(QString project, int job)
{
    const auto failures = co_await this->failures(project, job);
    if (!failures)
        co_return Result<FailedTests>(tl::unexpect, failures.error());
    FailedTests all;
    if (failures->isEmpty())
        co_return Result<FailedTests>(all);
    const auto known = co_await flaky(project);
    if (!known && known.error().kind() == Error::Kind::Cancelled)
        co_return Result<FailedTests>(tl::unexpect, known.error());
    const Known marks = known.value_or(Known()); // a mark less is no reason to hide what failed
    for (const TestRecord &test : *failures) {
        if (all.names.contains(test.name))
            continue;
        if (all.names.size() == kMostFailures)
            break;
        all.names.append(test.name);
        if (marks.contains({test.classname, test.name}) || marks.contains({QString(), test.name}))
            all.flaky.append(test.name);
    }
    all.whole = failures->size() <= kMostFailures;
    co_return Result<FailedTests>(all);
}

} // namespace Slipway::CircleCi
