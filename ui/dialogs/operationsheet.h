// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operation.h"
#include "ui/dialogs/sheet.h"

namespace Slipway {

class Field;

/// One operation, whole: who asked for it and why, its steps, what is done and what is not, each target's result, and
/// what can be done about it now.
class OperationSheet final : public Sheet
{
    Q_OBJECT
public:
    explicit OperationSheet(const Operation &operation);
    const Operation &operation() const { return m_operation; }
    void setOperation(const Operation &operation); ///< it went on
    void countDown(); ///< another second of its undo window is over
    void start() override;

Q_SIGNALS:
    void retryWanted(const QString &operationId);
    void codeGiven(const QString &operationId, const QString &code); ///< of the second factor; retries with it
    void undoWanted(const QString &operationId);
    void dismissWanted(const QString &operationId);
    void wayBackWanted(const Slipway::Operation &operation);

private:
    void fill();
    void fillButtons();
    void retry();
    void addFacts();
    void addTargets();
    void addSteps();
    void addError();
    void addTitle(const QString &title);
    void addText(const QString &title, const QString &text);
    QString summary() const;

    Operation m_operation;
    Label *m_standing = nullptr;
    Field *m_code; ///< shown when the service asked for one
    Button *m_retry;
    Button *m_undo;
    Button *m_wayBack;
    Button *m_dismiss;
};

} // namespace Slipway
