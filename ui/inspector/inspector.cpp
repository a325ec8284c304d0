// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/inspector.h"

#include "models/activity/activitymodel.h"
#include "models/board/moverules.h"
#include "models/board/releasemodel.h"
#include "models/board/whereabouts.h"
#include "models/domain/accounttitle.h"
#include "models/logs/logmodel.h"
#include "ui/inspector/activitypage.h"
#include "ui/inspector/checkspage.h"
#include "ui/inspector/configpage.h"
#include "ui/inspector/inspectorhead.h"
#include "ui/inspector/logspage.h"
#include "ui/inspector/logview.h"
#include "ui/inspector/overviewpage.h"
#include "ui/inspector/releasespage.h"
#include "ui/inspector/tabbar.h"
#include "ui/theme/paint.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace Slipway {

Inspector::Inspector(const BoardReader &reader, ReleaseModel &releases, ActivityModel &activity, LogModel &logs,
                     QWidget *parent)
    : Panel(Qt::LeftEdge, parent)
    , m_reader(reader)
    , m_releases(releases)
    , m_activity(activity)
    , m_logs(logs)
    , m_head(new InspectorHead(this))
    , m_tabs(new TabBar(this))
    , m_pages(new QStackedWidget(this))
{
    const int unit = unitOf(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    auto *tabs = new QHBoxLayout;
    tabs->setContentsMargins(3 * unit, 0, 3 * unit, 0);
    tabs->addWidget(m_tabs);
    layout->addLayout(tabs);
    layout->addWidget(m_pages, 1);
    m_tabs->addTab(tr("Overview"));
    m_tabs->addTab(tr("Checks"));
    m_tabs->addTab(tr("Logs"));
    m_tabs->addTab(tr("Releases"));
    m_tabs->addTab(tr("Config"));
    m_tabs->addTab(tr("Activity"));
    m_tabs->setAccessibleName(tr("Inspector"));
    m_tabs->setTabVisible(Checks, false);
    fitTabs();
    connect(m_tabs, &QTabBar::currentChanged, this, &Inspector::turnTo);
    connect(m_head, &InspectorHead::promoteWanted, this, [this] { Q_EMIT promoteWanted(m_id); });
    connect(m_head, &InspectorHead::openWanted, this, [this] { Q_EMIT openWanted(m_id); });
    connect(m_head, &InspectorHead::menuWanted, this, [this](const QPoint &at) { Q_EMIT menuWanted(m_id, at); });
}

QWidget *Inspector::page(Tab tab)
{
    QWidget *made = nullptr;
    switch (tab) {
    case Overview:
        if (!m_overview) {
            made = m_overview = new OverviewPage(m_logs, this);
            connect(m_overview, &OverviewPage::verdictGiven, this, &Inspector::verdictGiven);
            connect(m_overview, &OverviewPage::openWanted, this, [this] { Q_EMIT openWanted(m_id); });
            connect(m_overview, &OverviewPage::checksWanted, this, [this] { showTab(Checks); });
            connect(m_overview, &OverviewPage::linkWanted, this, &Inspector::linkWanted);
        }
        break;
    case Checks:
        if (!m_checksPage)
            made = m_checksPage = makeChecksPage();
        break;
    case Logs:
        if (!m_logsPage) {
            made = m_logsPage = new LogsPage(m_logs, this);
            connect(m_logsPage, &LogsPage::kindChosen, this, &Inspector::askLogs);
        }
        break;
    case Releases:
        if (!m_releasesPage) {
            made = m_releasesPage = new ReleasesPage(m_releases, this);
            connect(m_releasesPage, &ReleasesPage::rollBackWanted, this,
                    [this](int release) { Q_EMIT rollBackWanted(m_id, release); });
        }
        break;
    case Config:
        if (!m_configPage)
            made = m_configPage = makeConfigPage();
        break;
    case Activity:
        if (!m_activityPage)
            made = m_activityPage = makeActivityPage();
        break;
    }
    if (made)
        m_pages->addWidget(made);
    const std::array<QWidget *, 6> pages{m_overview,     m_checksPage, m_logsPage,
                                         m_releasesPage, m_configPage, m_activityPage};
    return pages.at(size_t(tab));
}

ConfigPage *Inspector::makeConfigPage()
{
    auto *made = new ConfigPage(m_reader, this);
    connect(made, &ConfigPage::valueWanted, this, [this](const QString &key) { Q_EMIT configWanted(m_id, key); });
    connect(made, &ConfigPage::changeWanted, this,
            [this](const QString &key) { Q_EMIT configChangeWanted(m_id, key); });
    connect(made, &ConfigPage::removeWanted, this,
            [this](const QString &key) { Q_EMIT configRemovalWanted(m_id, key); });
    return made;
}

ChecksPage *Inspector::makeChecksPage()
{
    auto *made = new ChecksPage(this);
    connect(made, &ChecksPage::requested, this, &Inspector::ciRequested);
    connect(made, &ChecksPage::linkWanted, this, &Inspector::linkWanted);
    return made;
}

/// All tabs in view.
void Inspector::fitTabs()
{
    const int unit = unitOf(this);
    setMinimumWidth(qMax(unit * 60, m_tabs->sizeHint().width() + 6 * unit + 1));
}

void Inspector::offerChecks(bool offered)
{
    if (m_tabs->isTabVisible(Checks) == offered)
        return;
    if (!offered && m_tabs->currentIndex() == Checks)
        m_tabs->setCurrentIndex(Overview);
    m_tabs->setTabVisible(Checks, offered);
    fitTabs();
}

ActivityPage *Inspector::makeActivityPage()
{
    auto *made = new ActivityPage(m_activity, false, this);
    connect(made, &ActivityPage::operationWanted, this, &Inspector::operationWanted);
    connect(made, &ActivityPage::exportWanted, this, &Inspector::exportWanted);
    return made;
}

void Inspector::showConfigValue(const QString &environmentId, const QString &key, const QString &value)
{
    if (m_configPage)
        m_configPage->showValue(environmentId, key, value);
}

void Inspector::turnTo(int tab)
{
    const auto ref = EnvironmentRef::parse(m_id);
    m_pages->setCurrentWidget(page(Tab(tab)));
    if (tab == Releases)
        m_releases.setEnvironment(m_id);
    else if (tab == Activity) {
        m_activity.setScope(ref.pipeline, ref.name);
        m_activityPage->setScope({ref.pipeline, ref.name, {}});
    }
    refresh();
    askLogs();
}

void Inspector::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

void Inspector::setEnvironment(const QString &environmentId)
{
    const bool other = m_id != environmentId;
    m_id = environmentId;
    const bool any = !m_id.isEmpty() && m_reader.card(m_id).has_value();
    m_head->setVisible(any);
    m_tabs->setVisible(any);
    m_pages->setVisible(any);
    if (!any) {
        m_id.clear();
        askLogs();
        update();
        return;
    }
    if (other || !m_pages->currentWidget())
        turnTo(m_tabs->currentIndex());
    else
        refresh();
}

/// Whether who holds staging and who waits for it concerns this card.
bool Inspector::saysMore(const Card &card)
{
    return card.environment.stage == Stage::Staging || card.queuePlace > 0;
}

OverviewPage::Around Inspector::around(const Card &card, bool checked) const
{
    OverviewPage::Around around;
    around.checked = checked;
    if (saysMore(card))
        around.gauge = m_reader.gauge(card.environment.pipeline);
    if (card.environment.stage == Stage::Development)
        return around;
    QStringList also;
    for (const int number : Whereabouts(m_reader, card.environment.pipeline).alsoIn(card.environment))
        also.append(u'#' + QString::number(number));
    around.alsoHas = also.join(QStringLiteral(", "));
    return around;
}

void Inspector::refresh()
{
    const auto card = m_id.isEmpty() ? std::nullopt : m_reader.card(m_id);
    if (!card)
        return;
    const auto pipeline = m_reader.store().pipeline(card->environment.pipeline);
    const QString checker = pipeline ? ciOf(*pipeline).account : QString();
    offerChecks(!checker.isEmpty());
    QString refusal;
    if (card->environment.stage != Stage::Production) {
        const bool dev = card->environment.stage == Stage::Development;
        const DropAnswer answer = dropAnswer(m_reader, m_id, dev ? Stage::Staging : Stage::Production);
        refusal = answer.legal ? QString() : answer.text;
    }
    m_head->setCard(*card, refusal);
    const bool runs = card->operation && card->operation->isActive();
    const QString busy = runs ? tr("%1 is busy: %2").arg(card->environment.name, card->operation->title) : QString();
    if (m_overview && m_pages->currentWidget() == m_overview)
        m_overview->setCard(*card, around(*card, !checker.isEmpty()));
    if (m_checksPage && m_pages->currentWidget() == m_checksPage) {
        const bool fixed = pipeline && pipeline->readOnly;
        m_checksPage->setCard(*card, accountTitle(checker),
                              fixed ? tr("%1 is open read-only.").arg(pipeline->name) : QString());
    }
    if (m_configPage && m_pages->currentWidget() == m_configPage)
        m_configPage->setEnvironment(m_id, busy);
    if (m_releasesPage)
        m_releasesPage->setBusy(busy);
}

void Inspector::askLogs()
{
    const bool logs = m_pages->currentWidget() == m_logsPage && m_logsPage;
    const bool shown = isVisible() && (logs || (m_overview && m_pages->currentWidget() == m_overview));
    const LogKind kind = logs ? m_logsPage->kind() : LogKind::Runtime;
    const QString id = shown ? m_id : QString();
    const QString asked = id + QLatin1Char('\n') + toString(kind);
    if (asked == m_asked)
        return;
    m_asked = asked;
    Q_EMIT logsWanted(id, kind);
}

void Inspector::showEvent(QShowEvent *event)
{
    Panel::showEvent(event);
    askLogs();
}

void Inspector::hideEvent(QHideEvent *event)
{
    Panel::hideEvent(event);
    askLogs();
}

void Inspector::paintEvent(QPaintEvent *event)
{
    Panel::paintEvent(event);
    const Theme &theme = Theme::of(palette());
    const int unit = unitOf(this);
    QPainter painter(this);
    if (m_id.isEmpty()) {
        painter.setPen(theme.muted);
        painter.drawText(rect().adjusted(4 * unit, 10 * unit, -4 * unit, 0),
                         Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, tr("Choose a card to see more of it."));
        return;
    }
    painter.setPen(theme.line);
    painter.drawLine(0, m_pages->y(), width(), m_pages->y());
}

} // namespace Slipway
