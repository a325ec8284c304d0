// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of SlipwayStore that keeps what the team is still to be told.
#include "models/store/slipwaystore.h"

#include "models/store/rowtext.h"

#include <QJsonDocument>

namespace Slipway {

using namespace Qt::StringLiterals;

QList<TeamNote> SlipwayStore::teamNotes(const QString &pipeline) const
{
    QList<TeamNote> notes;
    const auto found =
        rowsOrNone(m_db, u"SELECT id, body FROM team_note WHERE pipeline = ? ORDER BY id"_s, {orEmpty(pipeline)});
    for (const Database::Row &row : found) {
        auto note = teamNoteFromJson(QJsonDocument::fromJson(row.at(1).toString().toUtf8()).object());
        if (!note)
            continue; // written by a newer version, which will tell it
        note->id = row.at(0).toLongLong();
        note->pipeline = pipeline;
        notes.append(*note);
    }
    return notes;
}

Result<ChangeSet> SlipwayStore::addTeamNote(const TeamNote &note)
{
    const QByteArray body = QJsonDocument(toJson(note)).toJson(QJsonDocument::Compact);
    const auto done = m_db.execute(u"INSERT INTO team_note (pipeline, body) VALUES (?, ?)"_s,
                                   {orEmpty(note.pipeline), QString::fromUtf8(body)});
    if (!done)
        return tl::unexpected(done.error());
    return ChangeSet();
}

Result<void> SlipwayStore::removeTeamNote(qint64 id)
{
    const auto done = m_db.execute(u"DELETE FROM team_note WHERE id = ?"_s, {id});
    if (!done)
        return tl::unexpected(done.error());
    return {};
}

} // namespace Slipway
