// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/refs.h"

#include "models/domain/enumerated.h"
#include "models/domain/nearmatches.h"
#include "providers/github/commits.h"
#include "providers/github/githuberrors.h"
#include "providers/github/phrases.h"
#include "providers/github/reading.h"

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

using Content = std::optional<QByteArray>;

constexpr qsizetype kLargestFile = 256 * 1024;

QStringList namesOf(const QJsonArray &nodes)
{
    QStringList names;
    for (const auto &node : nodes)
        names.append(lineAt(node.toObject(), u"name"_s));
    return names;
}

bool isPath(const QString &path)
{
    const QStringList parts = path.split(u'/');
    return !path.isEmpty() && !parts.contains(u""_s) && !parts.contains(u".."_s) && !parts.contains(u"."_s);
}

QString encoded(const QString &path)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(path, "/"));
}

} // namespace

Task<QJsonObject> Refs::repository(QString project)
{
    Call call;
    call.project = project;
    call.what = Phrases::tr("read the repository %1").arg(project);
    Result<QJsonObject> repository = co_await m_api.object(call);
    if (repository)
        m_api.learnName(project, textAt(*repository, u"full_name"_s));
    co_return repository;
}

Task<QString> Refs::title(QString project, QString version)
{
    Call call;
    call.project = project;
    call.path = u"/commits/"_s + version;
    call.what = Phrases::tr("read the commit %1").arg(version.left(12));
    const auto found = co_await m_api.object(call);
    if (!found)
        co_return Result<QString>(tl::unexpect, found.error());
    QList<FullCommit> commits{fullCommitFrom(*found)};
    groupByMessages(commits, version);
    const Commit commit = commits.constFirst().commit;
    co_return Result<QString>(commit.change.isEmpty() ? commit.subject : commit.change);
}

Task<QString> Refs::resolve(QString project, QString ref)
{
    if (ref.startsWith(u'#')) {
        Result<QString> head = co_await pullHead(project, ref.mid(1));
        co_return head;
    }
    if (ref.isEmpty()) {
        const Error none(Error::Kind::Invalid, Phrases::tr("Name what is wanted of %1.").arg(project),
                         Phrases::tr("Give a branch, a tag, a commit or a pull request such as #12."));
        co_return Result<QString>(tl::unexpect, none);
    }
    Call call;
    call.project = project;
    call.path = u"/commits/"_s + segment(ref); // a branch, a tag or a SHA, abbreviated or not
    call.media = "sha";
    call.what = Phrases::tr("find %1 in %2").arg(oneLine(ref), project);
    Result<HttpAnswer> found = co_await m_api.send(call);
    if (found) {
        const QString sha = QString::fromLatin1(found->body.trimmed());
        if (!isFullSha(sha))
            co_return Result<QString>(tl::unexpect, unreadable(call.what));
        co_return Result<QString>(sha);
    }
    const Error::Kind kind = found.error().kind();
    const bool absent = kind == Error::Kind::NotFound || kind == Error::Kind::Invalid || kind == Error::Kind::Conflict;
    if (!absent) // 404, 422 "No commit found for SHA", 409 "Git Repository is empty"
        co_return Result<QString>(tl::unexpect, found.error());
    Result<QString> why = co_await missing(project, ref);
    co_return why;
}

Task<QString> Refs::pullHead(QString project, QString number)
{
    bool good = false;
    const int wanted = number.toInt(&good);
    const Error none(Error::Kind::NotFound,
                     Phrases::tr("There is no pull request #%1 in %2.").arg(oneLine(number), project),
                     Phrases::tr("Its number stands in its address and above its title."));
    if (!good || wanted <= 0)
        co_return Result<QString>(tl::unexpect, none);
    Call call;
    call.project = project;
    call.path = u"/pulls/%1"_s.arg(wanted);
    call.what = Phrases::tr("read the pull request #%1 of %2").arg(wanted).arg(project);
    const auto pull = co_await m_api.maybe(call);
    if (!pull)
        co_return Result<QString>(tl::unexpect, pull.error());
    if (*pull) {
        const QString head = shaAt(**pull, u"head.sha"_s);
        if (head.isEmpty())
            co_return Result<QString>(tl::unexpect, unreadable(call.what));
        co_return Result<QString>(head);
    }
    const auto seen = co_await repository(project);
    if (!seen)
        co_return Result<QString>(tl::unexpect, seen.error());
    co_return Result<QString>(tl::unexpect, none);
}

/// Why there is no such ref: always an error.
Task<QString> Refs::missing(QString project, QString ref)
{
    const auto seen = co_await repository(project);
    if (!seen)
        co_return Result<QString>(tl::unexpect, seen.error());
    // The newest branches and tags, and branches that begin alike: of ten thousand no more are wanted.
    const QString fields =
        u"heads:refs(refPrefix:\"refs/heads/\",first:100,orderBy:{field:TAG_COMMIT_DATE,direction:DESC}){nodes{name}} "
        "alike:refs(refPrefix:\"refs/heads/\",first:50,query:$part){nodes{name}} "
        "tags:refs(refPrefix:\"refs/tags/\",first:50,orderBy:{field:TAG_COMMIT_DATE,direction:DESC}){nodes{name}}"_s;
    const Question question{project, fields, Phrases::tr("list the branches of %1").arg(project), u"$part:String!"_s,
                            QJsonObject{{u"part"_s, ref.section(u'/', -1).left(4)}}};
    const auto told = co_await m_api.ask(question);
    QStringList names;
    if (told) {
        names = namesOf(arrayAt(told->repository, u"heads.nodes"_s));
        names += namesOf(arrayAt(told->repository, u"alike.nodes"_s));
        names += namesOf(arrayAt(told->repository, u"tags.nodes"_s));
    }
    QStringList near = nearMatches(ref, names);
    for (QString &name : near)
        name = u"“%1”"_s.arg(name);
    const QString remedy = near.isEmpty() ? Phrases::tr("Give a branch, a tag, a commit or a pull request such as #12.")
                                          : Phrases::tr("Near to it: %1.").arg(enumerated(near));
    const Error none(Error::Kind::NotFound, Phrases::tr("“%1” is not in %2.").arg(oneLine(ref), project), remedy);
    co_return Result<QString>(tl::unexpect, none);
}

Task<QString> Refs::exact(QString project, QString ref)
{
    Call call;
    call.project = project;
    call.path = u"/git/ref/"_s + segment(ref);
    call.what = Phrases::tr("read the ref %1 of %2").arg(ref, project);
    const auto found = co_await m_api.maybe(call);
    if (!found)
        co_return Result<QString>(tl::unexpect, found.error());
    if (!*found) {
        const auto seen = co_await repository(project); // 404 is also said of what may not be seen
        if (!seen)
            co_return Result<QString>(tl::unexpect, seen.error());
        co_return Result<QString>(QString());
    }
    const QString sha = shaAt(**found, u"object.sha"_s);
    if (sha.isEmpty())
        co_return Result<QString>(tl::unexpect, unreadable(call.what));
    co_return Result<QString>(sha);
}

Task<std::optional<QByteArray>> Refs::file(QString project, QString ref, QString path)
{
    if (!isPath(path)) {
        const Error wrong(Error::Kind::Invalid, Phrases::tr("“%1” is no file of a repository.").arg(oneLine(path)),
                          Phrases::tr("Give its path from the root of the repository."));
        co_return Result<Content>(tl::unexpect, wrong);
    }
    Call call;
    call.project = project;
    call.path = u"/contents/"_s + encoded(path);
    if (!ref.isEmpty())
        call.query.addQueryItem(u"ref"_s, QString::fromLatin1(QUrl::toPercentEncoding(ref)));
    call.media = "raw";
    call.what = Phrases::tr("read %1 of %2").arg(path, project);
    const auto answer = co_await m_api.send(call);
    if (!answer && answer.error().kind() == Error::Kind::NotFound) {
        const auto seen = co_await repository(project);
        if (!seen)
            co_return Result<Content>(tl::unexpect, seen.error());
        if (answer.error().detail().startsWith("No commit found"_L1)) {
            Result<QString> why = co_await missing(project, ref);
            co_return Result<Content>(tl::unexpect, why.error());
        }
        co_return Result<Content>(std::nullopt);
    }
    if (!answer)
        co_return Result<Content>(tl::unexpect, answer.error());
    if (!answer->header("Content-Type").contains("raw")) // a folder or a submodule answers JSON
        co_return Result<Content>(std::nullopt);
    if (answer->body.size() > kLargestFile) {
        const Error large(Error::Kind::Invalid, Phrases::tr("%1 of %2 is larger than 256 KiB.").arg(path, project),
                          Phrases::tr("Slipway reads small files only."));
        co_return Result<Content>(tl::unexpect, large);
    }
    co_return Result<Content>(answer->body);
}

} // namespace Slipway::GitHub
