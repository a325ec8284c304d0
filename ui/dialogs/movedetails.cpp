// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/movedetails.h"

#include "ui/dialogs/checkrow.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

// A sheet is read, not searched: what is beyond is counted. Activity and the repository have all of it.
constexpr int kCommits = 30;
constexpr int kGroups = 15;
constexpr int kKeys = 20;

/// Of a way back, the commits are those that go away again.
bool takesAway(const Intent &intent)
{
    return std::holds_alternative<RollBackIntent>(intent) || std::holds_alternative<ResetIntent>(intent);
}

QString titleOf(const Intent &intent)
{
    if (takesAway(intent))
        return MoveDetails::tr("What goes away");
    return std::holds_alternative<SendBackIntent>(intent) ? MoveDetails::tr("What goes back")
                                                          : MoveDetails::tr("What goes");
}

} // namespace

MoveDetails::MoveDetails(const Preflight &preflight, QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins({});
    m_layout->setSpacing(unitOf(this) * 3 / 2);
    if (std::holds_alternative<PromoteIntent>(preflight.intent))
        addTargets(preflight.targets);
    addGroups(preflight);
    if (!preflight.notIncluded.isEmpty()) {
        addTitle(takesAway(preflight.intent) ? tr("What to know besides") : tr("What does not go"));
        for (const QString &line : preflight.notIncluded)
            addLine(line);
    }
    addConfig(preflight);
    if (!preflight.wayBack.isEmpty()) {
        addTitle(tr("What undo will look like"));
        addLine(preflight.wayBack);
    }
}

void MoveDetails::addTitle(const QString &text)
{
    auto *head = new Label(text, Label::Look::Heading, this);
    head->setWordWrap(true);
    head->setContentsMargins(0, m_layout->count() > 0 ? unitOf(this) * 2 : 0, 0, 0);
    m_layout->addWidget(head);
}

void MoveDetails::addLine(const QString &text)
{
    auto *label = new Label(text, Label::Look::Normal, this);
    label->setWordWrap(true);
    m_layout->addWidget(label);
}

void MoveDetails::addTargets(const QStringList &targets)
{
    if (targets.size() < 2)
        return;
    addTitle(tr("Goes to %1 environments, in this order").arg(targets.size()));
    for (qsizetype at = 0; at < targets.size(); ++at)
        addLine(u"%1. %2"_s.arg(at + 1).arg(targets.at(at)));
    auto *stops =
        new Label(tr("The first failure stops the rest; retry goes on from there."), Label::Look::Muted, this);
    stops->setWordWrap(true);
    m_layout->addWidget(stops);
}

void MoveDetails::addGroups(const Preflight &preflight)
{
    const QList<CommitGroup> groups =
        preflight.groups.isEmpty() ? CommitGroups(preflight.commits).all() : preflight.groups;
    if (groups.isEmpty()) {
        if (preflight.changes.isEmpty())
            return;
        addTitle(titleOf(preflight.intent));
        for (const QString &title : preflight.changes)
            addLine(title);
        return;
    }
    int commits = 0;
    for (const CommitGroup &group : groups)
        commits += int(group.commits.size());
    const QString changes = Words::some(int(groups.size()), tr("1 change"), tr("%1 changes"));
    const QString count = Words::some(commits, tr("1 commit"), tr("%1 commits"));
    addTitle(tr("%1: %2, %3").arg(titleOf(preflight.intent), changes, count));
    int room = kCommits;
    for (qsizetype at = 0; at < qMin<qsizetype>(groups.size(), kGroups); ++at) {
        const int shown = qMin(room, int(groups.at(at).commits.size()));
        addGroup(groups.at(at), shown, groups.size() == 1);
        room -= shown;
    }
    if (groups.size() > kGroups)
        addLine(tr("and %1 more changes").arg(groups.size() - kGroups));
}

void MoveDetails::addGroup(const CommitGroup &group, int shown, bool alone)
{
    const int unit = unitOf(this);
    const bool named = !group.change.isEmpty() || !alone; // commits of no known change need no name among themselves
    if (named)
        addGroupName(group);
    auto *below = new QVBoxLayout;
    below->setContentsMargins(named ? 3 * unit : 0, 0, 0, unit);
    below->setSpacing(unit);
    for (int at = 0; at < shown; ++at)
        below->addWidget(new CheckRow(group.commits.at(at), this));
    if (const auto more = group.commits.size() - shown; more > 0)
        below->addWidget(new Label(tr("and %1 more").arg(more), Label::Look::Muted, this));
    m_layout->addLayout(below);
}

void MoveDetails::addGroupName(const CommitGroup &group)
{
    QString title = group.change.isEmpty() ? tr("Commits of no known change") : group.change;
    if (group.number > 0)
        title += u" #%1"_s.arg(group.number);
    const QString authors = group.authors.join(u", "_s);
    auto *row = new QWidget(this);
    row->setAccessibleName(authors.isEmpty() ? title : tr("%1, by %2").arg(title, authors));
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins({});
    line->setSpacing(2 * unitOf(this));
    auto *name = new Label(title, Label::Look::Normal, row);
    name->setWordWrap(true);
    line->addWidget(name, 3);
    if (!authors.isEmpty()) {
        auto *by = new Label(authors, Label::Look::Muted, row);
        by->setWordWrap(authors.size() > 24);
        by->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        line->addWidget(by, authors.size() > 24 ? 2 : 0);
    }
    m_layout->addWidget(row);
}

void MoveDetails::addConfig(const Preflight &preflight)
{
    if (preflight.config.isEmpty())
        return;
    const QString where =
        preflight.targets.size() == 1 ? tr("Config of %1").arg(preflight.targets.constFirst()) : tr("Config");
    addTitle(tr("%1: %2").arg(
        where, Words::some(int(preflight.config.size()), tr("1 key is not the same"), tr("%1 keys are not the same"))));
    for (qsizetype at = 0; at < qMin<qsizetype>(preflight.config.size(), kKeys); ++at) {
        ConfigDifference one = preflight.config.at(at);
        if (preflight.targets.size() == 1)
            one.target.clear(); // the title says it
        m_layout->addWidget(new CheckRow(one, this));
    }
    if (preflight.config.size() > kKeys)
        addLine(tr("and %1 more").arg(preflight.config.size() - kKeys));
}

} // namespace Slipway
