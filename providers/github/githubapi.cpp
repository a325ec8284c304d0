// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/githubapi.h"

#include "models/domain/accountinput.h"
#include "providers/github/githuberrors.h"
#include "providers/github/phrases.h"
#include "providers/github/reading.h"
#include "providers/http/origin.h"

#include <QJsonDocument>
#include <QRegularExpression>

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Supported until 2028 at least; what the next one removes is used in one place, Merger (source: "API Versions").
constexpr char kVersion[] = "2022-11-28";
constexpr int kPageSize = 100; ///< the largest there is
constexpr auto kLongestRest = 1h; ///< no budget takes longer to come back

bool isProject(const QString &project)
{
    static const QRegularExpression shape(u"\\A[A-Za-z0-9._-]+/[A-Za-z0-9._-]+\\z"_s);
    return shape.match(project).hasMatch() && !project.endsWith("/.."_L1) && !project.endsWith("/."_L1)
        && !project.startsWith(u'.');
}

Error noProject(const QString &project)
{
    return Error(Error::Kind::Invalid, Phrases::tr("“%1” is not a repository at GitHub.").arg(oneLine(project)),
                 Phrases::tr("Write it as OWNER/REPOSITORY, for example acme/shop."));
}

Error noToken()
{
    return Error(Error::Kind::Unauthorized, Phrases::tr("There is no token for this GitHub account."),
                 Phrases::tr("Sign in: give the account a token, or take the GitHub CLI's login over."));
}

void setHeader(HttpRequest &request, const QByteArray &name, const QByteArray &value)
{
    request.headers.append(qMakePair(name, value));
}

} // namespace

Roots rootsOf(const QString &text)
{
    QUrl url(text.isEmpty() ? u"https://api.github.com"_s : text, QUrl::StrictMode);
    if (url.host() == u"github.com" || url.host() == u"www.github.com")
        url = QUrl(u"https://api.github.com"_s);
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    const bool itself = isLoopback(url.host()) || url.host().startsWith(u"api.");
    if (path.isEmpty() && !itself)
        path = u"/api/v3"_s;
    Roots roots{url, url, url};
    roots.rest.setPath(path);
    const bool below = path.endsWith("/api/v3"_L1);
    if (below)
        path.chop(3);
    roots.graph.setPath(path + u"/graphql"_s);
    roots.web.setPath(below ? path.chopped(4) : path);
    if (url.host().startsWith(u"api."))
        roots.web.setHost(url.host().mid(4));
    return roots;
}

QString segment(const QString &name)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(name));
}

bool GraphAnswer::refused(const QString &alias) const
{
    for (const auto &error : errors) {
        const QJsonArray path = error.toObject().value(u"path"_s).toArray();
        if (path.at(1).toString() == alias)
            return true;
    }
    return false;
}

GitHubApi::GitHubApi(HttpClient &http, Roots roots, std::chrono::milliseconds pace)
    : m_http(http)
    , m_roots(std::move(roots))
    , m_pace(pace)
{ }

void GitHubApi::stop()
{
    m_writes.close();
}

HttpRequest GitHubApi::request(const Call &call) const
{
    HttpRequest request;
    request.method = call.method;
    request.url = call.next;
    if (call.next.isEmpty()) {
        const QString base = call.project.isEmpty() ? QString() : u"/repos/"_s + nameNow(call.project);
        request.url = QUrl(m_roots.rest.toString() + base + call.path, QUrl::StrictMode);
        if (!call.query.isEmpty())
            request.url.setQuery(call.query);
    }
    const QByteArray media = call.media.isEmpty() ? QByteArray() : '.' + call.media;
    setHeader(request, "Accept", "application/vnd.github" + media + QByteArray(media == ".sha" ? "" : "+json"));
    setHeader(request, "X-GitHub-Api-Version", kVersion);
    if (!call.body.isEmpty())
        request.body = QJsonDocument(call.body).toJson(QJsonDocument::Compact);
    request.conditional = call.kept && call.method == "GET";
    request.followed = call.followed;
    request.repeatable = call.repeatable;
    return request;
}

void GitHubApi::learn(const HttpAnswer &answer)
{
    const QString family = QString::fromLatin1(answer.header("X-RateLimit-Resource"));
    bool told = false;
    Budget budget;
    budget.remaining = answer.header("X-RateLimit-Remaining").toInt(&told);
    budget.total = answer.header("X-RateLimit-Limit").toInt();
    if (told)
        learnBudget(family.isEmpty() ? u"core"_s : family, budget);
}

void GitHubApi::learnBudget(const QString &family, const Budget &told)
{
    if (family == u"core" || family == u"graphql")
        m_budgets.insert(family, told);
}

Budget GitHubApi::budget() const
{
    Budget least;
    for (const Budget &one : m_budgets) {
        const bool fewer = double(one.remaining) * least.total < double(least.remaining) * one.total;
        if (least.remaining < 0 || fewer)
            least = one;
    }
    return least;
}

void GitHubApi::learnName(const QString &project, const QString &fullName)
{
    if (isProject(fullName))
        m_names.insert(project, fullName);
}

QString GitHubApi::newName(const QString &project) const
{
    const QString now = nameNow(project);
    if (now.compare(project, Qt::CaseInsensitive) == 0)
        return {};
    return Phrases::tr("%1 is called %2 at GitHub now: name it so in the pipeline.").arg(project, now);
}

Error GitHubApi::withNewName(const Error &error, const QString &project) const
{
    const QString said = newName(project);
    if (said.isEmpty())
        return error;
    return Error(error.kind(), error.message(), QStringList{error.remedy(), said}.join(u' ').trimmed(), error.detail());
}

QUrl GitHubApi::linked(const HttpAnswer &answer, const QByteArray &relation) const
{
    static const QRegularExpression link(u"<([^>]+)>\\s*;\\s*rel=\"([^\"]+)\""_s);
    auto all = link.globalMatch(QString::fromUtf8(answer.header("Link")));
    while (all.hasNext()) {
        const auto one = all.next();
        if (one.captured(2) == QString::fromLatin1(relation))
            return m_roots.rest.resolved(QUrl(one.captured(1), QUrl::StrictMode));
    }
    return {};
}

Task<HttpAnswer> GitHubApi::exchange(HttpRequest request)
{
    if (m_token.isEmpty())
        co_return Result<HttpAnswer>(tl::unexpect, noToken());
    Result<HttpAnswer> answer = co_await m_http.send(request);
    if (answer) {
        learn(*answer);
        if (answer->status >= 400)
            answer->body.replace(m_token, "…");
    }
    co_return answer;
}

/// Writes are not redirected: who asks by an old name asks for the new one first. GitHub answers the repository itself
/// under its old name with 301.
Task<void> GitHubApi::findName(QString project)
{
    Call call;
    call.project = project;
    call.what = Phrases::tr("find the repository %1").arg(project);
    const auto found = co_await object(call);
    if (!found)
        co_return Result<void>(tl::unexpect, found.error());
    learnName(project, textAt(*found, u"full_name"_s));
    co_return Result<void>();
}

Task<HttpAnswer> GitHubApi::write(Call call)
{
    if (!call.project.isEmpty() && !m_names.contains(call.project)) {
        const auto found = co_await findName(call.project);
        if (!found)
            co_return Result<HttpAnswer>(tl::unexpect, found.error());
    }
    const Later<bool> turn = m_writes.enter();
    const bool mine = co_await turn;
    if (!mine) {
        const Error ended(Error::Kind::Cancelled, Phrases::tr("Slipway ended the connection with GitHub."));
        co_return Result<HttpAnswer>(tl::unexpect, ended);
    }
    Result<void> waited;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_nextWrite.remainingTimeAsDuration());
    if (left > 0ms) {
        waited = co_await m_http.delay(left);
    }
    Result<HttpAnswer> answer = HttpAnswer();
    if (waited) {
        const HttpRequest asked = request(call);
        answer = co_await exchange(asked);
    } else {
        answer = tl::unexpected(waited.error());
    }
    m_nextWrite = QDeadlineTimer(m_pace);
    m_writes.leave();
    co_return answer;
}

Task<HttpAnswer> GitHubApi::send(Call call)
{
    if (!call.project.isEmpty() && !isProject(call.project))
        co_return Result<HttpAnswer>(tl::unexpect, noProject(call.project));
    Result<HttpAnswer> answer = HttpAnswer();
    if (call.method == "GET") {
        const HttpRequest asked = request(call);
        answer = co_await exchange(asked);
    } else {
        answer = co_await write(call);
    }
    if (!answer)
        co_return answer;
    const bool redirected = !call.followed && answer->status / 100 == 3;
    if (answer->good() || redirected)
        co_return answer;
    const Error refused = withNewName(refusal(*answer, call.what), call.project);
    if (refused.kind() == Error::Kind::NotFound)
        m_names.remove(call.project); // it may have got its old name back
    co_return Result<HttpAnswer>(tl::unexpect, refused);
}

Task<QJsonObject> GitHubApi::object(Call call)
{
    const auto answer = co_await send(call);
    if (!answer)
        co_return Result<QJsonObject>(tl::unexpect, answer.error());
    const QJsonDocument document = QJsonDocument::fromJson(answer->body);
    if (!document.isObject())
        co_return Result<QJsonObject>(tl::unexpect, unreadable(call.what));
    co_return Result<QJsonObject>(document.object());
}

Task<std::optional<QJsonObject>> GitHubApi::maybe(Call call)
{
    using Maybe = std::optional<QJsonObject>;
    const auto found = co_await object(call);
    if (found)
        co_return Result<Maybe>(*found);
    if (found.error().kind() == Error::Kind::NotFound)
        co_return Result<Maybe>(std::nullopt);
    co_return Result<Maybe>(tl::unexpect, found.error());
}

Task<QJsonArray> GitHubApi::list(Call call, QString key, int pages)
{
    QJsonArray all;
    if (!call.query.hasQueryItem(u"per_page"_s))
        call.query.addQueryItem(u"per_page"_s, QString::number(kPageSize));
    for (int page = 0; page < pages; ++page) {
        const auto answer = co_await send(call);
        if (!answer)
            co_return Result<QJsonArray>(tl::unexpect, answer.error());
        const QJsonDocument document = QJsonDocument::fromJson(answer->body);
        const bool good = key.isEmpty() ? document.isArray() : document.object().value(key).isArray();
        if (!good)
            co_return Result<QJsonArray>(tl::unexpect, unreadable(call.what));
        const QJsonArray entries = key.isEmpty() ? document.array() : document.object().value(key).toArray();
        for (const auto &entry : entries)
            all.append(entry);
        call.next = linked(*answer, "next"); // opaque: followed as given
        if (call.next.isEmpty())
            break;
        if (originOf(call.next) != originOf(m_roots.rest))
            co_return Result<QJsonArray>(tl::unexpect, unreadable(call.what));
    }
    co_return Result<QJsonArray>(all);
}

Task<GraphAnswer> GitHubApi::ask(Question question)
{
    if (!isProject(question.project))
        co_return Result<GraphAnswer>(tl::unexpect, noProject(question.project));
    if (!m_graphUntil.hasExpired()) {
        const QJsonObject limit{{u"type"_s, u"RATE_LIMITED"_s}};
        co_return Result<GraphAnswer>(tl::unexpect, graphRefusal(QJsonArray{limit}, question.what));
    }
    const QString name = nameNow(question.project);
    question.variables.insert(u"owner"_s, name.section(u'/', 0, 0));
    question.variables.insert(u"name"_s, name.section(u'/', 1));
    HttpRequest request;
    request.method = "POST";
    request.url = m_roots.graph;
    setHeader(request, "Accept", "application/vnd.github+json");
    setHeader(request, "X-GitHub-Api-Version", kVersion);
    const QString text =
        u"query($owner:String!,$name:String!%1){repository(owner:$owner,name:$name){nameWithOwner %2}}"_s;
    const QString more = question.parameters.isEmpty() ? QString() : u',' + question.parameters;
    const QJsonObject body{{u"query"_s, text.arg(more, question.fields)}, {u"variables"_s, question.variables}};
    request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    request.repeatable = true; // it only reads
    const auto answer = co_await exchange(request);
    if (!answer)
        co_return Result<GraphAnswer>(tl::unexpect, answer.error());
    if (!answer->good())
        co_return Result<GraphAnswer>(tl::unexpect, refusal(*answer, question.what));
    const QJsonObject told = QJsonDocument::fromJson(answer->body).object();
    GraphAnswer graph{objectAt(told, u"data.repository"_s), told.value(u"errors"_s).toArray()};
    if (!graph.repository.isEmpty()) {
        learnName(question.project, textAt(graph.repository, u"nameWithOwner"_s));
        co_return Result<GraphAnswer>(graph);
    }
    if (graph.errors.isEmpty())
        co_return Result<GraphAnswer>(tl::unexpect, unreadable(question.what));
    const Error refused = graphRefusal(graph.errors, question.what);
    if (refused.kind() == Error::Kind::RateLimited) { // as a 200, so that nobody else noticed
        const qint64 reset = answer->header("X-RateLimit-Reset").toLongLong();
        const std::chrono::seconds left(std::max<qint64>(0, reset - QDateTime::currentSecsSinceEpoch()));
        m_graphUntil = QDeadlineTimer(std::min<std::chrono::seconds>(left, kLongestRest));
    }
    co_return Result<GraphAnswer>(tl::unexpect, refused);
}

Task<void> GitHubApi::pause()
{
    Result<void> waited = co_await m_http.delay(m_pace);
    co_return waited;
}

} // namespace Slipway::GitHub
