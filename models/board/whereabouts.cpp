// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/whereabouts.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

struct WhereaboutsTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Whereabouts)
};

constexpr int kHistory = 30; ///< releases of an environment that are looked back on

/// What GitHub writes into the subject when it merges or squashes a pull request.
bool mentions(const Commit &commit, int number)
{
    const QRegularExpression words(u"(\\(#%1\\)|pull request #%1\\b)"_s.arg(number));
    return words.match(commit.subject).hasMatch();
}

} // namespace

Whereabouts::Whereabouts(const BoardReader &reader, const QString &pipeline)
    : m_reader(reader)
    , m_pipeline(pipeline)
    , m_environments(reader.cache().environments(pipeline))
{
    for (const Environment &environment : std::as_const(m_environments)) {
        if (environment.release)
            learn(*environment.release);
        for (const Release &release : reader.cache().releases(environment.id(), kHistory))
            learn(release);
    }
    for (const Change &change : reader.cache().changes(pipeline)) {
        if (!change.number)
            continue;
        m_titles.insert(*change.number, change.title); // as it is called today
        if (!change.head.isEmpty() && !m_versions[*change.number].contains(change.head))
            m_versions[*change.number].append(change.head);
    }
}

void Whereabouts::learn(const Release &release)
{
    if (!release.change.number || release.uncommitted)
        return;
    const int number = *release.change.number;
    if (!m_titles.contains(number))
        m_titles.insert(number, release.change.title);
    QStringList &versions = m_versions[number];
    if (!release.version.isEmpty() && !versions.contains(release.version))
        versions.append(release.version);
}

QList<int> Whereabouts::numbers() const
{
    QList<int> all = m_titles.keys();
    std::sort(all.begin(), all.end(), std::greater<>());
    return all;
}

QString Whereabouts::title(int number) const
{
    return m_titles.value(number);
}

bool Whereabouts::hasVersion(const Environment &environment, const QString &version) const
{
    const QString &runs = environment.release->version;
    if (runs.isEmpty() || runs == version)
        return runs == version;
    if (const auto known = m_reader.cache().comparison(m_pipeline, runs, version))
        return known->ahead == 0;
    const auto known = m_reader.cache().comparison(m_pipeline, version, runs);
    return known && known->behind == 0;
}

/// What staging has that a production has not: the commits of it say whose they are.
bool Whereabouts::bringsIn(const Environment &staging, int number) const
{
    return std::any_of(m_environments.cbegin(), m_environments.cend(), [&](const Environment &production) {
        if (production.stage != Stage::Production || !production.release)
            return false;
        const auto drift =
            m_reader.cache().comparison(m_pipeline, production.release->version, staging.release->version);
        return drift && std::any_of(drift->commits.cbegin(), drift->commits.cend(), [&](const Commit &commit) {
                   return mentions(commit, number) || (!commit.change.isEmpty() && commit.change == title(number));
               });
    });
}

bool Whereabouts::has(const Environment &environment, int number) const
{
    if (!environment.release)
        return false;
    if (environment.release->change.number == number)
        return true;
    const QStringList versions = m_versions.value(number);
    if (std::any_of(versions.cbegin(), versions.cend(),
                    [&](const QString &version) { return hasVersion(environment, version); }))
        return true;
    if (environment.stage == Stage::Staging)
        return bringsIn(environment, number);
    if (environment.stage == Stage::Development)
        return false;
    // Production has what staging has, once it has all of that.
    return std::any_of(m_environments.cbegin(), m_environments.cend(), [&](const Environment &staging) {
        return staging.stage == Stage::Staging && staging.release && !staging.release->uncommitted
            && hasVersion(environment, staging.release->version) && has(staging, number);
    });
}

QStringList Whereabouts::containing(int number) const
{
    QStringList names;
    for (const Stage stage : {Stage::Development, Stage::Staging, Stage::Production}) {
        for (const Environment &environment : m_environments) {
            if (environment.stage == stage && has(environment, number))
                names.append(environment.name);
        }
    }
    return names;
}

QString Whereabouts::sentence(int number) const
{
    const QString mark = u'#' + QString::number(number);
    const QStringList names = containing(number);
    const auto at = [&](Stage stage, bool all) {
        QStringList some;
        for (const Environment &environment : m_environments) {
            if (environment.stage == stage && (all || names.contains(environment.name)))
                some.append(environment.name);
        }
        return some;
    };
    const QStringList live = at(Stage::Production, false);
    if (!live.isEmpty() && live == at(Stage::Production, true))
        return WhereaboutsTr::tr("%1 is live: %2.").arg(mark, live.join(u", "_s));
    if (!live.isEmpty())
        return WhereaboutsTr::tr("%1 is live in some places only: %2.").arg(mark, live.join(u", "_s));
    if (const QStringList staging = at(Stage::Staging, false); !staging.isEmpty())
        return WhereaboutsTr::tr("%1 is on staging, not in production yet: %2.").arg(mark, staging.join(u", "_s));
    return names.isEmpty() ? WhereaboutsTr::tr("%1 runs nowhere yet.").arg(mark)
                           : WhereaboutsTr::tr("%1 is in a dev environment only: %2.").arg(mark, names.join(u", "_s));
}

QList<int> Whereabouts::alsoIn(const Environment &environment) const
{
    QList<int> others;
    for (const Environment &one : m_environments) {
        if (!one.release || one.release->uncommitted || !one.release->change.number)
            continue;
        const int number = *one.release->change.number;
        const bool own = environment.release && environment.release->change.number == number;
        if (!own && !others.contains(number) && has(environment, number))
            others.append(number);
    }
    std::sort(others.begin(), others.end(), std::greater<>());
    return others;
}

} // namespace Slipway
