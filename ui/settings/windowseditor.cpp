// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/windowseditor.h"

#include "ui/theme/paint.h"
#include "ui/widgets/button.h"
#include "ui/widgets/field.h"
#include "ui/widgets/label.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLocale>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

constexpr int kDays = 7;

const QStringList &dayKeys()
{
    static const QStringList keys{u"mon"_s, u"tue"_s, u"wed"_s, u"thu"_s, u"fri"_s, u"sat"_s, u"sun"_s};
    return keys;
}

} // namespace

WindowRow::WindowRow(const QJsonObject &window, bool mayBeDated, QWidget *parent)
    : QWidget(parent)
    , m_remove(new Button(tr("Remove"), Button::Look::Quiet, this))
{
    const int unit = unitOf(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(unit);
    auto *days = new QHBoxLayout;
    days->setSpacing(2 * unit);
    const QJsonArray chosen = window.value(u"days"_s).toArray();
    for (int day = 0; day < kDays; ++day) {
        auto *box = new QCheckBox(QLocale().dayName(day + 1, QLocale::ShortFormat), this);
        box->setAccessibleName(tr("On %1").arg(QLocale().dayName(day + 1)));
        box->setChecked(chosen.contains(dayKeys().at(day)));
        connect(box, &QCheckBox::clicked, this, &WindowRow::edited);
        days->addWidget(box);
        m_days.append(box);
    }
    days->addStretch(1);
    layout->addLayout(days);
    auto *none = new Label(mayBeDated ? tr("No day ticked: every day; or once, between two dates")
                                      : tr("No day ticked: every day"),
                           Label::Look::Muted, this);
    none->setWordWrap(true);
    layout->addWidget(none);
    auto *fields = new QGridLayout;
    fields->setSpacing(unit);
    const QString hint = mayBeDated ? tr("15:00 or 2026-12-24") : tr("20:00");
    fields->addWidget(addField(window, u"from"_s, hint, tr("Begins")), 0, 0);
    fields->addWidget(addField(window, u"to"_s, mayBeDated ? tr("24:00 or 2027-01-02") : tr("07:00"), tr("Ends")), 0,
                      1);
    fields->addWidget(addField(window, u"zone"_s, tr("This computer’s time zone"), tr("Time zone")), 1, 0);
    fields->addWidget(addField(window, u"reason"_s, tr("Why"), tr("Reason")), 1, 1);
    layout->addLayout(fields);
    layout->addWidget(m_remove, 0, Qt::AlignRight);
    m_remove->setAccessibleName(tr("Remove this window of time"));
    connect(m_remove, &Button::clicked, this, &WindowRow::removed);
}

QLineEdit *WindowRow::addField(const QJsonObject &window, const QString &key, const QString &hint, const QString &name)
{
    auto *field = new Field(window.value(key).toString(), this);
    field->setPlaceholderText(hint);
    field->setAccessibleName(name);
    field->setToolTip(name);
    field->setMinimumWidth(fontMetrics().horizontalAdvance(hint) / 2);
    connect(field, &QLineEdit::textEdited, this, &WindowRow::edited);
    m_fields.insert(key, field);
    return field;
}

QJsonObject WindowRow::window() const
{
    QJsonObject window;
    QJsonArray days;
    for (int day = 0; day < kDays; ++day) {
        if (m_days.at(day)->isChecked())
            days.append(dayKeys().at(day));
    }
    if (!days.isEmpty())
        window.insert(u"days"_s, days);
    for (auto field = m_fields.cbegin(); field != m_fields.cend(); ++field) {
        const QString text = field.value()->text().trimmed();
        // Both ends are asked for; the rest is only there when somebody said something.
        if (!text.isEmpty() || field.key() == "from"_L1 || field.key() == "to"_L1)
            window.insert(field.key(), text);
    }
    return window;
}

WindowsEditor::WindowsEditor(const PolicyKey &key, QWidget *parent)
    : PolicyEditor(parent)
    , m_isList(key.kind == PolicyKey::Kind::Freezes)
    , m_list(new QVBoxLayout)
    , m_add(new Button(m_isList ? tr("Add a window…") : tr("Set off hours…"), Button::Look::Plain, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2 * unitOf(this));
    m_list->setSpacing(3 * unitOf(this));
    layout->addLayout(m_list);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
    setFocusProxy(m_add);
    m_add->setAccessibleName(tr("%1 %2").arg(m_add->text(), key.meaning));
    connect(m_add, &Button::clicked, this, [this] {
        addRow(m_isList ? QJsonObject{{u"from"_s, u"15:00"_s}, {u"to"_s, u"24:00"_s}}
                        : QJsonObject{{u"from"_s, u"20:00"_s}, {u"to"_s, u"07:00"_s}});
        judge();
        Q_EMIT edited();
    });
}

void WindowsEditor::addRow(const QJsonObject &window)
{
    auto *row = new WindowRow(window, m_isList, this);
    m_list->addWidget(row);
    m_rows.append(row);
    row->show();
    connect(row, &WindowRow::edited, this, &PolicyEditor::edited);
    connect(row, &WindowRow::removed, this, [this, row] {
        m_rows.removeOne(row);
        m_list->removeWidget(row);
        row->hide();
        row->deleteLater(); // its own button asked for it
        judge();
        m_add->setFocus();
        Q_EMIT edited();
    });
}

void WindowsEditor::setValue(const QJsonValue &value)
{
    for (WindowRow *row : std::as_const(m_rows)) {
        m_list->removeWidget(row);
        row->hide();
        row->deleteLater();
    }
    m_rows.clear();
    const QJsonArray windows = value.isObject() ? QJsonArray{value} : value.toArray();
    for (const auto &window : windows)
        addRow(window.toObject());
    judge();
}

QJsonValue WindowsEditor::value() const
{
    if (!m_isList)
        return m_rows.isEmpty() ? QJsonValue() : QJsonValue(m_rows.constFirst()->window());
    QJsonArray windows;
    for (const WindowRow *row : m_rows)
        windows.append(row->window());
    return windows;
}

void WindowsEditor::judge()
{
    m_add->setVisible(m_isList || m_rows.isEmpty());
}

} // namespace Slipway
