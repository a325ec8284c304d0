// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/herokuprovider.h"

#include "providers/heroku/fields.h"
#include "providers/heroku/phrases.h"

#include <QHostAddress>

namespace Slipway {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Heroku::Phrases;

namespace {

constexpr int kBudget = 4500; ///< requests an hour of an account (source: Platform API reference, "Rate limits")

bool isLoopback(const QUrl &root)
{
    return root.host() == u"localhost" || QHostAddress(root.host()).isLoopback();
}

QUrl rootOf(const Account &account)
{
    return QUrl(account.url.isEmpty() ? u"https://api.heroku.com"_s : account.url, QUrl::StrictMode);
}

QUrl dataRootOf(const Account &account)
{
    if (!account.dataUrl.isEmpty())
        return QUrl(account.dataUrl, QUrl::StrictMode);
    const QUrl root = rootOf(account);
    return isLoopback(root) ? root : QUrl(u"https://api.data.heroku.com"_s);
}

/// A service on this machine has no allowance to spare.
std::chrono::milliseconds paceOf(const Account &account)
{
    return isLoopback(rootOf(account)) ? 100ms : 2s;
}

HttpClient::Setting settingOf(const ProviderContext &context)
{
    HttpClient::Setting setting;
    setting.root = rootOf(context.account);
    setting.dataRoot = dataRootOf(context.account);
    setting.authorization = "Bearer " + context.token.toUtf8();
    setting.userAgent = "slipway/" SLIPWAY_VERSION;
    setting.service = u"Heroku"_s;
    setting.budgetTotal = kBudget;
    return setting;
}

/// Without a key of its own nothing can be compared, but everything else works.
ConfigHasher hasherOf(const QString &home)
{
    return ConfigHasher::open(home + u"/config.key"_s).value_or(ConfigHasher());
}

/// As a shell takes them apart again (source: POSIX, quoting).
QString quoted(const QStringList &command)
{
    QStringList words;
    for (const QString &word : command) {
        QString inner = word;
        words.append(u'\'' + inner.replace(u'\'', u"'\\''"_s) + u'\'');
    }
    return words.join(u' ');
}

Error unsupported(const QString &what)
{
    return Error(Error::Kind::Unsupported, what,
                 Phrases::tr("Do it in Heroku's dashboard; the board shows it within a minute."));
}

} // namespace

HerokuProvider::HerokuProvider(const ProviderContext &context)
    : m_hasToken(!context.token.isEmpty())
    , m_http(std::make_unique<HttpClient>(settingOf(context)))
    , m_api(*m_http, rootOf(context.account), dataRootOf(context.account), paceOf(context.account))
    , m_lookup(m_api)
    , m_observer(m_api, hasherOf(context.home))
    , m_cloner(m_api)
    , m_builder(m_api)
    , m_promoter(m_api)
    , m_watch(m_api)
    , m_lifecycle(m_api)
    , m_reviews(m_api)
    , m_logs(m_api)
{
    m_api.hide(context.token);
}

HerokuProvider::~HerokuProvider()
{
    m_http->stop({}); // resumes whoever still waits while this object is whole
}

void HerokuProvider::stop(std::function<void()> drained)
{
    m_http->stop(std::move(drained));
}

void HerokuProvider::setSecondFactor(QString code)
{
    m_api.setSecondFactor(code);
}

Result<void> HerokuProvider::ready() const
{
    if (m_hasToken)
        return {};
    return fail(Error::Kind::Unauthorized, Phrases::tr("There is no token for this Heroku account."),
                Phrases::tr("Sign in: give the account a token, or take the Heroku CLI's login over."));
}

Capabilities HerokuProvider::capabilities() const
{
    Capabilities can;
    can.clone = can.deployVersion = can.deployDirectory = can.promote = can.rollBack = true;
    can.suspend = can.restart = can.scale = can.config = can.runtimeLogs = can.buildLogs = can.run = can.shutDown =
        true;
    can.moreProduction = can.wantsArchive = can.dataCopy = can.review = true;
    return can;
}

Task<AccountFacts> HerokuProvider::facts(bool ask)
{
    AccountFacts facts;
    const Budget before = m_http->budget();
    facts.budgetLeft = before.remaining;
    facts.budgetTotal = before.remaining >= 0 ? kBudget : -1;
    if (!ask)
        co_return Result<AccountFacts>(facts);
    const auto good = ready();
    if (!good)
        co_return Result<AccountFacts>(tl::unexpect, good.error());
    Heroku::Call call;
    call.path = u"/account"_s;
    call.what = Phrases::tr("tell whose token this is");
    const auto account = co_await m_api.object(call);
    if (!account)
        co_return Result<AccountFacts>(tl::unexpect, account.error());
    Heroku::Fields fields(*account, u"the account"_s);
    facts.who = fields.text(u"email"_s);
    call.path = u"/account/rate-limits"_s; // costs nothing
    call.kept = false;
    const auto limits = co_await m_api.object(call);
    if (limits)
        facts.budgetLeft = limits->value(u"remaining"_s).toInt(facts.budgetLeft);
    facts.budgetTotal = facts.budgetLeft >= 0 ? kBudget : -1;
    co_return fields.take(facts);
}

Task<QList<RemotePipeline>> HerokuProvider::pipelines()
{
    const auto good = ready();
    if (!good)
        co_return Result<QList<RemotePipeline>>(tl::unexpect, good.error());
    Heroku::Call call;
    call.path = u"/pipelines"_s;
    call.what = Phrases::tr("list the pipelines");
    const auto listed = co_await m_api.list(call);
    if (!listed)
        co_return Result<QList<RemotePipeline>>(tl::unexpect, listed.error());
    QList<RemotePipeline> all;
    for (const auto &entry : *listed) {
        Heroku::Fields fields(entry.toObject(), u"a pipeline"_s);
        const auto one = fields.take(RemotePipeline{fields.text(u"id"_s), fields.text(u"name"_s), {}, {}});
        if (!one)
            co_return Result<QList<RemotePipeline>>(tl::unexpect, one.error());
        all.append(*one);
    }
    co_return Result<QList<RemotePipeline>>(all);
}

Task<Snapshot> HerokuProvider::observe(QString pipeline, Snapshot known)
{
    const auto good = ready();
    if (!good)
        co_return Result<Snapshot>(tl::unexpect, good.error());
    Result<Snapshot> snapshot = co_await m_observer.observe(pipeline, known);
    co_return snapshot;
}

Task<RemotePipeline> HerokuProvider::setUpPipeline(Ticket, QString, QString)
{
    co_return Result<RemotePipeline>(
        tl::unexpect, unsupported(Phrases::tr("Slipway does not make pipelines at Heroku; it shows those there are.")));
}

Task<void> HerokuProvider::removePipeline(Ticket, QString)
{
    co_return Result<void>(tl::unexpect, unsupported(Phrases::tr("Slipway does not delete pipelines at Heroku.")));
}

Task<void> HerokuProvider::clone(Ticket ticket, CloneSpec spec, Progress progress)
{
    const auto good = ready();
    if (!good)
        co_return good;
    Result<void> done = co_await m_cloner.clone(ticket, spec, progress);
    m_observer.suspect(spec.name);
    co_return done;
}

Task<CloneOffer> HerokuProvider::cloneOffer(QString, QString from)
{
    const auto good = ready();
    if (!good)
        co_return Result<CloneOffer>(tl::unexpect, good.error());
    Result<CloneOffer> offer = co_await m_cloner.offer(from);
    co_return offer;
}

Task<QString> HerokuProvider::makeReview(Ticket, ReviewSpec spec, Progress progress)
{
    const auto good = ready();
    if (!good)
        co_return Result<QString>(tl::unexpect, good.error());
    Result<QString> name = co_await m_reviews.create(spec, progress);
    co_return name;
}

Task<Release> HerokuProvider::live(Ticket ticket, Heroku::App app, QString releaseId, DeploySpec spec,
                                   Progress progress)
{
    const auto released = co_await m_watch.untilReleased(app, releaseId, progress);
    if (released && !released->hasFailed()) {
        const auto finished = co_await m_cloner.finish(app, ticket.id);
        if (!finished)
            co_return Result<Release>(tl::unexpect, finished.error());
    }
    const auto live = co_await m_watch.untilLive(app, releaseId, progress);
    m_observer.suspect(app.name);
    if (!live)
        co_return Result<Release>(tl::unexpect, live.error());
    Release release;
    release.number = live->version;
    release.artifact = live->slug;
    release.version = spec.version;
    release.uncommitted = !spec.directory.isEmpty();
    release.change = spec.change;
    release.at = live->at;
    release.by = live->by;
    release.note = live->description;
    co_return Result<Release>(release);
}

Task<Release> HerokuProvider::deploy(Ticket ticket, DeploySpec spec, Progress progress)
{
    const auto good = ready();
    if (!good)
        co_return Result<Release>(tl::unexpect, good.error());
    const auto app = co_await m_lookup.app(spec.environment);
    if (!app)
        co_return Result<Release>(tl::unexpect, app.error());
    if (!spec.artifactOf.isEmpty()) {
        const Heroku::Promotion promotion{spec.pipeline, spec.artifactOf, spec.environment, spec.artifact};
        const auto promoted = co_await m_promoter.promote(promotion, progress);
        if (!promoted)
            co_return Result<Release>(tl::unexpect, promoted.error());
        Result<Release> release = co_await live(ticket, *app, *promoted, spec, progress);
        co_return release;
    }
    const Heroku::BuildOrder order{*app, spec.archive, spec.version, spec.change, ticket.id};
    const auto built = co_await m_builder.build(order, progress);
    if (!built)
        co_return Result<Release>(tl::unexpect, built.error());
    Result<Release> release = co_await live(ticket, *app, *built, spec, progress);
    co_return release;
}

Task<Release> HerokuProvider::rollBack(Ticket ticket, QString, QString environment, int release, bool withConfig,
                                       Progress progress)
{
    const auto good = ready();
    if (!good)
        co_return Result<Release>(tl::unexpect, good.error());
    const auto app = co_await m_lookup.app(environment);
    if (!app)
        co_return Result<Release>(tl::unexpect, app.error());
    const auto sent = co_await m_promoter.rollBack(*app, release, withConfig);
    if (!sent)
        co_return Result<Release>(tl::unexpect, sent.error());
    const DeploySpec none;
    Result<Release> back = co_await live(ticket, *app, *sent, none, progress);
    co_return back;
}

Task<void> HerokuProvider::replaceData(Ticket, QString, QString, QString, DataChoice, Progress)
{
    co_return Result<void>(tl::unexpect, unsupported(Phrases::tr("Slipway does not copy Heroku's databases yet.")));
}

Task<void> HerokuProvider::suspend(Ticket, QString, QString environment)
{
    const auto good = ready();
    if (!good)
        co_return good;
    Result<void> done = co_await m_lifecycle.suspend(environment);
    m_observer.suspect(environment);
    co_return done;
}

Task<void> HerokuProvider::resume(Ticket, QString, QString environment)
{
    const auto good = ready();
    if (!good)
        co_return good;
    const Progress quiet;
    Result<void> done = co_await m_lifecycle.resume(environment, quiet);
    m_observer.suspect(environment);
    co_return done;
}

Task<void> HerokuProvider::restart(Ticket, QString, QString environment)
{
    const auto good = ready();
    if (!good)
        co_return good;
    const Progress quiet;
    Result<void> done = co_await m_lifecycle.restart(environment, quiet);
    m_observer.suspect(environment);
    co_return done;
}

Task<void> HerokuProvider::shutDown(Ticket, QString pipeline, QString environment)
{
    const auto good = ready();
    if (!good)
        co_return good;
    const auto review = co_await m_reviews.remove(pipeline, environment); // Heroku takes those down in its own way
    if (!review)
        co_return Result<void>(tl::unexpect, review.error());
    if (*review)
        co_return Result<void>();
    Result<void> done = co_await m_lifecycle.shutDown(environment);
    co_return done;
}

Task<void> HerokuProvider::scale(Ticket, QString, QString environment, QMap<QString, int> quantities)
{
    const auto good = ready();
    if (!good)
        co_return good;
    Result<void> done = co_await m_lifecycle.scale(environment, quantities);
    m_observer.suspect(environment);
    co_return done;
}

Task<QMap<QString, QString>> HerokuProvider::config(QString, QString environment)
{
    const auto good = ready();
    if (!good)
        co_return Result<Heroku::ConfigValues>(tl::unexpect, good.error());
    const auto values = co_await m_lookup.config(environment);
    if (!values)
        co_return Result<Heroku::ConfigValues>(tl::unexpect, values.error());
    co_return Result<Heroku::ConfigValues>(Heroku::withoutMarks(*values));
}

Task<void> HerokuProvider::patchConfig(Ticket, QString, QString environment, ConfigPatch patch)
{
    const auto good = ready();
    if (!good)
        co_return good;
    const Progress quiet;
    Result<void> done = co_await m_lifecycle.patchConfig(environment, patch.set, patch.unset, quiet);
    m_observer.suspect(environment);
    co_return done;
}

Task<LogPage> HerokuProvider::logs(LogQuery query)
{
    const auto good = ready();
    if (!good)
        co_return Result<LogPage>(tl::unexpect, good.error());
    Result<LogPage> page = co_await m_logs.read(query);
    co_return page;
}

Task<int> HerokuProvider::run(QString, QString environment, QStringList command,
                              std::function<void(const QByteArray &, bool isError)> output)
{
    const auto good = ready();
    if (!good)
        co_return Result<int>(tl::unexpect, good.error());
    Result<int> status = co_await m_logs.run(environment, quoted(command), output);
    co_return status;
}

} // namespace Slipway
