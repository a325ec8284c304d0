// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/moveactions.h"

#include "models/board/boardreader.h"
#include "ui/dialogs/confirmsheet.h"
#include "ui/dialogs/holddialog.h"
#include "ui/dialogs/operationsheet.h"
#include "ui/dialogs/sheethost.h"
#include "ui/settings/policydialog.h"
#include "ui/theme/words.h"

#include <QDesktopServices>
#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Slipway {

namespace {

QString pipelineOf(const Intent &intent)
{
    return std::visit([](const auto &one) { return one.pipeline; }, intent);
}

/// Whether a sheet about that pipeline could say something else now.
bool touches(const ChangeSet &changes, const QString &pipeline)
{
    if (changes.everything || !changes.accounts.isEmpty() || changes.pipelines.contains(pipeline)
        || changes.changes.contains(pipeline))
        return true;
    const QString start = pipeline + u'/';
    return std::any_of(changes.environments.cbegin(), changes.environments.cend(),
                       [&start](const QString &id) { return id.startsWith(start); });
}

bool hasSheet(const Intent &intent)
{
    return std::holds_alternative<PromoteIntent>(intent) || std::holds_alternative<RollBackIntent>(intent)
        || std::holds_alternative<UpdateIntent>(intent) || std::holds_alternative<ResetIntent>(intent)
        || std::holds_alternative<SendBackIntent>(intent);
}

} // namespace

MoveActions::MoveActions(const BoardModels &models, SheetHost &host, QObject *parent)
    : QObject(parent)
    , m_models(models)
    , m_host(host)
{
    m_again.setSingleShot(true);
    m_again.setInterval(100ms);
    connect(&m_again, &QTimer::timeout, this, &MoveActions::askAgain);
}

void MoveActions::apply(const ChangeSet &changes)
{
    if (auto *shown = qobject_cast<OperationSheet *>(m_host.current())) {
        const QString id = shown->operation().id;
        if (changes.everything || changes.operations.contains(id)) {
            if (const auto now = m_models.reader.store().operation(id))
                shown->setOperation(*now);
        }
    }
    const auto *sheet = qobject_cast<ConfirmSheet *>(m_host.current());
    if (sheet && touches(changes, pipelineOf(sheet->preflight().intent)))
        m_again.start();
}

void MoveActions::countDown()
{
    if (auto *shown = qobject_cast<OperationSheet *>(m_host.current()))
        shown->countDown();
}

void MoveActions::askAgain()
{
    if (const auto *sheet = qobject_cast<ConfirmSheet *>(m_host.current()))
        Q_EMIT preflightWanted(sheet->intent());
}

void MoveActions::showPreflight(const Preflight &preflight)
{
    auto *open = qobject_cast<ConfirmSheet *>(m_host.current());
    if (open && open->isAbout(preflight)) {
        open->setPreflight(preflight);
        return;
    }
    auto *sheet = new ConfirmSheet(preflight);
    connect(sheet, &Sheet::confirmed, this, [this, sheet] { Q_EMIT raised(sheet->intent()); });
    connect(sheet, &ConfirmSheet::choiceChanged, this, &MoveActions::askAgain);
    connect(sheet, &ConfirmSheet::linkActivated, this, &MoveActions::follow);
    connect(sheet, &ConfirmSheet::remedyChosen, this, [this, sheet](Remedy::Kind kind) { remedy(sheet, kind); });
    m_host.open(sheet);
}

void MoveActions::follow(const QString &link)
{
    if (const QUrl url(link); isOpenable(url)) {
        if (!QDesktopServices::openUrl(url))
            Q_EMIT said(tr("No browser could be opened for %1.").arg(url.toDisplayString()));
        return;
    }
    if (!m_models.reader.cache().environment(link))
        return;
    m_host.current()->reject();
    Q_EMIT environmentWanted(link);
}

void MoveActions::remedy(ConfirmSheet *sheet, Remedy::Kind kind)
{
    const QString pipeline = pipelineOf(sheet->preflight().intent);
    const QString from = sheet->preflight().from;
    switch (kind) {
    case Remedy::Kind::UpdateFromStaging:
        sheet->reject();
        Q_EMIT raised(UpdateIntent{pipeline, from});
        break;
    case Remedy::Kind::Queue:
        queue(*sheet);
        break;
    case Remedy::Kind::TakeOver:
        askHold(pipeline, heldBy(pipeline), sheet->intent());
        break;
    case Remedy::Kind::Accept:
        // The sheet stays: it looks again once this is recorded.
        Q_EMIT decided(VerdictIntent{pipeline, from, VerdictState::Accepted, {}});
        break;
    }
}

void MoveActions::queue(const ConfirmSheet &sheet)
{
    const Intent intent = sheet.intent();
    QueueIntent wait;
    wait.pipeline = pipelineOf(intent);
    wait.environment = sheet.preflight().from;
    if (const auto *promote = std::get_if<PromoteIntent>(&intent))
        wait.reason = promote->reason;
    m_host.current()->reject();
    Q_EMIT decided(wait);
}

std::optional<Hold> MoveActions::heldBy(const QString &pipeline) const
{
    return m_models.reader.hold(pipeline, QDateTime::currentDateTimeUtc());
}

void MoveActions::hold(const QString &pipeline)
{
    const auto held = heldBy(pipeline);
    const bool foreign = held && held->by != m_person;
    askHold(pipeline, foreign ? held : std::nullopt, {});
}

void MoveActions::askHold(const QString &pipeline, const std::optional<Hold> &other, const std::optional<Intent> &back)
{
    auto *dialog = new HoldDialog(pipeline, other);
    connect(dialog, &Sheet::confirmed, this, [this, dialog] { Q_EMIT decided(dialog->intent()); });
    if (back) {
        const auto showAgain = [this, back] { Q_EMIT preflightWanted(*back); };
        connect(dialog, &Sheet::confirmed, this, showAgain, Qt::QueuedConnection);
        connect(dialog, &Sheet::cancelled, this, showAgain, Qt::QueuedConnection);
    }
    m_host.open(dialog);
}

void MoveActions::editPolicy(const QString &pipeline)
{
    if (!m_models.reader.store().pipeline(pipeline))
        return;
    const Policy now = m_models.reader.policy(pipeline);
    const auto team = readTeamPolicy(m_models.reader.cache().teamFile(pipeline));
    auto *dialog = new PolicyDialog(pipeline, now, Policy(team.value_or(Policy::Layer()), {}));
    connect(dialog, &Sheet::confirmed, this, [this, dialog] { Q_EMIT decided(dialog->intent()); });
    m_host.open(dialog);
}

void MoveActions::fillPipelineMenu(QMenu &menu, const QString &pipeline)
{
    const auto held = heldBy(pipeline);
    const bool foreign = held && held->by != m_person;
    menu.addAction(foreign ? tr("Take staging over from %1…").arg(held->by) : tr("Hold staging…"), this,
                   [this, pipeline] { hold(pipeline); });
    QAction *settings = menu.addAction(tr("Settings…"), this, [this, pipeline] { editPolicy(pipeline); });
    settings->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Comma));
    settings->setShortcutVisibleInContextMenu(true);
}

void MoveActions::showOperation(const QString &operationId)
{
    const auto operation = m_models.reader.store().operation(operationId);
    if (!operation) {
        Q_EMIT said(tr("This operation is not in the journal any more."));
        return;
    }
    auto *sheet = new OperationSheet(*operation);
    connect(sheet, &OperationSheet::retryWanted, this, &MoveActions::retryWanted);
    connect(sheet, &OperationSheet::codeGiven, this, &MoveActions::codeGiven);
    connect(sheet, &OperationSheet::undoWanted, this, &MoveActions::undoWanted);
    connect(sheet, &OperationSheet::dismissWanted, this, [this, sheet](const QString &id) {
        sheet->reject();
        Q_EMIT dismissWanted(id);
    });
    connect(sheet, &OperationSheet::wayBackWanted, this, [this, sheet](const Operation &done) {
        sheet->reject();
        goBack(done);
    });
    m_host.open(sheet);
}

void MoveActions::goBack(const Operation &operation)
{
    const auto intent = intentFromJson(operation.wayBack);
    if (!intent) {
        Q_EMIT said(
            tr("This way back cannot be read any more. Look at the releases of %1.").arg(operation.environment));
        return;
    }
    const auto *lifecycle = std::get_if<LifecycleIntent>(&*intent);
    if (hasSheet(*intent))
        Q_EMIT preflightWanted(*intent);
    else if (lifecycle && lifecycle->action == LifecycleAction::ShutDown)
        Q_EMIT shutDownWanted(lifecycle->pipeline + u'/' + lifecycle->environment);
    else
        Q_EMIT raised(*intent);
}

} // namespace Slipway
