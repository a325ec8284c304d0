// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/card.h"
#include "models/activity/activityselection.h"
#include "models/domain/cirequest.h"
#include "models/domain/decision.h"
#include "models/domain/intent.h"
#include "models/domain/logline.h"
#include "ui/inspector/overviewpage.h"
#include "ui/widgets/panel.h"

#include <optional>

class QStackedWidget;

namespace Slipway {

class ActivityModel;
class ActivityPage;
class BoardReader;
class ChecksPage;
struct Card;
class ConfigPage;
class InspectorHead;
class LogModel;
class LogsPage;
class ReleaseModel;
class ReleasesPage;
class TabBar;

/// Everything about the selected environment. Pages are made when they are first looked at.
class Inspector final : public Panel
{
    Q_OBJECT
public:
    /// Checks is there only where somebody checks the pipeline's commits.
    enum Tab { Overview, Checks, Logs, Releases, Config, Activity };
    Inspector(const BoardReader &reader, ReleaseModel &releases, ActivityModel &activity, LogModel &logs,
              QWidget *parent = nullptr);
    void setEnvironment(const QString &environmentId); ///< empty: nothing is selected
    QString environmentId() const { return m_id; }
    void refresh(); ///< the environment changed
    void showTab(Tab tab);
    void showConfigValue(const QString &environmentId, const QString &key, const QString &value);
    ChecksPage *checks() const { return m_checksPage; } ///< nullptr until it was looked at
    OverviewPage *overview() const { return m_overview; }

Q_SIGNALS:
    void promoteWanted(const QString &environmentId);
    void openWanted(const QString &environmentId);
    void menuWanted(const QString &environmentId, const QPoint &global);
    void rollBackWanted(const QString &environmentId, int release);
    void configWanted(const QString &environmentId, const QString &key); ///< the answer is showConfigValue()
    void configChangeWanted(const QString &environmentId, const QString &key); ///< an empty key: a new one
    void configRemovalWanted(const QString &environmentId, const QString &key);
    void ciRequested(const Slipway::CiRequest &request); ///< answered to checks()
    void linkWanted(const QUrl &url);
    void operationWanted(const QString &operationId);
    void exportWanted(const Slipway::ActivityFile &file);
    void verdictGiven(const Slipway::VerdictIntent &verdict);
    void logsWanted(const QString &environmentId, Slipway::LogKind kind);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void turnTo(int tab);
    void askLogs();
    static bool saysMore(const Card &card);
    OverviewPage::Around around(const Card &card, bool checked) const;
    QWidget *page(Tab tab);
    ConfigPage *makeConfigPage();
    ChecksPage *makeChecksPage();
    void offerChecks(bool offered);
    void fitTabs();
    ActivityPage *makeActivityPage();

    const BoardReader &m_reader;
    ReleaseModel &m_releases;
    ActivityModel &m_activity;
    LogModel &m_logs;
    QString m_id;
    QString m_asked; ///< environment and kind whose log was last asked for
    InspectorHead *m_head;
    TabBar *m_tabs;
    QStackedWidget *m_pages;
    OverviewPage *m_overview = nullptr;
    ChecksPage *m_checksPage = nullptr;
    LogsPage *m_logsPage = nullptr;
    ReleasesPage *m_releasesPage = nullptr;
    ConfigPage *m_configPage = nullptr;
    ActivityPage *m_activityPage = nullptr;
};

} // namespace Slipway
