// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/policyrow.h"

#include "ui/settings/policyeditor.h"
#include "ui/theme/paint.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

bool isWide(const PolicyKey &key)
{
    return key.kind == PolicyKey::Kind::Freezes || key.kind == PolicyKey::Kind::OffHours;
}

/// The value as Policy::parse() reads it from a command line.
QString asText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isBool())
        return value.toBool() ? u"on"_s : u"off"_s;
    if (value.isDouble())
        return QString::number(value.toInt());
    if (value.isNull())
        return u"none"_s;
    const QJsonDocument document = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    return QString::fromUtf8(document.toJson(QJsonDocument::Compact));
}

QString readable(const PolicyKey &key, const QJsonValue &value)
{
    const bool word = key.kind == PolicyKey::Kind::Level || key.kind == PolicyKey::Kind::Choice;
    return word ? choiceWord(value.toString()) : Policy::shown(key.name, value);
}

} // namespace

PolicyRow::PolicyRow(const PolicyKey &key, const Policy &now, const Policy &team, QWidget *parent)
    : QWidget(parent)
    , m_key(key)
    , m_teamValue(team.value(key.name))
    , m_teamSource(team.source(key.name))
    , m_own(now.source(key.name) == PolicySource::Desktop)
    , m_editor(PolicyEditor::make(key, this))
    , m_source(new Label({}, Label::Look::Muted, this))
    , m_problem(new Label({}, Label::Look::Error, this))
    , m_unset(new Button(tr("Use the team’s"), Button::Look::Link, this))
{
    const int unit = unitOf(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, unit, 0, unit);
    layout->setSpacing(unit / 2);
    auto *line = new QHBoxLayout;
    line->setSpacing(3 * unit);
    auto *meaning = new Label(key.meaning, Label::Look::Normal, this);
    meaning->setWordWrap(true);
    meaning->setBuddy(m_editor);
    line->addWidget(meaning, 1);
    layout->addLayout(line);
    if (isWide(key))
        layout->addWidget(m_editor);
    else
        line->addWidget(m_editor, 0, Qt::AlignTop);
    auto *below = new QHBoxLayout;
    below->setSpacing(2 * unit);
    m_source->setWordWrap(true);
    below->addWidget(m_source, 1);
    below->addWidget(m_unset);
    layout->addLayout(below);
    m_problem->setWordWrap(true);
    layout->addWidget(m_problem);
    setFocusProxy(m_editor);
    m_editor->setValue(now.value(key.name));
    connect(m_editor, &PolicyEditor::edited, this, [this] {
        m_own = true;
        follow();
    });
    connect(m_unset, &Button::clicked, this, [this] {
        m_own = false;
        m_editor->setValue(m_teamValue);
        m_editor->setFocus();
        follow();
    });
    follow();
}

QJsonValue PolicyRow::own() const
{
    return m_own ? m_editor->value() : QJsonValue(QJsonValue::Undefined);
}

QString PolicyRow::problem() const
{
    if (!m_own)
        return {};
    const auto read = Policy::parse(m_key.name, asText(m_editor->value()));
    return read ? QString() : read.error().remedy();
}

void PolicyRow::follow()
{
    const QString team = readable(m_key, m_teamValue);
    QString source;
    if (m_own && m_teamSource == PolicySource::Team)
        source = tr("%1 · set here; the team’s slipway.json says: %2").arg(m_key.name, team);
    else if (m_own)
        source = tr("%1 · set here; the default is: %2").arg(m_key.name, team);
    else if (m_teamSource == PolicySource::Team)
        source = tr("%1 · from the team’s slipway.json").arg(m_key.name);
    else
        source = tr("%1 · default").arg(m_key.name);
    m_source->setText(source);
    m_unset->setVisible(m_own);
    m_unset->setText(m_teamSource == PolicySource::Team ? tr("Use the team’s") : tr("Use the default"));
    m_unset->setAccessibleName(tr("%1 for: %2").arg(m_unset->text(), m_key.meaning));
    m_unset->updateGeometry();
    m_editor->setAccessibleName(m_key.meaning);
    m_editor->setAccessibleDescription(source);
    const QString wrong = problem();
    m_problem->setText(wrong);
    m_problem->setVisible(!wrong.isEmpty());
    Q_EMIT changed();
}

} // namespace Slipway
