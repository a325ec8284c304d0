// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/daemon.h"

#include "models/domain/json.h"
#include "providers/local/daemon/logfiles.h"
#include "providers/local/daemon/logwait.h"
#include "providers/local/daemon/mirrors.h"
#include "providers/git/branchmerge.h"

#include <QJsonArray>
#include <QPointer>
#include <QUuid>

// The part of Daemon that answers questions.
namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostLines = 20000;

LogKind kindOf(const QString &word)
{
    return word == u"build" ? LogKind::Build : word == u"release" ? LogKind::Release : LogKind::Runtime;
}

QJsonObject pageAnswer(const LogPage &page)
{
    QJsonArray lines;
    for (const LogLine &line : page.lines)
        lines.append(toJson(line));
    return {{u"lines"_s, lines}, {u"cursor"_s, page.cursor}};
}

/// A word as /bin/sh reads it back.
QString quoted(QString word)
{
    return u'\'' + word.replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace

void Daemon::query(Connection &connection, int id, const std::function<Result<QJsonObject>()> &read)
{
    m_readers.start([this, read, id, to = QPointer<Connection>(&connection)] {
        const auto answer = read();
        QMetaObject::invokeMethod(
            this,
            [to, id, answer] {
                if (to)
                    to->answer(id, answer);
            },
            Qt::QueuedConnection);
    });
}

void Daemon::pipelines(Connection &connection, int id, const QJsonObject &)
{
    QJsonArray all;
    const QStringList names = m_state.pipelines();
    for (const QString &name : names) {
        if (const auto record = m_state.pipeline(name); record && !record->creating)
            all.append(pipelineAnswer(*record));
    }
    connection.answer(id, QJsonObject{{u"pipelines"_s, all}});
}

void Daemon::observe(Connection &connection, int id, const QJsonObject &request)
{
    const QString name = request.value(u"pipeline"_s).toString();
    if (const auto known = m_state.pipeline(name); !known) {
        connection.answer(id, tl::unexpected(known.error()));
        return;
    }
    connection.answer(id, QJsonObject{{u"snapshot"_s, toJson(m_supervisor->snapshot(name))}});
}

void Daemon::config(Connection &connection, int id, const QJsonObject &request)
{
    const QString pipeline = request.value(u"pipeline"_s).toString();
    const auto environment = m_state.environment(pipeline, request.value(u"environment"_s).toString());
    if (!environment) {
        connection.answer(id, tl::unexpected(environment.error()));
        return;
    }
    const auto values = m_state.config(pipeline, environment->name);
    connection.answer(id,
                      values ? Result<QJsonObject>(QJsonObject{{u"values"_s, configToJson(*values)}})
                             : tl::unexpected(values.error()));
}

void Daemon::logs(Connection &connection, int id, const QJsonObject &request)
{
    const auto environment =
        m_state.environment(request.value(u"pipeline"_s).toString(), request.value(u"environment"_s).toString());
    if (!environment) {
        connection.answer(id, tl::unexpected(environment.error()));
        return;
    }
    const QString folder = m_launcher.logFolder(*environment);
    const LogKind kind = kindOf(request.value(u"kind"_s).toString());
    const QString cursor = request.value(u"cursor"_s).toString();
    const int limit = qBound(1, request.value(u"limit"_s).toInt(1000), kMostLines);
    if (request.value(u"wait"_s).toBool() && !cursor.isEmpty()) {
        auto *wait = new LogWait(folder, kind, cursor, limit, &connection);
        connect(wait, &LogWait::ready, &connection,
                [to = &connection, id](const LogPage &page) { to->answer(id, pageAnswer(page)); });
        wait->start();
        return;
    }
    query(connection, id, [folder, kind, cursor, limit]() -> Result<QJsonObject> {
        return pageAnswer(readLogs(folder, kind, cursor, limit));
    });
}

void Daemon::run(Connection &connection, int id, const QJsonObject &request)
{
    const auto environment =
        m_state.environment(request.value(u"pipeline"_s).toString(), request.value(u"environment"_s).toString());
    if (!environment) {
        connection.answer(id, tl::unexpected(environment.error()));
        return;
    }
    QStringList words;
    const QJsonArray command = request.value(u"command"_s).toArray();
    for (const auto &word : command)
        words.append(command.size() == 1 ? word.toString() : quoted(word.toString()));
    if (words.isEmpty()) {
        connection.answer(id, fail(Error::Kind::Invalid, u"There is no command to run."_s, u"Name one after “--”."_s));
        return;
    }
    // Whoever asked for it and went away no longer wants it.
    const auto cancel = std::make_shared<Cancel>();
    connect(&connection, &Connection::gone, this, [cancel] { cancel->cancel(); });
    const QPointer<Connection> to(&connection);
    const auto sink = [this, to, id](const QString &line, bool isError) {
        QMetaObject::invokeMethod(
            this,
            [to, id, line, isError] {
                if (to)
                    to->output(id, line.toUtf8() + '\n', isError);
            },
            Qt::QueuedConnection);
    };
    query(connection, id, [this, record = *environment, words, cancel, sink]() -> Result<QJsonObject> {
        const auto app = m_launcher.openCurrent(record);
        if (!app)
            return tl::unexpected(app.error());
        const auto status = m_launcher.runOnce(*app, words.join(u' '), *cancel, sink);
        return status ? Result<QJsonObject>(QJsonObject{{u"status"_s, *status}}) : tl::unexpected(status.error());
    });
}

void Daemon::changes(Connection &connection, int id, const QJsonObject &request)
{
    query(connection, id, [this, name = request.value(u"pipeline"_s).toString()]() -> Result<QJsonObject> {
        const auto mirror = freshMirror(m_state, name, m_cancelReads);
        const auto found = mirror ? mirror->changes() : tl::unexpected(mirror.error());
        if (!found)
            return tl::unexpected(found.error());
        QJsonArray all;
        for (const Change &change : *found)
            all.append(toJson(change));
        return QJsonObject{{u"changes"_s, all}};
    });
}

void Daemon::compare(Connection &connection, int id, const QJsonObject &request)
{
    const QString base = request.value(u"base"_s).toString();
    const QString head = request.value(u"head"_s).toString();
    const CommitRange all;
    const CommitRange range{request.value(u"skip"_s).toInt(), request.value(u"most"_s).toInt(all.most)};
    query(connection, id,
          [this, base, head, range, name = request.value(u"pipeline"_s).toString()]() -> Result<QJsonObject> {
              const auto mirror = freshMirror(m_state, name, m_cancelReads);
              const auto found = mirror ? mirror->compare(base, head, range) : tl::unexpected(mirror.error());
              if (!found)
                  return tl::unexpected(found.error());
              return QJsonObject{{u"comparison"_s, toJson(*found)}};
          });
}

void Daemon::resolve(Connection &connection, int id, const QJsonObject &request)
{
    const QString ref = request.value(u"ref"_s).toString();
    query(connection, id, [this, ref, name = request.value(u"pipeline"_s).toString()]() -> Result<QJsonObject> {
        const auto mirror = freshMirror(m_state, name, m_cancelReads);
        const auto found = mirror ? mirror->resolve(ref) : tl::unexpected(mirror.error());
        if (!found)
            return tl::unexpected(found.error());
        return QJsonObject{{u"version"_s, *found}};
    });
}

void Daemon::file(Connection &connection, int id, const QJsonObject &request)
{
    const QString ref = request.value(u"ref"_s).toString();
    const QString path = request.value(u"path"_s).toString();
    query(connection, id, [this, ref, path, name = request.value(u"pipeline"_s).toString()]() -> Result<QJsonObject> {
        const auto mirror = mirrorWith(m_state, name, ref, m_cancelReads);
        const auto version = mirror ? mirror->resolve(ref) : tl::unexpected(mirror.error());
        if (!version)
            return tl::unexpected(version.error());
        const auto content = mirror->file(*version, path);
        if (!content)
            return tl::unexpected(content.error());
        QJsonObject answer; // without content: there is no such file
        if (*content)
            answer.insert(u"content"_s, QString::fromLatin1((*content)->toBase64()));
        return answer;
    });
}

/// The one call that writes to the user's repository. It carries no ticket: a branch that contains the version already
/// is left alone.
void Daemon::updateBranch(Connection &connection, int id, const QJsonObject &request)
{
    MergePlan plan;
    plan.branch = request.value(u"branch"_s).toString();
    plan.head = request.value(u"head"_s).toString();
    plan.version = request.value(u"version"_s).toString();
    plan.message = request.value(u"message"_s).toString();
    query(connection, id,
          [this, wanted = plan, name = request.value(u"pipeline"_s).toString()]() -> Result<QJsonObject> {
              const auto mirror = freshMirror(m_state, name, m_cancelReads);
              if (!mirror)
                  return tl::unexpected(mirror.error());
              MergePlan merge = wanted;
              merge.scratch = mergeFolder(m_state, name) + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces);
              const auto head = mergeIntoBranch(*mirror, merge, m_cancelReads);
              if (!head)
                  return tl::unexpected(head.error());
              (void)freshMirror(m_state, name,
                                m_cancelReads); // so that it can be deployed from now on; else at the next look
              return QJsonObject{{u"version"_s, *head}};
          });
}

} // namespace Slipway
