// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/card.h"
#include "models/domain/pipeline.h"
#include "models/domain/preflight.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>

namespace Slipway {

/// What a badge says, and how it is meant.
struct Badge
{
    QString text;
    Tone tone = Tone::Neutral;
    bool hollow = false; ///< an outline: what it says holds no longer
    friend bool operator==(const Badge &, const Badge &) = default;
};

/// The words of the window, in one place so that a card, its inspector and its menu use the same ones.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Words)
public:
    /// Without a translation file Qt leaves "%n thing(s)" as it is, so English plurals are chosen here.
    static QString some(int count, const QString &one, const QString &many);
    static QString age(const QDateTime &since); ///< "now", "5 min", "4 h", "2 d"; empty for an invalid time
    static QString ago(const QDateTime &since); ///< "just now", "5 min ago"
    static QString duration(qint64 milliseconds); ///< "8 s", "2 min", "1 h 5 min"; empty when it is below 0
    static QString when(const QDateTime &at); ///< local time: "10:02", "Mon 10:02", "3 Nov 10:02"
    static QString state(EnvironmentState state); ///< "Running"
    static QString account(AccountState state); ///< "live"
    static QString stage(Stage stage); ///< "Dev environments": the title of a column
    static Badge badge(const Card &card);
    static QString shortVersion(const QString &version); ///< the first seven characters
    static QString mark(const Change &change); ///< "#482" or the branch
    static QString origin(const Release &release); ///< mark(), or whose laptop the uncommitted work came from
    static QString laptop(const Release &release); ///< "from Ivo’s laptop"; empty for committed work
    static QString ci(const CiStatus &status); ///< "✓ 312 tests"; empty when there is none
    static Tone ciTone(CiState state);
    static bool isLive(const Environment &environment); ///< what a card says in place of a distance
    /// "3 behind staging", "live in production"; empty when level or unknown
    static QString distance(const Environment &environment);
    static QString shortDistance(const Environment &environment); ///< "3 behind", for where there is no room
    static QString tinyDistance(const Environment &environment); ///< "↓3"
    static QString distanceSentence(const Environment &environment); ///< "3 commits ahead of staging"
    static QString address(const QUrl &url); ///< host and port
    static QString holdTitle(const Hold &hold); ///< "Mia Sato holds staging"
    static QString holdDetail(const Hold &hold); ///< "2 h, until 18:00: Load test"
    static QString holdSentence(const Hold &hold); ///< both, for a tooltip, a screen reader and the inspector
    static QString step(const Operation &operation); ///< "Step 2 of 5: Build 9f2c1ab"
    static bool wantsCode(const Operation &operation); ///< it failed for want of a second factor's code
    static bool canStillCancel(const Operation &operation); ///< its undo window is open: nothing was sent yet
    static QString startsIn(const QDateTime &at); ///< "Starts in 4 s"
    static QString failedStep(const Operation &operation); ///< "Failed: Build 9f2c1ab"
    static QString promoteLabel(Stage from); ///< "Deploy to staging", "Promote to production"; empty for production
    static QString processes(const QList<Process> &processes); ///< "web 1, worker 1"
    static double progress(const Operation &operation); ///< 0…1
};

/// Only web addresses open, whatever a provider sent.
bool isOpenable(const QUrl &url);

} // namespace Slipway
