// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/deploydialog.h"

#include "ui/dialogs/codechooser.h"

#include <QVBoxLayout>

namespace Slipway {

DeployDialog::DeployDialog(const QString &pipeline, const QString &environment, ChangeModel &changes)
    : Sheet(tr("Deploy to %1").arg(environment),
            tr("Builds the version and switches once it answers; until then %1 goes on with what it runs.")
                .arg(environment),
            tr("Deploy"))
    , m_pipeline(pipeline)
    , m_environment(environment)
    , m_code(new CodeChooser(changes, {}, this))
{
    body()->addWidget(m_code);
    connect(m_code, &CodeChooser::changed, this, [this] { setBlocked(m_code->problem()); });
    setBlocked(m_code->problem());
}

DeployIntent DeployDialog::intent() const
{
    return {m_pipeline, m_environment, m_code->choice()};
}

void DeployDialog::start()
{
    actionButton()->setFocus();
    m_code->start();
}

} // namespace Slipway
