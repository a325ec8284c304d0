// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"

#include <QHash>

namespace Slipway {

/// Where the numbered changes of a pipeline run, as far as the cache can tell: an environment has a change when that is
/// what was deployed there, or when a comparison that somebody made says that it has its commits. Made of one moment;
/// several changes can be asked for.
class Whereabouts
{
public:
    Whereabouts(const BoardReader &reader, const QString &pipeline);

    /// Open ones and those that were deployed anywhere, the newest number first.
    QList<int> numbers() const;
    QString title(int number) const; ///< may be empty
    /// Names of the environments that have it, by stage, production last.
    QStringList containing(int number) const;
    /// "#482 is on staging, not in production yet: staging."
    QString sentence(int number) const;
    /// Of the changes that run anywhere now, those that this environment has beside the one it was deployed for.
    QList<int> alsoIn(const Environment &environment) const;

private:
    void learn(const Release &release);
    bool has(const Environment &environment, int number) const;
    bool hasVersion(const Environment &environment, const QString &version) const;
    bool bringsIn(const Environment &staging, int number) const;

    const BoardReader &m_reader;
    QString m_pipeline;
    QList<Environment> m_environments;
    QHash<int, QString> m_titles;
    QHash<int, QStringList> m_versions; ///< commits that each change was, or is
};

} // namespace Slipway
