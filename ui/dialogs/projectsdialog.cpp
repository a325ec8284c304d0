// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/projectsdialog.h"

#include "ui/dialogs/projectfields.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

namespace Slipway {

ProjectsDialog::ProjectsDialog(const Pipeline &pipeline, const QList<Account> &accounts)
    : Sheet(tr("Source and checks of %1").arg(pipeline.name),
            tr("Pull requests become open changes, and are merged on the way to staging. What CI says of a version is "
               "shown on its card and checked before it moves on."),
            tr("Save"))
    , m_pipeline(pipeline)
    , m_fields(new ProjectFields(accounts, this))
{
    m_fields->setProjects(pipeline.source, pipeline.ci);
    body()->addWidget(m_fields);
    if (!m_fields->offersAny()) {
        auto *none = new Label(tr("There is no account of GitHub or CircleCI yet."), Label::Look::Muted, this);
        none->setWordWrap(true);
        auto *add = new Button(tr("Accounts…"), Button::Look::Link, this);
        add->setAutoDefault(true); // Enter presses it while it has the focus
        connect(add, &Button::clicked, this, &ProjectsDialog::accountsWanted);
        body()->addWidget(none);
        body()->addWidget(add, 0, Qt::AlignLeft);
    }
    connect(m_fields, &ProjectFields::changed, this, &ProjectsDialog::judge);
    judge();
}

ProjectsIntent ProjectsDialog::intent() const
{
    ProjectsIntent intent;
    intent.pipeline = m_pipeline.name;
    if (m_fields->source() != m_pipeline.source)
        intent.source = m_fields->source();
    if (m_fields->ci() != m_pipeline.ci)
        intent.ci = m_fields->ci();
    return intent;
}

void ProjectsDialog::judge()
{
    const ProjectsIntent now = intent();
    if (const QString wrong = m_fields->problem(); !wrong.isEmpty())
        setBlocked(wrong);
    else if (!now.source && !now.ci)
        setBlocked(tr("Nothing is changed yet."));
    else
        setBlocked({});
}

} // namespace Slipway
