// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/holddialog.h"

#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/field.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QButtonGroup>
#include <QDateTimeEdit>
#include <QRadioButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

constexpr int kHour = 3600;

QString title(const QString &pipeline, const std::optional<Hold> &other)
{
    return other ? HoldDialog::tr("Take staging of %1 over from %2").arg(pipeline, other->by)
                 : HoldDialog::tr("Hold staging of %1").arg(pipeline);
}

QString summary(const std::optional<Hold> &other)
{
    if (!other)
        return HoldDialog::tr("Only you deploy to staging, or promote it, until you release it.");
    const QString since = Words::when(other->since);
    const QString who = other->reason.isEmpty()
        ? HoldDialog::tr("%1 holds it since %2.").arg(other->by, since)
        : HoldDialog::tr("%1 holds it since %2: %3.").arg(other->by, since, other->reason);
    return HoldDialog::tr("%1 %2 is told, with your reason.").arg(who, other->by);
}

} // namespace

HoldDialog::HoldDialog(const QString &pipeline, const std::optional<Hold> &other)
    : Sheet(title(pipeline, other), summary(other), other ? tr("Take over") : tr("Hold staging"))
    , m_pipeline(pipeline)
    , m_takesOver(other.has_value())
    , m_reason(new Field(this))
    , m_until(new QButtonGroup(this))
    , m_moment(new QDateTimeEdit(this))
{
    auto *why = new Label(m_takesOver ? tr("Why?") : tr("Why? Others see it."), Label::Look::Heading, this);
    why->setBuddy(m_reason);
    m_reason->setAccessibleName(m_takesOver ? tr("Reason, which %1 is told").arg(other->by)
                                            : tr("Reason, which the others see"));
    m_reason->setPlaceholderText(tr("Spot check of the payment change"));
    m_reason->setMaxLength(300);
    body()->setSpacing(unitOf(this) * 3 / 2);
    body()->addWidget(why);
    body()->addWidget(m_reason);
    body()->addWidget(new Label(tr("Until"), Label::Look::Heading, this));
    addUntil(Released, tr("It is released"));
    addUntil(OneHour, tr("In one hour"));
    addUntil(EndOfDay, tr("The end of the day"));
    addUntil(Moment, tr("A date and a time"));
    m_moment->setDateTime(QDateTime::currentDateTime().addSecs(24 * kHour));
    m_moment->setCalendarPopup(true);
    m_moment->setDisplayFormat(u"yyyy-MM-dd HH:mm"_s);
    m_moment->setAccessibleName(tr("Date and time of its end"));
    m_moment->setEnabled(false);
    auto *indent = new QHBoxLayout;
    indent->setContentsMargins(unitOf(this) * 6, 0, 0, 0);
    indent->addWidget(m_moment);
    indent->addStretch(1);
    body()->addLayout(indent);
    m_until->button(Released)->setChecked(true);
    connect(m_reason, &QLineEdit::textChanged, this, &HoldDialog::judge);
    connect(m_moment, &QDateTimeEdit::dateTimeChanged, this, &HoldDialog::judge);
    connect(m_until, &QButtonGroup::idToggled, this, [this] {
        m_moment->setEnabled(m_until->checkedId() == Moment);
        judge();
    });
    judge();
}

void HoldDialog::addUntil(Until until, const QString &text)
{
    auto *radio = new QRadioButton(text, this);
    m_until->addButton(radio, until);
    body()->addWidget(radio);
}

QDateTime HoldDialog::until() const
{
    const QDateTime now = QDateTime::currentDateTime();
    switch (m_until->checkedId()) {
    case OneHour:
        return now.addSecs(kHour);
    case EndOfDay:
        return now.date().addDays(1).startOfDay();
    case Moment:
        return m_moment->dateTime();
    default:
        return {};
    }
}

HoldIntent HoldDialog::intent() const
{
    HoldIntent intent;
    intent.pipeline = m_pipeline;
    intent.reason = m_reason->text().trimmed();
    if (const QDateTime end = until(); end.isValid())
        intent.until = end.toUTC();
    intent.takeOver = m_takesOver;
    return intent;
}

void HoldDialog::start()
{
    m_reason->setFocus();
}

void HoldDialog::judge()
{
    if (m_takesOver && m_reason->text().trimmed().isEmpty())
        setBlocked(tr("Say why: the holder is told."));
    else if (m_until->checkedId() == Moment && m_moment->dateTime() <= QDateTime::currentDateTime())
        setBlocked(tr("That time is over. Choose a later one."));
    else
        setBlocked({});
}

} // namespace Slipway
