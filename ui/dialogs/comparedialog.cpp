// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/comparedialog.h"

#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/label.h"
#include "ui/widgets/twolinedelegate.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QListView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

constexpr int kPart = 100; ///< commits at a time: one page of a service
const auto kNothing = u" "_s; ///< a summary that says nothing yet, and keeps its line

TwoLines changeLines(const QModelIndex &index)
{
    const auto group = index.data(ComparisonModel::GroupRole).value<CommitGroup>();
    QStringList below;
    if (group.number > 0)
        below += u"#%1"_s.arg(group.number);
    if (!group.authors.isEmpty())
        below += group.authors.join(u", "_s);
    below += Words::some(int(group.commits.size()), Words::tr("1 commit"), Words::tr("%1 commits"));
    const QString title = index.data().toString();
    QStringList tip{title};
    for (const Commit &commit : group.commits.mid(0, 20)) // what fits beside a pointer
        tip += u"%1 %2"_s.arg(Words::shortVersion(commit.id), commit.subject);
    return {title, Words::age(group.commits.constFirst().at), below.join(u" · "_s), {}, tip.join(u'\n')};
}

} // namespace

CompareDialog::CompareDialog(const QString &pipeline, const QList<Environment> &environments, const QString &has,
                             const QString &lacks)
    : Sheet(tr("Compare environments"), kNothing, {})
    , m_pipeline(pipeline)
    , m_environments(environments)
    , m_has(new QComboBox(this))
    , m_lacks(new QComboBox(this))
    , m_list(new QListView(this))
    , m_words(new Label({}, Label::Look::Muted, this))
    , m_open(new Button(tr("Open the pull request"), Button::Look::Plain, this))
    , m_changes(new ComparisonModel(this))
{
    const int unit = unitOf(this);
    setAction({}, Button::Look::Plain);
    setCancelText(tr("Close"));
    setFootWidget(m_open);
    m_has->setAccessibleName(tr("Environment that has the changes"));
    m_lacks->setAccessibleName(tr("Environment that has them not"));
    fill(m_has, has);
    fill(m_lacks, lacks);
    auto *exchange = new Button(tr("Swap"), Button::Look::Plain, this);
    exchange->setAccessibleName(tr("The other way round"));
    auto *line = new QHBoxLayout;
    line->setSpacing(2 * unit);
    line->addWidget(new Label(tr("In"), Label::Look::Heading, this));
    line->addWidget(m_has, 1);
    line->addWidget(new Label(tr("and not in"), Label::Look::Heading, this));
    line->addWidget(m_lacks, 1);
    line->addWidget(exchange);
    body()->addLayout(line);
    m_list->setModel(m_changes);
    m_list->setItemDelegate(new TwoLineDelegate(changeLines, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTabKeyNavigation(false);
    m_list->setMinimumHeight(unit * 80);
    m_list->setAccessibleName(tr("Changes"));
    m_words->setWordWrap(true);
    m_words->setAlignment(Qt::AlignCenter);
    m_words->setMinimumHeight(unit * 80);
    body()->addWidget(m_list);
    body()->addWidget(m_words);
    connect(m_has, &QComboBox::currentIndexChanged, this, &CompareDialog::begin);
    connect(m_lacks, &QComboBox::currentIndexChanged, this, &CompareDialog::begin);
    connect(exchange, &Button::clicked, this, &CompareDialog::swap);
    connect(m_changes, &ComparisonModel::moreWanted, this, &CompareDialog::ask);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &CompareDialog::judge);
    const auto open = [this] {
        if (const QUrl url = chosen().url; !url.isEmpty())
            Q_EMIT linkWanted(url);
    };
    connect(m_open, &Button::clicked, this, open);
    connect(m_list, &QListView::activated, this, open);
    judge();
}

void CompareDialog::fill(QComboBox *box, const QString &name)
{
    for (const Environment &environment : std::as_const(m_environments))
        box->addItem(environment.name);
    box->setCurrentIndex(box->findText(name));
}

QString CompareDialog::versionOf(const QComboBox *box) const
{
    const auto &release = m_environments.at(box->currentIndex()).release;
    return release ? release->version : QString();
}

void CompareDialog::start()
{
    begin();
    m_has->setFocus();
}

void CompareDialog::swap()
{
    const int has = m_has->currentIndex();
    const QSignalBlocker once(m_has);
    m_has->setCurrentIndex(m_lacks->currentIndex());
    m_lacks->setCurrentIndex(has);
}

void CompareDialog::begin()
{
    m_commits = {versionOf(m_lacks), versionOf(m_has)};
    m_changes->begin();
    showError({});
    setHead(windowTitle(), kNothing);
    judge();
    for (const QComboBox *box : {m_has, m_lacks}) {
        if (versionOf(box).isEmpty()) {
            say(tr("%1 runs no commit: there is nothing to compare.").arg(box->currentText()));
            return;
        }
    }
    say(tr("Comparing…"));
    ask();
}

void CompareDialog::ask()
{
    m_changes->setAsking(true);
    Q_EMIT wanted(m_pipeline, m_commits, {m_changes->commits(), kPart});
}

void CompareDialog::take(const CommitPair &commits, const CommitRange &range, const Result<Comparison> &part)
{
    if (commits != m_commits || range.skip != m_changes->commits())
        return;
    m_changes->setAsking(false);
    if (!part) {
        if (m_changes->commits() == 0)
            say(tr("It could not be found out."));
        showError(part.error());
        return;
    }
    showError({});
    m_changes->take(part->commits, part->ahead);
    tell(); // after the rows: it says how many there are
    judge();
}

void CompareDialog::tell()
{
    const QString has = m_has->currentText();
    const QString lacks = m_lacks->currentText();
    if (m_changes->total() == 0) {
        setHead(windowTitle(), tr("%1 has nothing that %2 has not.").arg(has, lacks));
        say(m_commits.base == m_commits.head ? tr("Both run the same version.")
                                             : tr("There is no change to show. The other way round there may be."));
        return;
    }
    m_words->hide();
    m_list->show();
    const QString count = Words::some(m_changes->total(), tr("1 commit"), tr("%1 commits"));
    setHead(windowTitle(), tr("%1 has %2 that %3 has not.").arg(has, count, lacks));
}

void CompareDialog::say(const QString &sentence)
{
    m_words->setText(sentence);
    m_words->show();
    m_list->hide();
}

CommitGroup CompareDialog::chosen() const
{
    const QModelIndex index = m_list->selectionModel()->selectedIndexes().value(0);
    return index.data(ComparisonModel::GroupRole).value<CommitGroup>();
}

void CompareDialog::judge()
{
    const CommitGroup group = chosen();
    m_open->setEnabled(!group.url.isEmpty());
    m_open->setText(group.number > 0 || group.url.isEmpty() ? tr("Open the pull request") : tr("Open the commit"));
    m_open->updateGeometry();
}

} // namespace Slipway
