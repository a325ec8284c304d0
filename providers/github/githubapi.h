// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/http/httpclient.h"
#include "providers/http/gate.h" // not first: moc of Qt 6.4 fails on <coroutine> before it has seen a header of Qt
#include "providers/task.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QUrlQuery>

#include <optional>

namespace Slipway::GitHub {

/// Where one GitHub is: github.com, or an Enterprise host.
struct Roots
{
    QUrl rest; ///< "https://api.github.com", "https://HOST/api/v3"; no slash at the end
    QUrl graph; ///< "https://api.github.com/graphql", "https://HOST/api/graphql"
    QUrl web; ///< its pages, where people sign in: "https://github.com", "https://HOST"; no slash at the end
};

/// Of an account's address: empty is github.com; a bare host is an Enterprise one, but for this machine and for hosts
/// named api.…, which are roots themselves (DESIGN section 11).
Roots rootsOf(const QString &url);

/// One question to the REST API.
struct Call
{
    QByteArray method = "GET";
    QString project = {}; ///< "acme/shop": the path goes on from there; empty: from the root
    QString path = {}; ///< "/pulls/482", names percent-encoded by segment()
    QString what = {}; ///< completes "GitHub did not …", for errors
    QUrlQuery query = {};
    QJsonObject body = {}; ///< sent when not empty
    QByteArray media = {}; ///< of GitHub's media types: "raw", "sha"; empty: plain JSON
    bool kept = true; ///< a GET may be answered from what was kept when GitHub says that nothing changed
    bool followed = true; ///< false: a redirect is the answer
    std::optional<bool> repeatable = {}; ///< as HttpRequest::repeatable
    QUrl next = {}; ///< instead of all of that: the address of a further page, as GitHub gave it
};

/// One question to the GraphQL API about one repository: query($owner,$name,parameters){repository{fields}}.
struct Question
{
    QString project;
    QString fields;
    QString what; ///< completes "GitHub did not …"
    QString parameters = {}; ///< "$after:String"
    QJsonObject variables = {}; ///< their values
};

/// What came of it. Part of it may have been refused, and is null then.
struct GraphAnswer
{
    QJsonObject repository;
    QJsonArray errors;
    bool refused(const QString &alias) const; ///< something below repository.alias
};

/// A name as one segment of a path: "feature/x" is "feature%2Fx".
QString segment(const QString &name);

/// Both APIs of one account as calls that answer JSON or an Error in words. Account's thread.
class GitHubApi
{
public:
    /// `pace`: between two looks at something that is under way, and after each write (GitHub asks for a second
    /// between writes, and for one write at a time: REST "Best practices").
    GitHubApi(HttpClient &http, Roots roots, std::chrono::milliseconds pace);

    /// Without one every call ends with Unauthorized and nothing is sent. No answer is quoted with it.
    void setToken(const QString &token) { m_token = token.toUtf8(); }

    Task<HttpAnswer> send(Call call); ///< whatever it answers, when it is not an error
    Task<QJsonObject> object(Call call); ///< of an answer that is one
    Task<std::optional<QJsonObject>> maybe(Call call); ///< nullopt when it is not there (404)
    /// All pages, at most `pages`; `key` of a wrapped list: "check_runs".
    Task<QJsonArray> list(Call call, QString key = {}, int pages = 100);
    Task<GraphAnswer> ask(Question question);

    Task<void> pause(); ///< one pace
    void stop(); ///< whoever waits to write ends with Cancelled; the client is stopped by its owner
    HttpClient &http() { return m_http; }
    const Roots &roots() const { return m_roots; }
    std::chrono::milliseconds pace() const { return m_pace; }
    /// "acme/store" when acme/shop is called so now; GitHub's redirects are followed. The same when nothing is known.
    QString nameNow(const QString &project) const { return m_names.value(project, project); }
    /// That it was renamed, as a sentence; empty when it was not.
    QString newName(const QString &project) const;
    /// What an answer told of it.
    void learnName(const QString &project, const QString &fullName);
    /// Requests left of the family of which fewest are left (REST and GraphQL have one each).
    Budget budget() const;
    void learnBudget(const QString &family, const Budget &told);

    /// The "next" or another relation of a Link header; empty when there is none.
    QUrl linked(const HttpAnswer &answer, const QByteArray &relation) const;

private:
    HttpRequest request(const Call &call) const;
    Task<HttpAnswer> exchange(HttpRequest request);
    Task<HttpAnswer> write(Call call);
    Task<void> findName(QString project);
    void learn(const HttpAnswer &answer);
    Error withNewName(const Error &error, const QString &project) const;

    HttpClient &m_http; ///< outlives this
    Roots m_roots;
    std::chrono::milliseconds m_pace;
    QByteArray m_token;
    Gate m_writes = Gate(1);
    QDeadlineTimer m_nextWrite = QDeadlineTimer(0);
    QDeadlineTimer m_graphUntil = QDeadlineTimer(0); ///< GraphQL's own budget is used up until then
    QHash<QString, QString> m_names; ///< by the name that the pipeline knows
    QHash<QString, Budget> m_budgets; ///< by "core", "graphql"
};

} // namespace Slipway::GitHub
