// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/logfollower.h"
#include "app/desktop/windowmemory.h"
#include "models/activity/activitymodel.h"
#include "models/activity/operationmodel.h"
#include "models/board/accountmodel.h"
#include "models/board/changemodel.h"
#include "models/board/pipelinemodel.h"
#include "models/board/releasemodel.h"
#include "models/logs/logmodel.h"
#include "ui/mainwindow.h"

namespace Slipway {

class Session;
class SignIn;

/// The window's other half: owns the models, turns what the window asks for into calls of the session, and tells the
/// window what came of it. GUI thread.
class BoardController final : public QObject
{
    Q_OBJECT
public:
    explicit BoardController(Session &session, QObject *parent = nullptr);
    ~BoardController() override;
    void show(const QString &pipeline = {}); ///< empty: the one shown last

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void start(); ///< everything but the picture of the cache
    void onceStarted(const std::function<void()> &work); ///< at once, or when start() has come
    void connectWindow();
    void connectSession();
    void answerPreflight(const Intent &move);
    void startOperation(const Intent &intent);
    void carryOut(const AccountRequest &request);
    /// Goes on with the token, which the service's own command line may have to be asked for.
    void withToken(const Account &account, const GivenToken &given, const std::function<void(QString)> &then);
    void beginSignIn(const BeginSignIn &request);
    void endSignIn();
    void addAccount(const AddAccount &request);
    void replaceToken(const ReplaceToken &request);
    void keepToken(const QString &account, const QString &token);
    void listPipelines(const QString &account);
    std::function<void(Result<void>)> accountDone(); ///< as reporting(), and the accounts are shown again
    void tellKinds();
    void revealConfig(const QString &environmentId, const QString &key);
    void askCi(const CiRequest &request);
    void askReport(const QString &environmentId);
    void askJobLog(const AskJobLog &request);
    void actOnCi(const CiAct &act);
    void askCloneOffer(const QString &pipeline, const QString &from);
    void compare(const QString &pipeline, const CommitPair &commits, const CommitRange &range);
    void retryWithCode(const QString &operationId, const QString &code);
    void exportActivity(const ActivityFile &file);
    void watchAttention();
    void tellMessages(); ///< what this person was told and has not seen
    /// Shows the error, if there is one.
    std::function<void(Result<void>)> reporting();

    Session &m_session;
    PipelineModel m_pipelines;
    AccountModel m_accounts;
    ChangeModel m_changes;
    ReleaseModel m_releases;
    ActivityModel m_activity;
    OperationModel m_operations;
    LogModel m_logs;
    MainWindow m_window; ///< after the models it shows
    LogFollower m_follower;
    WindowMemory m_memory;
    QString m_person; ///< empty until the session has found out
    std::unique_ptr<SignIn> m_signIn; ///< under way, or over
    QString m_signedIn; ///< the token that came of it; as long as the sheet that asked for it is there
    QString m_shown; ///< name of the pipeline on screen
    bool m_started = false;
    QList<std::function<void()>> m_wanted; ///< before that
};

} // namespace Slipway
