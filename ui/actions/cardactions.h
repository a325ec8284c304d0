// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/mainwindow.h"

#include <QObject>
#include <QPointer>

class QMenu;

namespace Slipway {

class CloneDialog;
class CompareDialog;
class Sheet;
class SheetHost;
struct Card;

/// All that can be done with an environment or a pipeline, in one place for menus, keys, buttons and the palette.
/// What needs a question first opens a sheet.
class CardActions final : public QObject
{
    Q_OBJECT
public:
    CardActions(const BoardModels &models, SheetHost &host, QObject *parent);

    void fillMenu(QMenu &menu, const QString &environmentId);
    void fillPipelineMenu(QMenu &menu, const QString &pipeline);
    void begin(const Intent &intent); ///< of a drop: opens what asks the question that belongs to it
    void promote(const QString &environmentId); ///< one stage on
    void holdStaging(const QString &pipeline); ///< takes it over from who has it
    void releaseStaging(const QString &pipeline); ///< or says that a roll back is resolved
    void keep(const QString &environmentId); ///< gives it more time
    void cloneFor(const QString &pipeline, const Change &change);
    /// Whether it runs at a service: there clones cost money, processes scale, and review apps can be made.
    bool isRemote(const QString &pipeline) const;
    void reviewFor(const QString &pipeline, const Change &change);
    void open(const QString &environmentId);
    void openLink(const QUrl &url); ///< a page of another service: http and https only
    void copyAddress(const QString &environmentId);
    void deployOther(const QString &environmentId);
    void shutDown(const QString &environmentId);
    void rollBack(const QString &environmentId, int release); ///< 0: the one before the current one
    void lifecycle(const QString &environmentId, LifecycleAction action, bool maintenance = false);
    void setConfig(const QString &environmentId, const QString &key); ///< an empty key: a new one
    void removeConfig(const QString &environmentId, const QString &key);
    void scale(const QString &environmentId);
    void requestChanges(const QString &environmentId);
    void cloneStaging(const QString &pipeline, const CodeChoice &code = {});
    void showCloneOffer(const QString &pipeline, const QString &from, const Result<CloneOffer> &offer);
    void compare(const QString &environmentId); ///< with another one of its pipeline
    void showComparison(const CommitPair &commits, const CommitRange &range, const Result<Comparison> &part);
    void addPipeline();
    void setProjects(const QString &pipeline); ///< where its changes come from, who checks its commits
    void removePipeline(const QString &pipeline);
    void trySample();

Q_SIGNALS:
    void raised(const Slipway::Intent &intent);
    void decided(const Slipway::Decision &decision);
    void cloneOfferWanted(const QString &pipeline, const QString &from); ///< answered by showCloneOffer()
    /// Answered by showComparison().
    void comparisonWanted(const QString &pipeline, const Slipway::CommitPair &commits,
                          const Slipway::CommitRange &range);
    void preflightWanted(const Slipway::Intent &move);
    void operationWanted(const QString &operationId); ///< its page
    void holdWanted(const QString &pipeline);
    void said(const QString &sentence);
    void accountsWanted(); ///< to take a pipeline from one

private:
    void addMove(QMenu &menu, const QString &environmentId, Stage target, const QString &label);
    void addMoves(QMenu &menu, const Card &card);
    void addQueue(QMenu &menu, const Card &card);
    void addHold(QMenu &menu, const QString &pipeline);
    void addVerdicts(QMenu &menu, const Card &card);
    void addLifecycle(QMenu &menu, const Card &card);
    const BoardModels m_models;
    QPointer<CloneDialog> m_cloning;
    QPointer<CompareDialog> m_comparing;
    SheetHost &m_host;
};

} // namespace Slipway
