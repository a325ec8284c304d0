// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/panel.h"

namespace Slipway {

class Button;
class Label;

/// Shown while there is no pipeline: what Slipway is, and the two ways to begin.
class FirstRunPage final : public Page
{
    Q_OBJECT
public:
    explicit FirstRunPage(QWidget *parent = nullptr);
    /// A pipeline is being made: what happens now; empty: nothing is.
    void setProgress(const QString &sentence);

Q_SIGNALS:
    void sampleWanted();
    void repositoryWanted();

private:
    Label *m_progress;
    Button *m_sample;
    Button *m_repository;
};

} // namespace Slipway
