// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/decision.h"
#include "models/domain/staging.h"
#include "ui/dialogs/sheet.h"

#include <optional>

class QButtonGroup;
class QDateTimeEdit;
class QLineEdit;

namespace Slipway {

/// Takes staging: why, and until when. Somebody else's is taken over: then a reason must be given, which the holder is
/// told.
class HoldDialog final : public Sheet
{
    Q_OBJECT
public:
    /// `other`: who has it, to take it over from.
    HoldDialog(const QString &pipeline, const std::optional<Hold> &other);
    HoldIntent intent() const;
    void start() override;

private:
    enum Until { Released, OneHour, EndOfDay, Moment };
    void addUntil(Until until, const QString &text);
    QDateTime until() const; ///< local; invalid: until it is released
    void judge();

    QString m_pipeline;
    bool m_takesOver;
    QLineEdit *m_reason;
    QButtonGroup *m_until;
    QDateTimeEdit *m_moment;
};

} // namespace Slipway
