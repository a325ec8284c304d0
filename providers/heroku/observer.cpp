// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/observer.h"

#include "providers/heroku/appstate.h"
#include "providers/heroku/marks.h"
#include "providers/heroku/phrases.h"

#include <algorithm>
#include <vector>

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

constexpr int kHistory = 20; ///< releases of an app that are looked at
constexpr int kMostNews = 60; ///< apps of which everything is asked in one look: 5 requests each, of 4,500 an hour
constexpr int kSlugsAtOnce = 5; ///< of older releases, in one look
constexpr int kSideBySide = 3; ///< apps that are asked about at the same time

std::optional<Stage> stageOf(const QString &coupling)
{
    if (coupling == u"review")
        return Stage::Development;
    return stageFromString(coupling);
}

/// A domain of its own is what people know an app by; a wildcard opens nothing.
QUrl addressOf(const QJsonArray &domains, const App &app)
{
    for (const auto &entry : domains) {
        const QJsonObject domain = entry.toObject();
        const QString host = domain.value(u"hostname"_s).toString();
        const QUrl url(u"https://"_s + host + u'/', QUrl::StrictMode);
        if (domain.value(u"kind"_s).toString() == u"custom" && !host.startsWith(u'*') && url.isValid())
            return url;
    }
    return app.address;
}

} // namespace

Observer::Observer(HerokuApi &api, ConfigHasher hasher)
    : m_api(api)
    , m_lookup(api)
    , m_hasher(std::move(hasher))
    , m_reviews(api)
{ }

Observer::Subject Observer::subject(const Overview &seen, const Coupling &coupling, const Environment *known) const
{
    Subject subject;
    subject.app = seen.apps.value(coupling.app);
    if (const auto latest = seen.releases.constFind(coupling.app); latest != seen.releases.cend())
        subject.latest = *latest;
    if (const auto build = seen.builds.constFind(coupling.app); build != seen.builds.cend())
        subject.build = *build;
    if (known)
        subject.environment = *known;
    subject.suspended = known && known->state == EnvironmentState::Suspended;
    Environment &environment = subject.environment;
    environment.name = subject.app.name;
    environment.stage = stageOf(coupling.stage).value_or(Stage::Development);
    if (environment.address.isEmpty()) // a domain of its own, once it is known, is the better one
        environment.address = subject.app.address;
    environment.platform = subject.app.stack;
    if (!subject.app.buildpack.isEmpty())
        environment.platform += u", "_s + subject.app.buildpack;
    environment.notPromotable =
        subject.app.isContainer() ? Phrases::tr("It is a container image, and Heroku promotes none") : QString();
    environment.createdAt = subject.app.createdAt;
    if (const auto review = seen.reviews.constFind(coupling.app); review != seen.reviews.cend())
        subject.review = *review;
    return subject;
}

bool Observer::isNews(const Subject &subject, const Environment *known)
{
    if (!known || known->state == EnvironmentState::Unknown)
        return true;
    if (!subject.latest)
        return known->release.has_value();
    if (subject.latest->isPending())
        return false; // what serves is what it was; the release is news when it has ended
    const int number = known->release ? known->release->number : 0;
    if (subject.latest->slug.isEmpty()) // config and add-ons come before the first code
        return number != 0;
    if (subject.latest->hasFailed()) { // the one that is known goes on; once said, it is no news any more
        Environment told = *known;
        told.state = EnvironmentState::Running;
        describeLatest(told, subject.latest, {});
        return subject.latest->version > number && told.stateText != known->stateText;
    }
    return subject.latest->version != number;
}

Task<void> Observer::detail(Subject *subject)
{
    const QString name = subject->app.name;
    Call domainsCall;
    domainsCall.path = u"/apps/"_s + segment(name) + u"/domains"_s;
    domainsCall.what = Phrases::tr("read the addresses of %1").arg(name);
    auto askReleases = m_lookup.releases(name, kHistory); // all three are under way at the same time
    auto askConfig = m_lookup.config(name);
    auto askDomains = m_api.list(domainsCall);
    const auto releases = co_await askReleases;
    const auto config = co_await askConfig;
    const auto domains = co_await askDomains;
    if (!releases)
        co_return Result<void>(tl::unexpect, releases.error());
    if (config) { // a token may look at releases and not at config
        subject->environment.config = m_hasher.hashes(comparable(*config));
        subject->environment.clonedFrom = config->value(kClonedFromKey).section(u' ', 0, 1);
        subject->suspended = config->contains(kSuspendedKey);
    }
    if (domains)
        subject->environment.address = addressOf(*domains, subject->app);
    int asked = 0;
    for (const AppRelease &release : *releases) { // newest first, so that the current one is among those
        if (m_code.contains(release.slug) || release.slug.isEmpty())
            continue;
        if (++asked > kSlugsAtOnce)
            break;
        co_await learnSlug(name, release.slug);
    }
    takeReleases(*subject, *releases, releases->size() < kHistory);
    Result<void> looked = co_await lookAtDynos(subject);
    subject->detailed = bool(looked);
    co_return looked;
}

Task<void> Observer::lookAtDynos(Subject *subject)
{
    const auto dynos = co_await m_lookup.dynos(subject->app.name);
    if (!dynos)
        co_return Result<void>(tl::unexpect, dynos.error());
    const EnvironmentState before = subject->environment.state;
    describeDynos(subject->environment, *dynos, subject->suspended);
    if (subject->environment.state != before)
        subject->environment.stateSince = QDateTime::currentDateTimeUtc();
    co_return Result<void>();
}

Task<void> Observer::lookCloser(QList<Subject> *subjects, QList<qsizetype> news)
{
    std::optional<Error> problem;
    for (qsizetype next = 0; next < news.size(); next += kSideBySide) {
        std::vector<Task<void>> asked;
        for (qsizetype i = next; i < qMin(next + kSideBySide, news.size()); ++i)
            asked.push_back(detail(&(*subjects)[news.at(i)]));
        for (Task<void> &one : asked) {
            const auto done = co_await one;
            // An app that vanished meanwhile, or one that may not be looked at, leaves the others alone.
            if (!done && done.error().kind() != Error::Kind::NotFound && done.error().kind() != Error::Kind::Blocked)
                problem = done.error();
        }
        if (problem)
            co_return Result<void>(tl::unexpect, *problem);
    }
    co_return Result<void>();
}

Task<void> Observer::lookInTurn(QList<Subject> *subjects)
{
    const qsizetype count = subjects->size();
    QList<qsizetype> chosen;
    for (qsizetype i = 0; i < count; ++i) { // what was starting is looked at each time
        const Subject &one = subjects->at(i);
        if (!one.detailed && one.environment.state == EnvironmentState::Deploying && one.environment.release
            && chosen.size() < kSideBySide)
            chosen.append(i);
    }
    for (qsizetype step = 0; step < count && chosen.isEmpty(); ++step) {
        const qsizetype i = (m_turn + step) % count;
        if (!subjects->at(i).detailed && subjects->at(i).environment.release) {
            chosen.append(i);
            m_turn = i + 1;
        }
    }
    for (const qsizetype i : chosen) {
        Subject *const one = &(*subjects)[i];
        co_await lookAtDynos(one);
    }
    co_return Result<void>();
}

Task<void> Observer::lookAtOne(Subject *subject, const Environment *known)
{
    const QString name = subject->app.name;
    bool news = m_suspects.remove(name);
    if (!news) {
        const auto newest = co_await m_lookup.releases(name, 1);
        if (!newest)
            co_return Result<void>(tl::unexpect, newest.error());
        if (!newest->isEmpty())
            subject->latest = newest->constFirst();
        news = isNews(*subject, known);
    }
    if (news) {
        Result<void> detailed = co_await detail(subject);
        co_return detailed;
    }
    Result<void> looked = co_await lookAtDynos(subject);
    co_return looked;
}

Task<Snapshot> Observer::lookAtSome(Snapshot known, QStringList names)
{
    Snapshot snapshot;
    for (const Environment &environment : known.environments) {
        Subject one;
        one.environment = environment;
        if (names.contains(environment.name)) {
            one.app.name = environment.name;
            one.app.address = environment.address;
            one.suspended = environment.state == EnvironmentState::Suspended;
            Subject *const subject = &one;
            const Environment *const before = &environment;
            const auto looked = co_await lookAtOne(subject, before);
            if (!looked && looked.error().kind() == Error::Kind::NotFound)
                continue; // gone
            if (!looked)
                co_return Result<Snapshot>(tl::unexpect, looked.error());
            describe(one);
        }
        snapshot.environments.append(one.environment);
        if (one.detailed)
            snapshot.releases.insert(one.environment.name, one.history);
    }
    co_return Result<Snapshot>(snapshot);
}

void Observer::describe(Subject &subject)
{
    describeLatest(subject.environment, subject.latest, subject.build);
    if (subject.app.maintenance && subject.environment.stateText.isEmpty())
        subject.environment.stateText = Phrases::tr("It shows its maintenance page.");
}

Task<Snapshot> Observer::observe(QString pipeline, Snapshot known, QStringList only)
{
    recall(known);
    const auto isKnown = [&known](const QString &name) {
        return std::any_of(known.environments.cbegin(), known.environments.cend(),
                           [&name](const Environment &one) { return one.name == name; });
    };
    if (only.isEmpty() || !std::all_of(only.cbegin(), only.cend(), isKnown)) {
        Result<Snapshot> whole = co_await lookAtAll(pipeline, known);
        co_return whole;
    }
    Result<Snapshot> some = co_await lookAtSome(known, only);
    co_return some;
}

Task<Snapshot> Observer::lookAtAll(QString pipeline, Snapshot known)
{
    const auto seen = co_await overview(pipeline);
    if (!seen)
        co_return Result<Snapshot>(tl::unexpect, seen.error());
    const QList<ReviewApp> reviews = seen->unborn + seen->reviews.values();
    co_await learnFailures(reviews);
    if (!reviews.isEmpty()) {
        const auto end = co_await m_reviews.end(pipeline);
        m_reviewsEnd = end.value_or(QString());
    }
    QHash<QString, const Environment *> before;
    for (const Environment &environment : std::as_const(known.environments))
        before.insert(environment.name, &environment);
    QList<Subject> subjects;
    for (const Coupling &coupling : seen->couplings) {
        if (stageOf(coupling.stage) && seen->apps.contains(coupling.app))
            subjects.append(subject(*seen, coupling, before.value(seen->apps.value(coupling.app).name)));
    }
    const auto important = [](const Subject &a, const Subject &b) { return a.environment.stage > b.environment.stage; };
    std::stable_sort(subjects.begin(), subjects.end(), important);
    QList<qsizetype> news;
    for (qsizetype i = 0; i < subjects.size() && news.size() < kMostNews; ++i) {
        const QString name = subjects.at(i).app.name;
        if (m_suspects.remove(name) || isNews(subjects.at(i), before.value(name)))
            news.append(i);
    }
    QList<Subject> *const all = &subjects;
    const auto closer = co_await lookCloser(all, news);
    if (!closer)
        co_return Result<Snapshot>(tl::unexpect, closer.error());
    co_await learnDeployments(pipeline, all);
    const auto turned = co_await lookInTurn(all);
    if (!turned)
        co_return Result<Snapshot>(tl::unexpect, turned.error());
    Snapshot snapshot;
    for (Subject &one : subjects) {
        describe(one);
        if (one.review)
            describeReview(one.environment, *one.review);
        snapshot.environments.append(one.environment);
        if (one.detailed)
            snapshot.releases.insert(one.environment.name, one.history);
    }
    for (const ReviewApp &review : seen->unborn)
        snapshot.environments.append(unborn(review));
    co_return Result<Snapshot>(snapshot);
}

} // namespace Slipway::Heroku
