// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/cardactions.h"

#include "models/board/accountmodel.h"
#include "models/board/boardreader.h"
#include "models/board/changemodel.h"
#include "models/board/moverules.h"
#include "ui/dialogs/clonedialog.h"
#include "ui/dialogs/comparedialog.h"
#include "ui/dialogs/configdialog.h"
#include "ui/dialogs/confirmdialog.h"
#include "ui/dialogs/deploydialog.h"
#include "ui/dialogs/notedialog.h"
#include "ui/dialogs/pipelinedialog.h"
#include "ui/dialogs/projectsdialog.h"
#include "ui/dialogs/releasedialog.h"
#include "ui/dialogs/scaledialog.h"
#include "ui/dialogs/sheethost.h"
#include "ui/theme/words.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace Slipway {

CardActions::CardActions(const BoardModels &models, SheetHost &host, QObject *parent)
    : QObject(parent)
    , m_models(models)
    , m_host(host)
{ }

void CardActions::promote(const QString &environmentId)
{
    const auto environment = m_models.reader.cache().environment(environmentId);
    if (!environment || environment->stage == Stage::Production)
        return;
    const bool dev = environment->stage == Stage::Development;
    const DropAnswer answer = dropAnswer(m_models.reader, environmentId, dev ? Stage::Staging : Stage::Production);
    if (answer.legal && answer.intent)
        begin(*answer.intent);
    else
        Q_EMIT said(answer.text);
}

void CardActions::open(const QString &environmentId)
{
    const auto environment = m_models.reader.cache().environment(environmentId);
    if (!environment || !isOpenable(environment->address)) {
        Q_EMIT said(tr("This environment has no web address."));
        return;
    }
    openLink(environment->address);
}

void CardActions::openLink(const QUrl &url)
{
    if (!isOpenable(url))
        Q_EMIT said(tr("This is no web address."));
    else if (!QDesktopServices::openUrl(url))
        Q_EMIT said(tr("No browser could be opened for %1. Copy the address instead.").arg(url.toDisplayString()));
}

void CardActions::copyAddress(const QString &environmentId)
{
    const auto environment = m_models.reader.cache().environment(environmentId);
    if (!environment || environment->address.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(environment->address.toString());
    Q_EMIT said(tr("Copied %1").arg(environment->address.toDisplayString()));
}

void CardActions::deployOther(const QString &environmentId)
{
    const auto ref = EnvironmentRef::parse(environmentId);
    m_models.changes.setPipeline(ref.pipeline);
    auto *dialog = new DeployDialog(ref.pipeline, ref.name, m_models.changes);
    connect(dialog, &Sheet::confirmed, this, [this, dialog] { Q_EMIT raised(dialog->intent()); });
    m_host.open(dialog);
}

void CardActions::shutDown(const QString &environmentId)
{
    const auto environment = m_models.reader.cache().environment(environmentId);
    if (!environment)
        return;
    const bool unmerged = environment->release && environment->release->uncommitted;
    const bool typed = environment->stage != Stage::Development || unmerged;
    QString summary = tr("Its processes stop and its data is deleted. Its commits stay in the repository.");
    if (environment->stage == Stage::Production)
        summary = tr("This is production: its users lose it, and its data is deleted.");
    else if (unmerged)
        summary = tr("It runs uncommitted work that no commit holds. Its data is deleted too.");
    auto *dialog = new ConfirmDialog(tr("Shut down %1?").arg(environment->name), summary, tr("Shut down"),
                                     typed ? environment->name : QString(), true);
    connect(dialog, &Sheet::confirmed, this, [this, e = *environment] {
        Q_EMIT raised(LifecycleIntent{e.pipeline, e.name, LifecycleAction::ShutDown});
    });
    m_host.open(dialog);
}

void CardActions::rollBack(const QString &environmentId, int release)
{
    const auto environment = m_models.reader.cache().environment(environmentId);
    if (!environment || !environment->release)
        return;
    if (release == 0 && environment->release->number <= 1) {
        Q_EMIT said(tr("%1 has no earlier release to roll back to.").arg(environment->name));
        return;
    }
    RollBackIntent move;
    move.pipeline = environment->pipeline;
    move.environment = environment->name;
    move.release = release;
    Q_EMIT preflightWanted(move);
}

void CardActions::lifecycle(const QString &environmentId, LifecycleAction action, bool maintenance)
{
    const auto ref = EnvironmentRef::parse(environmentId);
    if (action == LifecycleAction::ShutDown)
        shutDown(environmentId);
    else if (ref.isValid())
        Q_EMIT raised(LifecycleIntent{ref.pipeline, ref.name, action, {}, maintenance});
}

void CardActions::setConfig(const QString &environmentId, const QString &key)
{
    const auto environment = m_models.reader.cache().environment(environmentId);
    if (!environment)
        return;
    auto *dialog = new ConfigDialog(*environment, key);
    connect(dialog, &Sheet::confirmed, this, [this, dialog] { Q_EMIT raised(dialog->intent()); });
    m_host.open(dialog);
}

void CardActions::removeConfig(const QString &environmentId, const QString &key)
{
    const auto environment = m_models.reader.cache().environment(environmentId);
    if (!environment)
        return;
    const bool production = environment->stage == Stage::Production;
    const QString restart = tr("%1 restarts without it, as a new release.").arg(environment->name);
    auto *dialog = new ConfirmDialog(tr("Remove %1 from %2?").arg(key, environment->name),
                                     production ? tr("This is production. %1").arg(restart) : restart, tr("Remove"), {},
                                     production);
    connect(dialog, &Sheet::confirmed, this, [this, e = *environment, key] {
        Q_EMIT raised(ConfigIntent{e.pipeline, e.name, {}, {key}});
    });
    m_host.open(dialog);
}

void CardActions::scale(const QString &environmentId)
{
    const auto environment = m_models.reader.cache().environment(environmentId);
    if (!environment || environment->processes.isEmpty())
        return;
    auto *dialog = new ScaleDialog(*environment);
    connect(dialog, &Sheet::confirmed, this, [this, dialog] { Q_EMIT raised(dialog->intent()); });
    m_host.open(dialog);
}

bool CardActions::isRemote(const QString &pipeline) const
{
    const auto known = m_models.reader.store().pipeline(pipeline);
    return known && !known->runsHere();
}

void CardActions::reviewFor(const QString &pipeline, const Change &change)
{
    Q_EMIT raised(ReviewIntent{pipeline, change.ref()});
}

void CardActions::requestChanges(const QString &environmentId)
{
    const auto ref = EnvironmentRef::parse(environmentId);
    auto *dialog = new NoteDialog(tr("Request changes on %1").arg(ref.name),
                                  tr("Bound to the version it runs now; void once another one is deployed."),
                                  tr("Request changes"), tr("What has to change?"));
    connect(
        dialog, &Sheet::confirmed, this,
        [this, dialog, ref] {
            Q_EMIT decided(VerdictIntent{ref.pipeline, ref.name, VerdictState::ChangesRequested, dialog->note()});
            m_host.settle();
        },
        Qt::QueuedConnection);
    m_host.open(dialog);
}

void CardActions::cloneStaging(const QString &pipeline, const CodeChoice &code)
{
    const auto staging = m_models.reader.environmentAt(pipeline, Stage::Staging);
    if (!staging) {
        Q_EMIT said(tr("There is no staging environment to clone yet."));
        return;
    }
    m_models.changes.setPipeline(pipeline);
    CloneDialog::Offer offer;
    offer.pipeline = pipeline;
    offer.from = staging->name;
    if (staging->release)
        offer.fromRuns = staging->release->change.title;
    offer.name = m_models.reader.nextFreeName(pipeline);
    offer.code = code;
    for (const Stage stage : {Stage::Development, Stage::Staging, Stage::Production})
        offer.taken += m_models.reader.cache().environmentNames(pipeline, stage);
    offer.costs = isRemote(pipeline);
    auto *dialog = new CloneDialog(offer, m_models.changes);
    m_cloning = dialog;
    connect(dialog, &Sheet::confirmed, this, [this, dialog] { Q_EMIT raised(dialog->intent()); });
    m_host.open(dialog);
    if (offer.costs)
        Q_EMIT cloneOfferWanted(pipeline, offer.from);
}

void CardActions::showCloneOffer(const QString &pipeline, const QString &from, const Result<CloneOffer> &offer)
{
    if (m_cloning && m_cloning->isFor(pipeline, from))
        m_cloning->setOffer(offer);
}

/// What goes on next is asked about first: a dev environment against staging, staging against production.
void CardActions::compare(const QString &environmentId)
{
    const auto card = m_models.reader.card(environmentId);
    if (!card)
        return;
    const Environment &here = card->environment;
    QList<Environment> environments;
    QString other;
    const Stage next = here.stage == Stage::Staging ? Stage::Production : Stage::Staging;
    for (const Card &one : m_models.reader.cards(here.pipeline)) {
        environments.append(one.environment);
        if (other.isEmpty() && one.environment.name != here.name && one.environment.stage == next)
            other = one.environment.name;
    }
    if (environments.size() < 2) {
        Q_EMIT said(tr("There is no other environment to compare %1 with.").arg(here.name));
        return;
    }
    if (other.isEmpty())
        other = environments.at(environments.constFirst().name == here.name ? 1 : 0).name;
    auto *dialog = new CompareDialog(here.pipeline, environments, here.name, other);
    m_comparing = dialog;
    connect(dialog, &CompareDialog::wanted, this, &CardActions::comparisonWanted);
    connect(dialog, &CompareDialog::linkWanted, this, &CardActions::openLink);
    m_host.open(dialog);
}

void CardActions::showComparison(const CommitPair &commits, const CommitRange &range, const Result<Comparison> &part)
{
    if (m_comparing)
        m_comparing->take(commits, range, part);
}

void CardActions::cloneFor(const QString &pipeline, const Change &change)
{
    const DropAnswer answer = dropAnswer(m_models.reader, pipeline, change, Stage::Development);
    if (answer.legal && answer.intent)
        begin(*answer.intent);
    else
        Q_EMIT said(answer.text);
}

void CardActions::begin(const Intent &intent)
{
    if (const auto *clone = std::get_if<CloneIntent>(&intent)) {
        cloneStaging(clone->pipeline, clone->code);
        return;
    }
    const auto *life = std::get_if<LifecycleIntent>(&intent);
    if (life && life->action == LifecycleAction::ShutDown)
        shutDown(life->pipeline + u'/' + life->environment);
    else
        Q_EMIT preflightWanted(intent);
}

void CardActions::keep(const QString &environmentId)
{
    const auto ref = EnvironmentRef::parse(environmentId);
    if (ref.isValid())
        Q_EMIT decided(KeepIntent{ref.pipeline, ref.name});
}

void CardActions::holdStaging(const QString &pipeline)
{
    Q_EMIT holdWanted(pipeline);
}

void CardActions::releaseStaging(const QString &pipeline)
{
    const auto hold = m_models.reader.hold(pipeline, QDateTime::currentDateTimeUtc());
    if (!hold) {
        Q_EMIT said(tr("Nobody holds staging any more."));
        return;
    }
    auto *dialog = new ReleaseDialog(pipeline, *hold);
    connect(dialog, &Sheet::confirmed, this, [this, dialog] { Q_EMIT decided(dialog->intent()); });
    m_host.open(dialog);
}

void CardActions::addPipeline()
{
    QStringList accounts;
    for (int row = 0; row < m_models.accounts.rowCount(); ++row) {
        const auto account = m_models.accounts.index(row).data(AccountModel::StatusRole).value<AccountStatus>().account;
        if (account.kind == u"local") // the others bring pipelines of their own
            accounts += account.name;
    }
    QStringList taken;
    for (const Pipeline &pipeline : m_models.reader.store().pipelines())
        taken += pipeline.name;
    if (accounts.isEmpty())
        accounts += u"local"_s;
    auto *dialog = new PipelineDialog(accounts, taken, m_models.reader.store().accounts());
    connect(dialog, &PipelineDialog::accountsWanted, this, &CardActions::accountsWanted);
    connect(dialog, &Sheet::confirmed, this, [this, dialog] { Q_EMIT raised(dialog->intent()); });
    m_host.open(dialog);
}

void CardActions::setProjects(const QString &pipeline)
{
    const auto known = m_models.reader.store().pipeline(pipeline);
    if (!known)
        return;
    auto *dialog = new ProjectsDialog(*known, m_models.reader.store().accounts());
    connect(dialog, &ProjectsDialog::accountsWanted, this, &CardActions::accountsWanted);
    connect(dialog, &Sheet::confirmed, this, [this, dialog] { Q_EMIT decided(dialog->intent()); });
    m_host.open(dialog);
}

void CardActions::removePipeline(const QString &pipeline)
{
    const auto known = m_models.reader.store().pipeline(pipeline);
    if (known && known->adopted) {
        auto *off = new ConfirmDialog(tr("Take %1 off the board?").arg(pipeline),
                                      tr("Its environments stay as they are at %1.").arg(known->deploysAccount),
                                      tr("Take off"), {}, false);
        connect(off, &Sheet::confirmed, this, [this, pipeline] { Q_EMIT raised(RemovePipelineIntent{pipeline}); });
        m_host.open(off);
        return;
    }
    auto *dialog =
        new ConfirmDialog(tr("Remove %1?").arg(pipeline),
                          tr("Shuts every environment of the pipeline down, production included, and deletes "
                             "their data. The repository is not touched; Activity is kept."),
                          tr("Remove"), pipeline, true);
    connect(dialog, &Sheet::confirmed, this, [this, pipeline] { Q_EMIT raised(RemovePipelineIntent{pipeline}); });
    m_host.open(dialog);
}

void CardActions::trySample()
{
    SetUpIntent intent;
    intent.pipeline = u"shop"_s;
    intent.account = u"local"_s;
    intent.sample = true;
    Q_EMIT raised(intent);
}

} // namespace Slipway
