// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/circleci/records.h"

#include <QUrl>

namespace Slipway::CircleCi {

/// Where things are to be seen in a browser. Put together here: what the service sends is never opened.
class WebAddress
{
public:
    explicit WebAddress(const QUrl &root); ///< of the service

    QUrl of(const PipelineRecord &pipeline) const; ///< empty: CircleCI did not tell enough
    QUrl of(const WorkflowRecord &workflow) const;
    QUrl of(const WorkflowRecord &workflow, const JobRecord &job) const; ///< an approval: of its workflow

private:
    QString pipeline(const QString &slug, std::optional<int> number) const;

    QString m_app;
};

} // namespace Slipway::CircleCi
