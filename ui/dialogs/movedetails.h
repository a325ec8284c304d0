// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/preflight.h"

#include <QWidget>

class QVBoxLayout;

namespace Slipway {

/// What a move does, below its checks: where it goes, what goes by change, what does not, which config keys differ, and
/// what undo will look like.
class MoveDetails final : public QWidget
{
    Q_OBJECT
public:
    explicit MoveDetails(const Preflight &preflight, QWidget *parent = nullptr);

private:
    void addTitle(const QString &text);
    void addLine(const QString &text);
    void addTargets(const QStringList &targets);
    void addGroups(const Preflight &preflight);
    void addGroup(const CommitGroup &group, int shown, bool alone);
    void addGroupName(const CommitGroup &group);
    void addConfig(const Preflight &preflight);
    QVBoxLayout *m_layout;
};

} // namespace Slipway
