// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/decision.h"
#include "models/domain/intent.h"
#include "models/domain/preflight.h"
#include "ui/mainwindow.h"

#include <QObject>
#include <QTimer>

#include <optional>

class QMenu;

namespace Slipway {

class ConfirmSheet;
class SheetHost;
struct Operation;

/// The sheets of a pipeline's moves: what one would do, who holds staging, the settings, an operation. They follow the
/// stores while they are open.
class MoveActions final : public QObject
{
    Q_OBJECT
public:
    MoveActions(const BoardModels &models, SheetHost &host, QObject *parent);
    void setPerson(const QString &name) { m_person = name; } ///< who sits here; empty: not known yet
    void apply(const ChangeSet &changes);
    void countDown(); ///< another second of an undo window is over

    void showPreflight(const Preflight &preflight);
    void showOperation(const QString &operationId);
    void hold(const QString &pipeline); ///< takes staging, over from somebody if need be
    void editPolicy(const QString &pipeline);
    void fillPipelineMenu(QMenu &menu, const QString &pipeline);

Q_SIGNALS:
    void raised(const Slipway::Intent &intent);
    void decided(const Slipway::Decision &decision);
    void preflightWanted(const Slipway::Intent &move);
    void environmentWanted(const QString &environmentId);
    void shutDownWanted(const QString &environmentId); ///< asks first
    void retryWanted(const QString &operationId);
    void codeGiven(const QString &operationId, const QString &code);
    void undoWanted(const QString &operationId);
    void dismissWanted(const QString &operationId);
    void said(const QString &sentence);

private:
    void askAgain(); ///< the open sheet may not be true any more
    void follow(const QString &link);
    void remedy(ConfirmSheet *sheet, Remedy::Kind kind);
    void queue(const ConfirmSheet &sheet);
    /// `back`: the move whose sheet gave way to this question, shown again afterwards.
    void askHold(const QString &pipeline, const std::optional<Hold> &other, const std::optional<Intent> &back);
    void goBack(const Operation &operation);
    std::optional<Hold> heldBy(const QString &pipeline) const;

    const BoardModels m_models;
    SheetHost &m_host;
    QString m_person;
    QTimer m_again; ///< several writes in a row are one look
};

} // namespace Slipway
