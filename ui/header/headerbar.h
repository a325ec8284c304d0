// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/pipeline.h"
#include "ui/widgets/panel.h"

#include <optional>

namespace Slipway {

class Button;
class Freshness;
class HeaderTitle;
class SearchButton;

/// Over the board: which pipeline, find or run, how fresh, and the one primary action.
class HeaderBar final : public Panel
{
    Q_OBJECT
public:
    explicit HeaderBar(QWidget *parent = nullptr);
    void setTitle(const QString &name, const QString &origin);
    /// nullopt: nothing to say about freshness.
    void setStatus(const std::optional<AccountStatus> &status);
    void setCloneable(bool visible, bool enabled, const QString &why = {});

Q_SIGNALS:
    void searchWanted();
    void cloneWanted();
    void refreshWanted();
    void menuWanted(const QPoint &global); ///< of the pipeline

private:
    HeaderTitle *m_title;
    SearchButton *m_search;
    Freshness *m_freshness;
    Button *m_more;
    Button *m_clone;
};

} // namespace Slipway
