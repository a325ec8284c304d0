// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/accounts/accounthost.h"
#include "app/accounts/tokenvault.h"
#include "app/operations/changeplaces.h"
#include "models/activity/activityselection.h"
#include "models/board/boardreader.h"
#include "models/domain/decision.h"
#include "models/domain/intent.h"
#include "models/domain/preflight.h"
#include "models/store/stores.h"
#include "providers/provider.h"

#include <QObject>

#include <functional>
#include <memory>

namespace Slipway {

/// What one Slipway process is made of: read connections for its own thread, and an engine thread that owns the write
/// connections, the accounts (one thread each), the operations and the polling schedule. The window and `slipwayctl`
/// are both thin shells around it. Made, used and destroyed in the main thread; callbacks come there, never
/// re-entrantly.
class Session final : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        QString home; ///< absolute; see slipwayHome()
        FileState files = FileState::Unknown; ///< of both databases; Unknown: open() looks them over
        bool poll = false; ///< the window: keep polling until closed; the command line: only when asked
        bool automate = false; ///< the window and the agent: carry out what the policies' rules want
        bool recover = false; ///< the window: carry on with operations whose owner is gone, at once
        int undoWindowMs =
            0; ///< promotions wait this long before the first provider call; undo() cancels them meanwhile
        ProviderFactory makeProvider = {}; ///< for tests; empty: the registry's
        std::function<void()> journaled = {}; ///< for tests: called in the engine's thread after each step is written
    };

    /// Opens the stores; touches no provider yet and starts no thread (the first call that needs one does): the board's
    /// first paint needs only this.
    static Result<std::unique_ptr<Session>> open(const Options &options);
    ~Session() override; ///< stops in stages: polling, operations at a step boundary, accounts, engine

    const BoardReader &reader() const;
    QString home() const;
    QStringList notices() const; ///< what happened to the databases at open; normally empty

    /// Starts the engine thread, the accounts and (if asked) polling and recovery. Idempotent.
    void start();

    /// From the cache, at once (DESIGN section 6: checks). Error when an environment is unknown.
    Result<Preflight> preflight(const Intent &move) const;

    /// Validates, takes the leases, journals, runs. `done` gets the operation's id, or why it was refused (Blocked: a
    /// check; Conflict: busy or the target moved since `fingerprint`; Invalid: the input).
    void startOperation(const Intent &intent, std::function<void(Result<QString>)> done);
    /// Carries a failed or interrupted operation on from its failed step.
    void retry(const QString &operationId, std::function<void(Result<void>)> done);
    /// Takes back what a failed operation did and can be taken back.
    void undo(const QString &operationId, std::function<void(Result<void>)> done);
    /// A failed operation is taken off its card; an interrupted one whose owner is gone is marked failed.
    void dismiss(const QString &operationId, std::function<void(Result<void>)> done);

    /// Verdicts, holds, the queue, policies: recorded at once.
    void decide(const Decision &decision, std::function<void(Result<void>)> done);
    /// Where a change ("#482", a branch, a commit) runs by now, asking the pipeline's source where that is not known.
    void whereIs(const QString &pipeline, const QString &change, std::function<void(Result<ChangePlaces>)> done);
    /// What one commit has that another has not, a part at a time: from the cache where it is known, else from the
    /// pipeline's source.
    void compare(const QString &pipeline, const CommitPair &commits, const CommitRange &range,
                 std::function<void(Result<Comparison>)> done);
    void markSeen(qint64 messageId); ///< the person was shown that message
    void saveAccount(const Account &account, std::function<void(Result<void>)> done);
    /// Its token goes too.
    void removeAccount(const QString &name, std::function<void(Result<void>)> done);
    /// Puts an account's token into the keychain, or without one into this session's memory, and hands it to the
    /// account's provider, which is made anew. The account need not be saved yet.
    void giveToken(const QString &account, const QString &token, std::function<void(Result<TokenVault::Kept>)> done);
    /// Takes the token of an account out of the keychain, and out of its provider.
    void dropToken(const QString &account, std::function<void(Result<void>)> done);
    /// Asks whether it answers and whose it is; its state is in the cache afterwards. One that was refused before gets
    /// its token read anew first: another program may have stored a better one.
    void checkAccount(const QString &name, std::function<void(Result<void>)> done);
    void record(const ActivityEntry &entry); ///< best effort; by whoever sits here when the entry does not say

    /// `done` gets how many lines the file holds.
    void exportActivity(const ActivityFile &file, std::function<void(Result<int>)> done);
    /// Who sits here, see personName(): finding out may take a while, and is not done in this thread.
    void askPerson(std::function<void(Result<QString>)> done);

    /// Asks the providers for this pipeline now (empty: all), stores the snapshot, then calls back.
    void refresh(const QString &pipeline, std::function<void(Result<void>)> done);
    /// The pipeline on screen is polled faster.
    void setShown(const QString &pipeline);
    /// Unfocused or hidden windows poll slower.
    void setAttention(bool focused);

    /// Runs `work` with the account that deploys `pipeline` in that account's thread; `done` comes back here.
    /// `work` gets the pipeline (its deploysId is the provider's own name for it).
    template<typename T>
    void withPipeline(const QString &pipeline, std::function<Task<T>(Provider &, Pipeline)> work,
                      std::function<void(Result<T>)> done);

    /// As withPipeline(), with the account that knows the pipeline's changes; `work` gets what that one calls it.
    template<typename T>
    void withSource(const QString &pipeline, std::function<Task<T>(Provider &, QString)> work,
                    std::function<void(Result<T>)> done);

    /// As withSource(), with the account that checks the pipeline's commits.
    template<typename T>
    void withCi(const QString &pipeline, std::function<Task<T>(Provider &, QString)> work,
                std::function<void(Result<T>)> done);

    /// As withPipeline(), of an account alone.
    template<typename T>
    void withAccount(const QString &account, std::function<Task<T>(Provider &)> work,
                     std::function<void(Result<T>)> done);

Q_SIGNALS:
    /// Something was written, here or by another process: item models apply() it.
    void changed(const Slipway::ChangeSet &changes);
    /// An operation came to its end (live, failed or cancelled) in this process.
    void operationEnded(const QString &operationId);

private:
    struct Private;
    explicit Session(std::unique_ptr<Private> data);
    Result<Pipeline> pipelineNamed(const QString &name) const;
    Result<RemoteProject> ciProject(const QString &pipeline) const; ///< Unsupported: nobody checks its commits
    template<typename T>
    void withProject(const RemoteProject &project, std::function<Task<T>(Provider &, QString)> work,
                     std::function<void(Result<T>)> done);
    AccountHost *hostFor(const QString &account, Error *problem); ///< starts it when needed
    std::unique_ptr<Private> d;
};

/// $SLIPWAY_HOME, else the user's data folder; made with mode 0700 when absent. Error names the folder.
Result<QString> slipwayHome();

template<typename T>
void Session::withPipeline(const QString &name, std::function<Task<T>(Provider &, Pipeline)> work,
                           std::function<void(Result<T>)> done)
{
    const auto pipeline = pipelineNamed(name);
    if (!pipeline) {
        done(tl::unexpected(pipeline.error()));
        return;
    }
    withAccount<T>(
        pipeline->deploysAccount,
        [work = std::move(work), p = *pipeline](Provider &provider) { return work(provider, p); }, std::move(done));
}

template<typename T>
void Session::withProject(const RemoteProject &project, std::function<Task<T>(Provider &, QString)> work,
                          std::function<void(Result<T>)> done)
{
    withAccount<T>(
        project.account, [work = std::move(work), id = project.id](Provider &provider) { return work(provider, id); },
        std::move(done));
}

template<typename T>
void Session::withSource(const QString &name, std::function<Task<T>(Provider &, QString)> work,
                         std::function<void(Result<T>)> done)
{
    const auto pipeline = pipelineNamed(name);
    if (pipeline)
        withProject<T>(sourceOf(*pipeline), std::move(work), std::move(done));
    else
        done(tl::unexpected(pipeline.error()));
}

template<typename T>
void Session::withCi(const QString &name, std::function<Task<T>(Provider &, QString)> work,
                     std::function<void(Result<T>)> done)
{
    const auto project = ciProject(name);
    if (project)
        withProject<T>(*project, std::move(work), std::move(done));
    else
        done(tl::unexpected(project.error()));
}

template<typename T>
void Session::withAccount(const QString &account, std::function<Task<T>(Provider &)> work,
                          std::function<void(Result<T>)> done)
{
    Error problem;
    if (AccountHost *host = hostFor(account, &problem))
        host->call<T>(this, std::move(work), std::move(done));
    else
        done(tl::unexpected(problem));
}

} // namespace Slipway
