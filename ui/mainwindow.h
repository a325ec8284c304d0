// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/cloneoffer.h"
#include "models/domain/accountrequest.h"
#include "models/domain/ci.h"
#include "models/domain/cirequest.h"
#include "models/domain/error.h"
#include "models/domain/decision.h"
#include "models/domain/intent.h"
#include "models/domain/logline.h"
#include "models/domain/preflight.h"
#include "models/domain/signincode.h"
#include "models/domain/staging.h"
#include "models/activity/activityselection.h"

#include <QMainWindow>

#include <memory>

namespace Slipway {

class AccountModel;
class ActivityModel;
class BoardReader;
class ChangeModel;
struct ChangeSet;
class LogModel;
class OperationModel;
class PipelineModel;
class ReleaseModel;

/// Everything the window shows. All outlive the window; GUI thread.
struct BoardModels
{
    const BoardReader &reader;
    PipelineModel &pipelines;
    AccountModel &accounts;
    ChangeModel &changes;
    ReleaseModel &releases;
    ActivityModel &activity;
    OperationModel &operations;
    LogModel &logs;
};

/// The board: shows models, emits intents. Knows no provider and no operation engine.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(const BoardModels &models, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Feeds every model the window owns or shows with what changed. Call once per change set.
    void apply(const ChangeSet &changes);
    /// Opens the confirm sheet (or refreshes the open one of the same move).
    void showPreflight(const Preflight &preflight);
    /// The intent was refused: says so in the open sheet or dialog if it came from there, else as a banner.
    void showError(const Error &error);
    void showNotice(const QString &sentence);
    /// What this person was told meanwhile: stays until dismissed.
    void showMessages(const QList<Message> &messages);
    void setAccountKinds(const QList<AccountKind> &kinds); ///< those that can be added
    /// The answer to a ListPipelines request.
    void showPipelinesOf(const QString &account, const QList<ListedPipeline> &pipelines);
    void showSignInCode(const SignInCode &code); ///< the answer to a BeginSignIn request
    void showSignedIn(const Result<void> &done); ///< its end
    void accountDone(); ///< the last account request was carried out; else showError()
    void setPerson(const QString &name); ///< who sits here, as holds and Activity know them
    /// The answer to configWanted(); masked again as soon as the user looks elsewhere.
    void showConfigValue(const QString &environmentId, const QString &key, const QString &value);
    /// Answers to ciRequested(). A report is of the version that was asked about; whoever looked away meanwhile is not
    /// told, but for what went wrong.
    void showCiReport(const QString &environmentId, const QString &version, const Result<CiReport> &report);
    void showJobLog(const QString &environmentId, const QString &job, const Result<LogPage> &page);
    void showCiDone(const QString &environmentId, const Result<void> &done);
    /// The answer to comparisonWanted(); dropped when nobody asks for it any more.
    void showComparison(const CommitPair &commits, const CommitRange &range, const Result<Comparison> &part);
    /// What a clone would bring along and cost; dropped when nobody asks for it any more.
    void showCloneOffer(const QString &pipeline, const QString &from, const Result<CloneOffer> &offer);
    /// Suggestions are given by the app: what a first run offers. No pipeline yet shows the first-run page by itself.
    void selectPipeline(const QString &name);

Q_SIGNALS:
    void intentRaised(const Slipway::Intent &intent);
    void decided(const Slipway::Decision &decision);
    /// A drop, key or menu asks what a move would do; the answer is showPreflight().
    void preflightWanted(const Slipway::Intent &move);
    /// The inspector shows this environment's log (empty id: none). The app clears and fills the LogModel.
    void logsWanted(const QString &environmentId, Slipway::LogKind kind);
    /// Somebody asks to see one value; that is recorded. The answer is showConfigValue() or showError().
    void configWanted(const QString &environmentId, const QString &key);
    /// Somebody is about to clone this; the answer is showCloneOffer().
    void cloneOfferWanted(const QString &pipeline, const QString &from);
    /// Somebody reads what one version has and another has not; the answer is showComparison().
    void comparisonWanted(const QString &pipeline, const Slipway::CommitPair &commits,
                          const Slipway::CommitRange &range);
    void accountRequested(const Slipway::AccountRequest &request);
    void ciRequested(const Slipway::CiRequest &request);
    void retryWanted(const QString &operationId);
    void codeGiven(const QString &operationId, const QString &code); ///< retries with a second factor's code
    void undoWanted(const QString &operationId);
    void dismissWanted(const QString &operationId); ///< a failed operation is taken off its card
    void exportWanted(const Slipway::ActivityFile &file);
    void refreshWanted();
    void pipelineShown(const QString &name); ///< polled faster than the others

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Slipway
