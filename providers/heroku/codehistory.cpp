// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/observer.h"

#include "providers/heroku/marks.h"
#include "providers/heroku/phrases.h"

// The part of Observer that tells which code an app's releases hold, and since when.
namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

constexpr int kShortId = 8;

Change changeFor(const AppRelease &release, const std::optional<Build> &build)
{
    if (build && !build->slug.isEmpty() && build->slug == release.slug && !build->description.isEmpty())
        return describedChange(build->description);
    return describedChange(release.description);
}

} // namespace

void Observer::recall(const Snapshot &known)
{
    for (const Environment &environment : known.environments) {
        const auto &release = environment.release;
        if (release && !release->artifact.isEmpty() && !m_code.contains(release->artifact)
            && !release->change.title.isEmpty())
            m_code.insert(release->artifact, Code{release->version, release->change});
    }
}

Release Observer::asRelease(const AppRelease &from) const
{
    Release release;
    release.number = from.version;
    release.artifact = from.slug;
    release.artifactLabel = from.slug.isEmpty() ? QString() : u"slug "_s + from.slug.left(kShortId);
    release.at = from.at;
    release.by = from.by;
    release.note = from.description;
    const auto code = m_code.constFind(from.slug);
    if (code != m_code.cend()) {
        release.version = code->version;
        release.change = code->change;
    }
    release.uncommitted = !from.slug.isEmpty() && code != m_code.cend() && release.version.isEmpty();
    return release;
}

/// `deployment` is the release that brought the code of this one. What a change of config says of itself is no title
/// of the code.
void Observer::credit(Release &release, const AppRelease &deployment, const std::optional<Build> &build) const
{
    release.deployedAt = deployment.version < release.number ? deployment.at : QDateTime();
    const auto code = m_code.constFind(release.artifact);
    if (code != m_code.cend() && !code->change.title.isEmpty())
        return;
    release.change = changeFor(deployment, build);
    release.change.head = release.version;
}

/// `releases` newest first; `whole`: there are no older ones. Those that never served are no part of the history.
void Observer::takeReleases(Subject &subject, const QList<AppRelease> &releases, bool whole) const
{
    QList<AppRelease> served;
    for (const AppRelease &release : releases) {
        if (!release.isPending() && !release.hasFailed() && !release.slug.isEmpty())
            served.append(release);
    }
    subject.history.clear();
    subject.environment.release.reset();
    for (qsizetype i = 0; i < served.size(); ++i) {
        qsizetype deployment = i;
        while (deployment + 1 < served.size() && served.at(deployment + 1).slug == served.at(i).slug)
            ++deployment;
        Release one = asRelease(served.at(i));
        credit(one, served.at(deployment), subject.build);
        if (served.at(i).current) {
            subject.environment.release = one;
            subject.codeIsOlder = !whole && deployment == served.size() - 1;
        }
        subject.history.append(one);
    }
    if (!subject.environment.release && !subject.history.isEmpty())
        subject.environment.release = subject.history.constFirst();
}

Task<void> Observer::learnSlug(QString app, QString slug)
{
    if (slug.isEmpty() || m_code.contains(slug))
        co_return Result<void>();
    Call call;
    call.path = u"/apps/"_s + segment(app) + u"/slugs/"_s + segment(slug);
    call.what = Phrases::tr("read what a release was built from");
    const auto json = co_await m_api.object(call);
    if (!json)
        co_return Result<void>(tl::unexpect, json.error());
    const auto read = Slug::from(*json);
    if (!read)
        co_return Result<void>(tl::unexpect, read.error());
    Code code;
    code.version = read->commit;
    code.change = describedChange(read->description);
    code.change.head = read->commit;
    m_code.insert(slug, code);
    co_return Result<void>();
}

} // namespace Slipway::Heroku
