// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/herokuprovider.h"

#include "models/domain/accountinput.h"
#include "providers/heroku/fields.h"
#include "providers/heroku/phrases.h"

#include <QScopeGuard>

namespace Slipway {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Heroku::Phrases;

namespace {

constexpr int kBudget = 4500; ///< requests an hour of an account (source: Platform API reference, "Rate limits")

QUrl rootOf(const Account &account)
{
    return QUrl(account.url.isEmpty() ? u"https://api.heroku.com"_s : account.url, QUrl::StrictMode);
}

QUrl dataRootOf(const Account &account)
{
    if (!account.dataUrl.isEmpty())
        return QUrl(account.dataUrl, QUrl::StrictMode);
    const QUrl root = rootOf(account);
    return isLoopback(root.host()) ? root : QUrl(u"https://api.data.heroku.com"_s);
}

/// A service on this machine has no allowance to spare.
std::chrono::milliseconds paceOf(const Account &account)
{
    return isLoopback(rootOf(account).host()) ? 100ms : 2s;
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
    : m_http(std::make_unique<HttpClient>(settingOf(context)))
    , m_api(*m_http, rootOf(context.account), dataRootOf(context.account), paceOf(context.account))
    , m_lookup(m_api)
    , m_observer(m_api, hasherOf(context.home))
    , m_cloner(m_api)
    , m_builder(m_api)
    , m_promoter(m_api)
    , m_watch(m_api)
    , m_lifecycle(m_api)
    , m_data(m_api, m_lifecycle)
    , m_reviews(m_api)
    , m_logs(m_api)
{
    m_api.setToken(context.token);
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

Capabilities HerokuProvider::capabilities() const
{
    Capabilities can;
    can.clone = can.deployVersion = can.deployDirectory = can.promote = can.rollBack = true;
    can.suspend = can.restart = can.scale = can.config = can.runtimeLogs = can.buildLogs = can.run = can.shutDown =
        true;
    can.moreProduction = can.wantsArchive = can.dataCopy = can.review = can.maintenance = can.replaceData = true;
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
    Heroku::Call call;
    call.path = u"/account"_s;
    call.what = Phrases::tr("tell whose token this is");
    const auto account = co_await m_api.object(call);
    facts.scopes = m_api.scopes();
    // A token for apps alone may not see whose it is.
    const bool nameless = !account && account.error().kind() == Error::Kind::Blocked && !facts.scopes.isEmpty();
    if (!account && !nameless)
        co_return Result<AccountFacts>(tl::unexpect, account.error());
    Heroku::Fields fields(account.value_or(QJsonObject()), u"the account"_s);
    if (account)
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

Task<Snapshot> HerokuProvider::observe(QString pipeline, Snapshot known, QStringList only)
{
    return m_observer.observe(pipeline, known, only);
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

Task<void> HerokuProvider::thenLookAgain(QString app, Task<void> work)
{
    Result<void> done = co_await work;
    m_observer.suspect(app);
    co_return done;
}

Task<void> HerokuProvider::clone(Ticket ticket, CloneSpec spec, Progress progress)
{
    return thenLookAgain(spec.name, m_cloner.clone(ticket, spec, progress));
}

Task<CloneOffer> HerokuProvider::cloneOffer(QString, QString from)
{
    return m_cloner.offer(from);
}

Task<QString> HerokuProvider::makeReview(Ticket, ReviewSpec spec, Progress progress)
{
    return m_reviews.create(spec, progress);
}

Task<Release> HerokuProvider::live(Ticket ticket, Heroku::App app, QString releaseId, DeploySpec spec,
                                   Progress progress)
{
    const auto again = qScopeGuard([this, name = app.name] { m_observer.suspect(name); });
    const auto released = co_await m_watch.untilSucceeded(app, releaseId, progress);
    if (!released)
        co_return Result<Release>(tl::unexpect, released.error());
    const auto finished = co_await m_cloner.finish(app, ticket.id);
    if (!finished)
        co_return Result<Release>(tl::unexpect, finished.error());
    const auto up = co_await m_watch.untilUp(app, released->version, progress);
    if (!up)
        co_return Result<Release>(tl::unexpect, up.error());
    Release release;
    release.number = released->version;
    release.artifact = released->slug;
    release.version = spec.version;
    release.uncommitted = !spec.directory.isEmpty();
    release.change = spec.change;
    release.at = released->at;
    release.by = released->by;
    release.note = released->description;
    co_return Result<Release>(release);
}

Task<Release> HerokuProvider::deploy(Ticket ticket, DeploySpec spec, Progress progress)
{
    const auto app = co_await m_lookup.app(spec.environment);
    if (!app)
        co_return Result<Release>(tl::unexpect, app.error());
    if (!spec.artifactOf.isEmpty()) {
        const Heroku::Promotion promotion{spec.pipeline, spec.artifactOf, *app, spec.artifact};
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

Task<void> HerokuProvider::replaceData(Ticket ticket, QString, QString from, QString to, DataChoice data,
                                       Progress progress)
{
    if (data != DataChoice::Copy) {
        co_return Result<void>(tl::unexpect, unsupported(Phrases::tr("Heroku's apps have no seed data to put there.")));
    }
    Result<void> done = co_await m_data.replace(ticket, from, to, progress);
    m_observer.suspect(to);
    co_return done;
}

Task<void> HerokuProvider::suspend(Ticket, QString, QString environment, bool maintenance)
{
    return thenLookAgain(environment, m_lifecycle.suspend(environment, maintenance));
}

Task<void> HerokuProvider::resume(Ticket, QString, QString environment)
{
    return thenLookAgain(environment, m_lifecycle.resume(environment, {}));
}

Task<void> HerokuProvider::restart(Ticket, QString, QString environment)
{
    return thenLookAgain(environment, m_lifecycle.restart(environment, {}));
}

Task<void> HerokuProvider::shutDown(Ticket, QString pipeline, QString environment)
{
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
    return thenLookAgain(environment, m_lifecycle.scale(environment, quantities));
}

Task<QMap<QString, QString>> HerokuProvider::config(QString, QString environment)
{
    const auto values = co_await m_lookup.config(environment);
    if (!values)
        co_return Result<Heroku::ConfigValues>(tl::unexpect, values.error());
    co_return Result<Heroku::ConfigValues>(Heroku::withoutMarks(*values));
}

Task<void> HerokuProvider::patchConfig(Ticket, QString, QString environment, ConfigPatch patch)
{
    return thenLookAgain(environment, m_lifecycle.patchConfig(environment, patch.set, patch.unset, {}));
}

Task<LogPage> HerokuProvider::logs(LogQuery query)
{
    return m_logs.read(query);
}

Task<int> HerokuProvider::run(QString, QString environment, QStringList command,
                              std::function<void(const QByteArray &, bool isError)> output)
{
    return m_logs.run(environment, quoted(command), output);
}

} // namespace Slipway
