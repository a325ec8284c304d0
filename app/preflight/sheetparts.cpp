// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preflight/sheetparts.h"

#include "app/preflight/finding.h"
#include "models/domain/json.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Slipway {

using Words = PreflightWords;

namespace {

constexpr int kShortVersion = 7;

QStringList configFacts(const QHash<QString, QString> &config)
{
    QStringList facts;
    for (auto one = config.cbegin(); one != config.cend(); ++one)
        facts.append(one.key() + u'=' + one.value());
    facts.sort();
    return facts;
}

QStringList factsOf(const Card &card)
{
    const Environment &environment = card.environment;
    QStringList facts{environment.id(), toString(environment.state)};
    if (const auto &release = environment.release)
        facts << QString::number(release->number) << release->version << release->artifact;
    facts << toString(card.verdict.state) << card.verdict.by << toIso(card.verdict.at);
    return facts + configFacts(environment.config);
}

} // namespace

QString fingerprintOf(const Situation &s, const QString &kind, const QList<Card> &cards)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QStringList common{kind};
    if (s.hold)
        common << s.hold->by << toIso(s.hold->since) << toIso(s.hold->until);
    hash.addData(common.join(QChar(u'\x1f')).toUtf8() + '\x1e');
    for (const Card &card : cards)
        hash.addData(factsOf(card).join(QChar(u'\x1f')).toUtf8() + '\x1e');
    return QString::fromLatin1(hash.result().toHex());
}

QList<ConfigDifference> configDifferences(const QHash<QString, QString> &source, const QHash<QString, QString> &target,
                                          const QString &name)
{
    QList<ConfigDifference> differences;
    for (auto one = source.cbegin(); one != source.cend(); ++one) {
        const auto there = target.constFind(one.key());
        if (there == target.cend())
            differences.append({one.key(), ConfigDifference::Kind::Missing, name});
        else if (*there != one.value())
            differences.append({one.key(), ConfigDifference::Kind::Different, name});
    }
    for (auto key = target.keyBegin(); key != target.keyEnd(); ++key) {
        if (!source.contains(*key))
            differences.append({*key, ConfigDifference::Kind::Extra, name});
    }
    std::sort(differences.begin(), differences.end(),
              [](const ConfigDifference &a, const ConfigDifference &b) { return a.key < b.key; });
    return differences;
}

void listCommits(Preflight &sheet, const QList<Commit> &commits, const std::optional<Release> &uncommitted)
{
    sheet.commits = commits;
    sheet.groups = CommitGroups(commits).all();
    sheet.changes = Comparison{{}, {}, 0, 0, commits, {}}.changes();
    if (uncommitted && uncommitted->uncommitted && !sheet.changes.contains(titleOf(*uncommitted)))
        sheet.changes.prepend(titleOf(*uncommitted));
}

QString titleOf(const Release &release)
{
    return release.change.title.isEmpty() ? release.version.left(kShortVersion) : release.change.title;
}

QString changesText(qsizetype count)
{
    return count == 1 ? Words::tr("1 change") : Words::tr("%1 changes").arg(count);
}

} // namespace Slipway
