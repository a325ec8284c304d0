// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/checksign.h"
#include "ui/widgets/label.h"

namespace Slipway {

struct Check;
struct Commit;
struct ConfigDifference;
struct OperationStep;

/// A line of a sheet: a sign or an id, a text, and at the right a word in its tone and a detail; each wraps when there
/// is no room.
class CheckRow final : public QWidget
{
    Q_OBJECT
public:
    explicit CheckRow(const Check &check, QWidget *parent = nullptr);
    explicit CheckRow(const Commit &commit, QWidget *parent = nullptr);
    explicit CheckRow(const ConfigDifference &difference, QWidget *parent = nullptr);
    explicit CheckRow(const OperationStep &step, QWidget *parent = nullptr);

Q_SIGNALS:
    void linkActivated(const QString &link); ///< to what is in the way, see Check::link

private:
    struct Parts
    {
        QWidget *sign = nullptr;
        QString text;
        QString word; ///< beside the shape and the colour; empty: the text says it
        Label::Look look = Label::Look::Muted; ///< of the word
        QString detail;
        QString below; ///< under the text, muted
    };
    void build(const Parts &parts);
    void addLink(const QString &link, const QString &blocker);
    QWidget *m_aside = nullptr;
};

} // namespace Slipway
