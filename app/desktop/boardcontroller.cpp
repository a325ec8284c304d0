// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/boardcontroller.h"

#include "app/accounts/signin.h"
#include "app/desktop/prefault.h"
#include "app/operations/detached.h"
#include "app/session/session.h"
#include "models/domain/accounttitle.h"
#include "ui/theme/paint.h"

#include <QGuiApplication>
#include <QTimer>

#include <utility>

using namespace std::chrono_literals;

namespace Slipway {

namespace {

constexpr auto kHeadway = 20ms; ///< for whoever shows the picture that was painted: they share the machine with us

} // namespace

BoardController::BoardController(Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_pipelines(session.reader())
    , m_accounts(session.reader())
    , m_changes(session.reader())
    , m_releases(session.reader())
    , m_activity(session.reader().store())
    , m_operations(session.reader().store())
    , m_window(BoardModels{session.reader(), m_pipelines, m_accounts, m_changes, m_releases, m_activity, m_operations,
                           m_logs})
    , m_follower(session, m_logs)
    , m_memory(session.home())
{
    connectSession();
    connectWindow();
    watchAttention();
    m_window.installEventFilter(this);
}

BoardController::~BoardController()
{
    m_memory.save(m_window, m_shown);
}

void BoardController::show(const QString &pipeline)
{
    m_memory.restore(m_window);
    const QString wanted = pipeline.isEmpty() ? m_memory.lastPipeline() : pipeline;
    const QModelIndex first = m_pipelines.index(qMax(0, m_pipelines.rowOf(wanted)));
    if (first.isValid())
        m_window.selectPipeline(first.data(PipelineModel::NameRole).toString());
    m_window.show();
    prefaultPicture(m_window);
}

bool BoardController::eventFilter(QObject *watched, QEvent *event)
{
    // Threads and providers start once the cached board is on screen: the first paint waits for nothing.
    if (event->type() == QEvent::Paint) {
        m_window.removeEventFilter(this);
        QTimer::singleShot(kHeadway, this, &BoardController::start);
    }
    return QObject::eventFilter(watched, event);
}

void BoardController::start()
{
    m_started = true;
    m_window.setWindowIcon(brandIcon(Theme::of(m_window.palette())));
    m_session.start();
    m_session.setShown(m_shown);
    m_session.askPerson([this](const Result<QString> &name) {
        m_person = name.value_or(QString());
        m_window.setPerson(m_person);
        tellMessages();
    });
    tellKinds();
    for (const QString &notice : m_session.notices())
        m_window.showNotice(notice);
    for (const std::function<void()> &wanted : std::exchange(m_wanted, {}))
        wanted();
}

void BoardController::onceStarted(const std::function<void()> &work)
{
    if (m_started)
        work();
    else
        m_wanted.append(work);
}

void BoardController::connectSession()
{
    connect(&m_session, &Session::changed, &m_window, &MainWindow::apply);
    connect(&m_session, &Session::changed, this, [this](const ChangeSet &changes) {
        if (changes.messages || changes.everything)
            tellMessages();
    });
    connect(&m_session, &Session::operationEnded, this, [this](const QString &id) {
        const auto operation = m_session.reader().store().operation(id);
        if (operation && operation->kind == QLatin1StringView("setup") && operation->state == OperationState::Live)
            m_window.selectPipeline(operation->pipeline);
    });
}

void BoardController::connectWindow()
{
    connect(&m_window, &MainWindow::intentRaised, this, &BoardController::startOperation);
    connect(&m_window, &MainWindow::preflightWanted, this, &BoardController::answerPreflight);
    connect(&m_window, &MainWindow::decided, this,
            [this](const Decision &decision) { m_session.decide(decision, reporting()); });
    // The window asks for these while it is being filled.
    connect(&m_window, &MainWindow::logsWanted, this, [this](const QString &environmentId, LogKind kind) {
        onceStarted([this, environmentId, kind] { m_follower.follow(environmentId, kind); });
    });
    connect(&m_window, &MainWindow::ciRequested, this,
            [this](const CiRequest &request) { onceStarted([this, request] { askCi(request); }); });
    connect(&m_window, &MainWindow::retryWanted, this, [this](const QString &id) { m_session.retry(id, reporting()); });
    connect(&m_window, &MainWindow::codeGiven, this, &BoardController::retryWithCode);
    connect(&m_window, &MainWindow::cloneOfferWanted, this, &BoardController::askCloneOffer);
    connect(&m_window, &MainWindow::comparisonWanted, this, &BoardController::compare);
    connect(&m_window, &MainWindow::undoWanted, this, [this](const QString &id) { m_session.undo(id, reporting()); });
    connect(&m_window, &MainWindow::dismissWanted, this,
            [this](const QString &id) { m_session.dismiss(id, reporting()); });
    connect(&m_window, &MainWindow::accountRequested, this, &BoardController::carryOut);
    connect(&m_window, &MainWindow::configWanted, this, &BoardController::revealConfig);
    connect(&m_window, &MainWindow::exportWanted, this, &BoardController::exportActivity);
    connect(&m_window, &MainWindow::refreshWanted, this, [this] { m_session.refresh(m_shown, reporting()); });
    connect(&m_window, &MainWindow::pipelineShown, this, [this](const QString &name) {
        m_shown = name;
        if (m_started)
            m_session.setShown(name);
    });
}

void BoardController::answerPreflight(const Intent &move)
{
    const auto answer = m_session.preflight(move);
    if (answer)
        m_window.showPreflight(*answer);
    else
        m_window.showError(answer.error());
}

void BoardController::startOperation(const Intent &intent)
{
    m_session.startOperation(intent, [this, intent](const Result<QString> &started) {
        if (started)
            return;
        m_window.showError(started.error());
        // The target moved since the user looked: the sheet shows what is true now.
        if (started.error().kind() == Error::Kind::Conflict && m_session.preflight(intent))
            answerPreflight(intent);
    });
}

/// The value goes from the provider to the eye: of what happened, only that it was shown is written down.
void BoardController::revealConfig(const QString &environmentId, const QString &key)
{
    using Values = QMap<QString, QString>;
    const auto ref = EnvironmentRef::parse(environmentId);
    const auto work = [name = ref.name](Provider &provider, const Pipeline &pipeline) {
        DeployProvider *deploys = provider.deploys();
        if (!deploys) {
            return ended<Values>(fail(Error::Kind::Unsupported,
                                      tr("%1 has no config to show.").arg(accountTitle(pipeline.deploysAccount))));
        }
        return deploys->config(pipeline.deploysId, name);
    };
    const auto done = [this, ref, environmentId, key](const Result<Values> &values) {
        if (!values) {
            m_window.showError(values.error());
            return;
        }
        if (!values->contains(key)) {
            m_window.showError(Error(Error::Kind::NotFound, tr("%1 has no key “%2” any more.").arg(ref.name, key),
                                     tr("Ask the providers again (F5).")));
            return;
        }
        ActivityEntry entry;
        entry.at = QDateTime::currentDateTimeUtc();
        entry.pipeline = ref.pipeline;
        entry.environment = ref.name;
        entry.kind = QStringLiteral("config");
        entry.text = tr("Showed the value of %1 on %2").arg(key, ref.name);
        m_session.record(entry);
        m_window.showConfigValue(environmentId, key, values->value(key));
    };
    m_session.withPipeline<Values>(ref.pipeline, work, done);
}

void BoardController::askCloneOffer(const QString &pipeline, const QString &from)
{
    const auto work = [from](Provider &provider, const Pipeline &known) {
        DeployProvider *deploys = provider.deploys();
        return deploys ? deploys->cloneOffer(known.deploysId, from) : ended(Result<CloneOffer>());
    };
    m_session.withPipeline<CloneOffer>(pipeline, work, [this, pipeline, from](const Result<CloneOffer> &offer) {
        m_window.showCloneOffer(pipeline, from, offer);
    });
}

void BoardController::compare(const QString &pipeline, const CommitPair &commits, const CommitRange &range)
{
    m_session.compare(pipeline, commits, range, [this, commits, range](const Result<Comparison> &part) {
        m_window.showComparison(commits, range, part);
    });
}

/// The code goes to the account's provider alone, which holds it until it is asked for it.
void BoardController::retryWithCode(const QString &operationId, const QString &code)
{
    const auto operation = m_session.reader().store().operation(operationId);
    if (!operation)
        return;
    const auto give = [code](Provider &provider, const Pipeline &) {
        provider.setSecondFactor(code);
        return ended(Result<void>());
    };
    m_session.withPipeline<void>(operation->pipeline, give, [this, operationId](const Result<void> &given) {
        if (given)
            m_session.retry(operationId, reporting());
        else
            m_window.showError(given.error());
    });
}

void BoardController::exportActivity(const ActivityFile &file)
{
    m_session.exportActivity(file, [this, path = file.path](const Result<int> &lines) {
        if (lines)
            m_window.showNotice(tr("Exported %1 lines of Activity to %2").arg(*lines).arg(path));
        else
            m_window.showError(lines.error());
    });
}

void BoardController::tellMessages()
{
    // What nobody could see is told when the window is looked at again.
    if (m_person.isEmpty() || !m_window.isVisible() || m_window.isMinimized())
        return;
    const QList<Message> messages = m_session.reader().store().messages(m_person);
    if (messages.isEmpty())
        return;
    m_window.showMessages(messages);
    for (const Message &message : messages)
        m_session.markSeen(message.id);
}

void BoardController::watchAttention()
{
    const auto tell = [this](Qt::ApplicationState state) {
        if (m_started)
            m_session.setAttention(state == Qt::ApplicationActive);
        if (state == Qt::ApplicationActive)
            tellMessages();
    };
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, tell);
}

std::function<void(Result<void>)> BoardController::reporting()
{
    return [this](const Result<void> &done) {
        if (!done)
            m_window.showError(done.error());
    };
}

} // namespace Slipway
