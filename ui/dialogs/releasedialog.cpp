// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/releasedialog.h"

#include "ui/theme/words.h"
#include "ui/widgets/field.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

namespace Slipway {

ReleaseDialog::ReleaseDialog(const QString &pipeline, const Hold &hold)
    : Sheet(hold.afterRollBack ? tr("Is the roll back of %1 resolved?").arg(pipeline)
                               : tr("Release staging of %1?").arg(pipeline),
            Words::holdSentence(hold), hold.afterRollBack ? tr("Resolved") : tr("Release"))
    , m_pipeline(pipeline)
    , m_reason(new Field(this))
{
    auto *why = new Label(hold.afterRollBack ? tr("How?") : tr("Why?"), Label::Look::Heading, this);
    why->setBuddy(m_reason);
    m_reason->setAccessibleName(tr("Reason; needed when the hold is not yours, and %1 is told").arg(hold.by));
    m_reason->setPlaceholderText(tr("Needed when the hold is not yours"));
    m_reason->setMaxLength(300);
    body()->addWidget(why);
    body()->addWidget(m_reason);
}

ReleaseHoldIntent ReleaseDialog::intent() const
{
    return {m_pipeline, m_reason->text().trimmed()};
}

void ReleaseDialog::start()
{
    m_reason->setFocus();
}

} // namespace Slipway
