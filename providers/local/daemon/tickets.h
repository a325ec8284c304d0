// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/local/daemon/localstate.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace Slipway {

/// What was asked and how it ended, by ticket, on disk: a request repeated after a lost answer or a crash is not done
/// twice. A failure is told once more only while nobody has heard of it; asked again after that it is a new try.
/// Event loop thread only.
class Tickets
{
public:
    explicit Tickets(QString folder)
        : m_folder(std::move(folder))
    { }

    /// After a crash: running ones whose work is recorded in the state become done, the others are forgotten. Those
    /// older than a week go.
    void resolve(const LocalState &state);

    Result<void> begin(const QString &ticket, const QString &call, const QString &pipeline, const QString &environment);
    void end(const QString &ticket, const Result<QJsonObject> &outcome, bool heard);
    void forget(const QString &ticket);
    /// The outcome of one that ended. A failure is forgotten by being told.
    std::optional<Result<QJsonObject>> outcome(const QString &ticket);

private:
    QString path(const QString &ticket) const;
    std::optional<QJsonObject> recorded(const QString &ticket, const QJsonObject &json, const LocalState &state) const;

    QString m_folder;
};

/// Answers as they go over the wire.
QJsonObject releaseAnswer(const Release &release);
QJsonObject pipelineAnswer(const PipelineRecord &record);

} // namespace Slipway
