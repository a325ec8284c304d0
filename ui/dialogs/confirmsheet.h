// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/preflight.h"
#include "ui/dialogs/sheet.h"

class QLineEdit;

namespace Slipway {

class MoveChoices;
class MoveDetails;

/// What a move would do, check by check, before it is done: a promotion, a reset, sending back, a roll back, an update.
class ConfirmSheet final : public Sheet
{
    Q_OBJECT
public:
    explicit ConfirmSheet(const Preflight &preflight);
    const Preflight &preflight() const { return m_preflight; }
    /// The same move, looked at again: what was typed and chosen, the focus and the place in the text stay. When what
    /// it was about has moved meanwhile, the sheet says so.
    void setPreflight(const Preflight &preflight);
    bool isAbout(const Preflight &preflight) const; ///< the same move
    Intent intent() const; ///< with reason, choices, tick and fingerprint
    void start() override;

Q_SIGNALS:
    void choiceChanged(); ///< the move is another one now: it has to be looked at again
    void linkActivated(const QString &link);
    void remedyChosen(Slipway::Remedy::Kind kind);

private:
    void fill();
    QWidget *checks();
    void addRemedies(QVBoxLayout *to, const QString &check);
    void buildReason();
    void judge(); ///< may it be confirmed now?

    Preflight m_preflight;
    QString m_seen; ///< the fingerprint of what was on the sheet when the user last decided something
    bool m_ownChange = false; ///< the next preflight differs because of a choice made here
    QCheckBox *m_shutDown;
    QCheckBox *m_deleteBranch;
    QWidget *m_checks;
    MoveChoices *m_choices;
    QWidget *m_reasonBox;
    QLineEdit *m_reason;
    MoveDetails *m_details;
};

} // namespace Slipway
