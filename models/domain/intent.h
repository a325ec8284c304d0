// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/environment.h"
#include "models/domain/merge.h"
#include "models/domain/pipeline.h"

#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace Slipway {

/// Which code: exactly one of the members is set; none means "what the source environment runs".
struct CodeChoice
{
    QString change; ///< branch name or "#number"
    QString version; ///< any git ref
    QString directory; ///< absolute path on this machine; uncommitted work included
    bool isEmpty() const { return change.isEmpty() && version.isEmpty() && directory.isEmpty(); }
    friend bool operator==(const CodeChoice &, const CodeChoice &) = default;
};

enum class DataChoice { None, Seed, Copy };
QString toString(DataChoice choice); ///< "none", "seed", "copy"
std::optional<DataChoice> dataChoiceFromString(const QString &text);

/// Make `name` from `from` (empty: the pipeline's staging) and deploy `code` to it.
struct CloneIntent
{
    QString pipeline;
    QString name;
    QString from;
    CodeChoice code;
    DataChoice data = DataChoice::Copy;
    Stage stage = Stage::Development; ///< Production: one more place that staging is promoted to
    QMap<QString, QString> plans = {}; ///< instead of an add-on's own plan: another one, or empty: without it
    friend bool operator==(const CloneIntent &, const CloneIntent &) = default;
};

struct DeployIntent
{
    QString pipeline;
    QString environment;
    CodeChoice code;
    friend bool operator==(const DeployIntent &, const DeployIntent &) = default;
};

/// Release what `from` runs in `to` (the next stage), identical artifact.
struct PromoteIntent
{
    QString pipeline;
    QString from;
    QString to; ///< empty: the next stage, all of its environments
    bool shutDownAfter = false; ///< the source; development environments only
    QString reason; ///< asked where a check warns
    QString fingerprint; ///< of the Preflight the user looked at; empty: not looked (command line)
    QStringList alsoTo = {}; ///< further targets, in the order they are released in
    /// To staging: its pull request is merged and the merge is built there, instead of the artifact. Filled by the
    /// preflight, unless `artifactOnly`.
    std::optional<PullRequestMerge> merge = {};
    bool artifactOnly = false;
    bool deleteBranch = false; ///< of the pull request, when it was merged
    friend bool operator==(const PromoteIntent &, const PromoteIntent &) = default;
};

struct RollBackIntent
{
    QString pipeline;
    QString environment;
    int release = 0; ///< number to go back to; 0: the one before the current one
    bool config = true; ///< the config of that release too
    bool holds = false; ///< staging is held afterwards until somebody resolves it; set for staging and production
    QString reason = {};
    QString fingerprint = {}; ///< as PromoteIntent::fingerprint
    friend bool operator==(const RollBackIntent &, const RollBackIntent &) = default;
};

enum class LifecycleAction { Suspend, Resume, Restart, ShutDown };
QString toString(LifecycleAction action); ///< "suspend", "resume", "restart", "shutdown"

struct LifecycleIntent
{
    QString pipeline;
    QString environment;
    LifecycleAction action = LifecycleAction::Restart;
    QString reason = {}; ///< a rule's: "rules.idle-hours: nobody used it for 8 hours"
    bool maintenance = false; ///< of Suspend: a page tells so meanwhile
    friend bool operator==(const LifecycleIntent &, const LifecycleIntent &) = default;
};

struct ConfigIntent
{
    QString pipeline;
    QString environment;
    QMap<QString, QString> set;
    QStringList unset;
    friend bool operator==(const ConfigIntent &, const ConfigIntent &) = default;
};

/// So many processes of each type; types that are not named stay as they are.
struct ScaleIntent
{
    QString pipeline;
    QString environment;
    QMap<QString, int> quantities;
    friend bool operator==(const ScaleIntent &, const ScaleIntent &) = default;
};

/// Have the provider make a dev environment for a change by its own recipe (Heroku's review apps).
struct ReviewIntent
{
    QString pipeline;
    QString change; ///< branch name or "#number"
    friend bool operator==(const ReviewIntent &, const ReviewIntent &) = default;
};

/// Make a pipeline: production and staging from the repository's main branch.
struct SetUpIntent
{
    QString pipeline;
    QString account;
    QString repository; ///< absolute path
    bool sample = false; ///< make the repository from the bundled application first; `repository` is then ignored
    /// Id or name of a pipeline that the account runs already: it is put on the board as it is and nothing is made.
    /// `repository` may then be empty.
    QString adopt = {};
    /// As Pipeline::source. None: where the repository was cloned from, when an account has that; else itself.
    RemoteProject source = {};
    RemoteProject ci = {}; ///< as Pipeline::ci
    friend bool operator==(const SetUpIntent &, const SetUpIntent &) = default;
};

/// Shut every environment of a pipeline down and forget it.
struct RemovePipelineIntent
{
    QString pipeline;
    bool forgetOnly = false; ///< an adopted one: it leaves the board, its environments stay as they are
    friend bool operator==(const RemovePipelineIntent &, const RemovePipelineIntent &) = default;
};

/// Merge what staging runs into the branch that an environment carries, and deploy the merge there. Conflicts are the
/// developer's.
struct UpdateIntent
{
    QString pipeline;
    QString environment;
    QString reason = {};
    QString fingerprint = {}; ///< as PromoteIntent::fingerprint
    friend bool operator==(const UpdateIntent &, const UpdateIntent &) = default;
};

/// Make staging what production is again: the artifact always, config and data by choice.
struct ResetIntent
{
    QString pipeline;
    QString environment; ///< staging; empty: the pipeline's
    QString from; ///< production; empty: the pipeline's first
    bool config = false; ///< set and unset keys until they are production's
    DataChoice data = DataChoice::None; ///< Copy: production's data takes the place of staging's
    QString reason;
    QString fingerprint; ///< as PromoteIntent::fingerprint
    friend bool operator==(const ResetIntent &, const ResetIntent &) = default;
};

/// Take what is on staging back to a dev environment for its author, then reset staging to production's release.
struct SendBackIntent
{
    QString pipeline;
    QString from; ///< staging; empty: the pipeline's
    QString name; ///< of the new dev environment; empty: the next free one
    QString production; ///< whose release staging gets; empty: the pipeline's first
    DataChoice data = DataChoice::Copy; ///< of the new dev environment
    QString reason;
    QString fingerprint; ///< as PromoteIntent::fingerprint
    friend bool operator==(const SendBackIntent &, const SendBackIntent &) = default;
};

/// What becomes an operation.
using Intent =
    std::variant<CloneIntent, DeployIntent, PromoteIntent, RollBackIntent, LifecycleIntent, ConfigIntent, SetUpIntent,
                 RemovePipelineIntent, UpdateIntent, ResetIntent, SendBackIntent, ScaleIntent, ReviewIntent>;

/// For the journal: {"kind": …, …}; fromJson of what toJson gave is the same intent.
/// "kind" is what Operation::kind says; a LifecycleIntent's is its action, SetUpIntent "setup", RemovePipelineIntent
/// "remove". Config values do not enter the journal: toJson(ConfigIntent) keeps the keys alone (secrets stay out of
/// files), so that an intent read back has null strings for values and must not be sent.
QJsonObject toJson(const Intent &intent);
std::optional<Intent> intentFromJson(const QJsonObject &json);

} // namespace Slipway
