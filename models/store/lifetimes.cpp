// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of SlipwayStore that keeps when dev environments end, what rules note, and words to people who were not
// asked.
#include "models/store/slipwaystore.h"

#include "models/domain/environment.h"
#include "models/domain/json.h"
#include "models/store/rowtext.h"

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

Result<ChangeSet> environmentChanged(const Result<void> &done, const QString &environmentId)
{
    if (!done)
        return tl::unexpected(done.error());
    ChangeSet changes;
    changes.environments.insert(environmentId);
    return changes;
}

Result<ChangeSet> told(const Result<void> &done)
{
    if (!done)
        return tl::unexpected(done.error());
    ChangeSet changes;
    changes.messages = true;
    return changes;
}

} // namespace

std::optional<Lifetime> SlipwayStore::lifetime(const QString &environmentId) const
{
    const auto found = rowsOrNone(m_db, u"SELECT ends, shut_down, kept_by FROM lifetime WHERE environment = ?"_s,
                                  {orEmpty(environmentId)});
    if (found.isEmpty())
        return std::nullopt;
    const Database::Row &row = found.constFirst();
    return Lifetime{fromIso(row.at(0).toString()), fromIso(row.at(1).toString()), row.at(2).toString()};
}

Result<ChangeSet> SlipwayStore::saveLifetime(const QString &environmentId, const Lifetime &lifetime)
{
    const auto done = m_db.transaction([&] {
        return run(m_db,
                   u"INSERT OR REPLACE INTO lifetime (environment, ends, shut_down, kept_by) VALUES (?, ?, ?, ?)"_s,
                   {orEmpty(environmentId), orEmpty(toIso(lifetime.ends)), orEmpty(toIso(lifetime.shutDownAt)),
                    orEmpty(lifetime.keptBy)});
    });
    return environmentChanged(done, environmentId);
}

Result<ChangeSet> SlipwayStore::removeLifetime(const QString &environmentId)
{
    if (!lifetime(environmentId))
        return ChangeSet();
    const auto done = m_db.transaction(
        [&] { return run(m_db, u"DELETE FROM lifetime WHERE environment = ?"_s, {orEmpty(environmentId)}); });
    return environmentChanged(done, environmentId);
}

QSet<QString> SlipwayStore::rememberedEnvironments(const QString &pipeline) const
{
    QSet<QString> names;
    const QString from = pipeline + u'/';
    const QString to = pipeline + u'0'; // the character after the slash
    const auto found = rowsOrNone(m_db,
                                  u"SELECT environment FROM verdict WHERE environment >= ? AND environment < ? UNION "
                                  "SELECT environment FROM lifetime WHERE environment >= ? AND environment < ? UNION "
                                  "SELECT pipeline || '/' || environment FROM queue WHERE pipeline = ?"_s,
                                  {from, to, from, to, orEmpty(pipeline)});
    for (const Database::Row &row : found)
        names.insert(EnvironmentRef::parse(row.at(0).toString()).name);
    return names;
}

QHash<QString, QString> SlipwayStore::ruleNotes(const QString &pipeline, const QString &rule) const
{
    QHash<QString, QString> notes;
    const auto found = rowsOrNone(m_db, u"SELECT subject, note FROM rule_note WHERE pipeline = ? AND rule = ?"_s,
                                  {orEmpty(pipeline), orEmpty(rule)});
    for (const Database::Row &row : found)
        notes.insert(row.at(0).toString(), row.at(1).toString());
    return notes;
}

Result<void> SlipwayStore::noteRule(const QString &pipeline, const QString &rule, const QString &subject,
                                    const QString &note)
{
    return m_db.transaction([&] {
        if (note.isEmpty()) {
            return run(m_db, u"DELETE FROM rule_note WHERE pipeline = ? AND rule = ? AND subject = ?"_s,
                       {orEmpty(pipeline), orEmpty(rule), orEmpty(subject)});
        }
        return run(m_db, u"INSERT OR REPLACE INTO rule_note (pipeline, rule, subject, note) VALUES (?, ?, ?, ?)"_s,
                   {orEmpty(pipeline), orEmpty(rule), orEmpty(subject), note});
    });
}

bool SlipwayStore::hasRuleTraces(const QString &pipeline) const
{
    return !rowsOrNone(m_db,
                       u"SELECT 1 FROM rule_note WHERE pipeline = ? UNION ALL "
                       "SELECT 1 FROM lifetime WHERE environment >= ? AND environment < ? LIMIT 1"_s,
                       {orEmpty(pipeline), pipeline + u'/', pipeline + u'0'})
                .isEmpty();
}

bool SlipwayStore::hasMessages() const
{
    return !rowsOrNone(m_db, u"SELECT 1 FROM message LIMIT 1"_s).isEmpty();
}

QList<Message> SlipwayStore::messages(const QString &person) const
{
    QList<Message> messages;
    const auto found =
        rowsOrNone(m_db, u"SELECT id, at, text FROM message WHERE recipient = ? ORDER BY id"_s, {orEmpty(person)});
    for (const Database::Row &row : found)
        messages.append(Message{row.at(0).toLongLong(), person, fromIso(row.at(1).toString()), row.at(2).toString()});
    return messages;
}

Result<ChangeSet> SlipwayStore::sendMessage(const Message &message)
{
    return told(m_db.transaction([&] {
        return run(m_db, u"INSERT INTO message (recipient, at, text) VALUES (?, ?, ?)"_s,
                   {orEmpty(message.to), orEmpty(toIso(message.at)), orEmpty(message.text)});
    }));
}

Result<ChangeSet> SlipwayStore::markSeen(qint64 messageId)
{
    return told(m_db.transaction([&] { return run(m_db, u"DELETE FROM message WHERE id = ?"_s, {messageId}); }));
}

} // namespace Slipway
