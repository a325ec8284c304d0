// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/environment.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>

namespace Slipway {

/// pipelines/<name>/pipeline.json
struct PipelineRecord
{
    QString name;
    QString repository; ///< the user's; written to by an update of a branch alone
    QString mainBranch;
    QString origin; ///< as RemotePipeline::origin
    QDateTime createdAt;
    QString ticket; ///< that made it
    bool creating = false; ///< half made: removed at the next start of the daemon

    QJsonObject toJson() const;
    static PipelineRecord fromJson(const QJsonObject &json);
};

struct ReleaseRecord
{
    Release release;
    QString ticket; ///< that made it: the same ticket never makes a second one

    QJsonObject toJson() const;
    static ReleaseRecord fromJson(const QJsonObject &json);
};

/// pipelines/<p>/environments/<name>/environment.json: what should be, not what is.
struct EnvironmentRecord
{
    QString id; ///< UUID; removal acts on the folder that carries it, never on a name alone
    QString pipeline;
    QString name;
    Stage stage = Stage::Development;
    QDateTime createdAt;
    QString clonedFrom;
    QString dataNote;
    QString ticket; ///< that made it
    QString dataTicket; ///< that put other data in place last
    int port = 0;
    bool creating = false; ///< half made: removed at the next start of the daemon
    bool removing = false; ///< shutting down was begun: finished at the next start of the daemon
    bool replacing = false; ///< other data is being put in place: undone at the next start of the daemon
    bool wanted = false; ///< its release should run
    bool ipv6 = false; ///< its web process listens on ::1 only
    bool postdeployDone = false;
    int run = 0; ///< number of its run's folder; 0: none
    QString runBoot; ///< boot in which that run was started
    QString failure; ///< a sentence, while the current release could not be started
    QDateTime stateSince;
    QList<ReleaseRecord> releases; ///< oldest first

    QString key() const { return pipeline + QLatin1Char('/') + name; }
    const ReleaseRecord *current() const { return releases.isEmpty() ? nullptr : &releases.last(); }
    const ReleaseRecord *releaseNumbered(int number) const;
    const ReleaseRecord *releaseOfTicket(const QString &id) const;
    int nextNumber() const { return releases.isEmpty() ? 1 : releases.last().release.number + 1; }

    QJsonObject toJson() const;
    static EnvironmentRecord fromJson(const QJsonObject &json);
};

using ConfigValues = QMap<QString, QString>;
QJsonObject configToJson(const ConfigValues &values);
ConfigValues configFromJson(const QJsonObject &json);

} // namespace Slipway
