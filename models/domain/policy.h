// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "models/domain/merge.h"

#include <QDateTime>
#include <QJsonValue>
#include <QMap>
#include <QStringList>

namespace Slipway {

/// What a check that does not hold does to a move.
enum class PolicyLevel { Block, Warn, Off };
QString toString(PolicyLevel level); ///< "block", "warn", "off"

/// Who said it: nobody, the repository's slipway.json, or somebody at this desktop. The later one wins.
enum class PolicySource { Default, Team, Desktop };
QString toString(PolicySource source); ///< "default", "team", "desktop"

/// A setting there is, with what it may hold. One table serves the reader, the command line, the settings page and the
/// documentation.
struct PolicyKey
{
    enum class Kind { Level, Number, Flag, Choice, Text, Freezes, OffHours };
    QString name; ///< "checks.verdict", "limit", "rules.idle-hours"
    Kind kind = Kind::Flag;
    QJsonValue fallback; ///< in force when nobody says anything
    QString meaning; ///< a sentence
    QStringList choices = {}; ///< of Level and Choice
    int least = 0; ///< of Number
    int most = 0;
};

/// When nothing goes to production: every week on some days between two times of day, or once between two moments.
struct FreezeWindow
{
    QStringList days; ///< "mon" … "sun"; empty: every day, or dated
    QString from; ///< "15:00"; dated: ISO 8601 date or date and time
    QString to; ///< "24:00"; before `from` of a weekly one: into the next day
    QString zone; ///< IANA name; empty: this machine's
    QString reason;
    /// End of the window that holds `at`; invalid when it does not hold it.
    QDateTime endAt(const QDateTime &at) const;
    friend bool operator==(const FreezeWindow &, const FreezeWindow &) = default;
};

/// What Slipway does by itself; everything is off by default.
struct Rules
{
    bool newChange = false; ///< a new change gets a dev environment
    QString label; ///< only changes that carry it do; empty: all
    bool newCommit = false; ///< a new commit of a change is deployed to its dev environment
    bool accepted = false; ///< an accepted change queues for staging
    bool closed = false; ///< the dev environment of a change that is gone is shut down
    bool comments = false; ///< comments on pull requests that are commands are obeyed
    int idleHours = 0; ///< a dev environment nobody used for so long is suspended; 0: never
    int liveHours = 0; ///< a dev environment lives that long unless somebody keeps it; 0: for ever
    int graceHours = 24; ///< between being suspended at the end of its time and being shut down
    std::optional<FreezeWindow> offHours; ///< dev environments are suspended meanwhile
    bool any() const;
    friend bool operator==(const Rules &, const Rules &) = default;
};

/// The settings of one pipeline in force: defaults, below what the team's slipway.json says, below what was set at
/// this desktop. A value.
class Policy
{
public:
    using Layer = QMap<QString, QJsonValue>; ///< by PolicyKey::name; only what is said

    Policy() = default;
    Policy(const Layer &team, const Layer &desktop, const std::optional<Error> &problem = {});

    static const QList<PolicyKey> &keys(); ///< in the order people read them
    static const PolicyKey *key(const QString &name); ///< nullptr: there is none
    static QStringList checkIds(); ///< in the order of the sheet
    /// What `text` means for that key; Invalid names the input and what was expected.
    static Result<QJsonValue> parse(const QString &name, const QString &text);
    /// For people: "warn", "3", "on", "Fri 15:00–24:00".
    static QString shown(const QString &name, const QJsonValue &value);

    QJsonValue value(const QString &name) const;
    PolicySource source(const QString &name) const;
    PolicyLevel level(const QString &checkId) const;
    int limit() const; ///< of changes staging may be ahead of production
    bool queueStarts() const; ///< the queue goes to staging by itself when staging is clean
    std::optional<MergeMethod> mergeMethod() const; ///< nullopt: pull requests are not merged on the way to staging
    QList<FreezeWindow> freezes() const;
    Rules rules() const;
    /// What is wrong in the team's file, with line and key; what it says is then not in force.
    const std::optional<Error> &problem() const { return m_problem; }

    friend bool operator==(const Policy &, const Policy &) = default;

private:
    Layer m_team;
    Layer m_desktop;
    std::optional<Error> m_problem;
};

/// What the team's slipway.json says under "policy" and "rules"; an error with line and key when something is wrong
/// there, and then nothing of it counts. An empty text says nothing.
Result<Policy::Layer> readTeamPolicy(const QByteArray &slipwayJson);

} // namespace Slipway
