// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/policyeditor.h"

#include "ui/settings/windowseditor.h"

#include <QCoreApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

struct PolicyEditorTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::PolicyEditor)
};

/// A wheel over the page scrolls the page; it must not change the setting that happens to pass below it.
class WheelGuard final : public QObject
{
public:
    using QObject::QObject;
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::Wheel)
            return QObject::eventFilter(watched, event);
        event->ignore();
        return true;
    }
};

void addTo(QWidget *editor, QWidget *field)
{
    auto *layout = new QHBoxLayout(editor);
    layout->setContentsMargins({});
    layout->addWidget(field);
    editor->setFocusProxy(field);
    field->installEventFilter(new WheelGuard(field));
}

class ChoiceEditor final : public PolicyEditor
{
public:
    ChoiceEditor(const PolicyKey &key, QWidget *parent)
        : PolicyEditor(parent)
        , m_box(new QComboBox(this))
    {
        for (const QString &choice : key.choices)
            m_box->addItem(choiceWord(choice), choice);
        m_box->setAccessibleName(key.meaning);
        addTo(this, m_box);
        connect(m_box, &QComboBox::activated, this, &PolicyEditor::edited);
    }
    void setValue(const QJsonValue &value) override { m_box->setCurrentIndex(m_box->findData(value.toString())); }
    QJsonValue value() const override { return m_box->currentData().toString(); }

private:
    QComboBox *m_box;
};

class NumberEditor final : public PolicyEditor
{
public:
    NumberEditor(const PolicyKey &key, QWidget *parent)
        : PolicyEditor(parent)
        , m_box(new QSpinBox(this))
    {
        m_box->setRange(key.least, key.most);
        m_box->setAccessibleName(key.meaning);
        if (key.name.endsWith("-hours"_L1))
            m_box->setSuffix(PolicyEditorTr::tr(" h"));
        addTo(this, m_box);
        connect(m_box, &QSpinBox::valueChanged, this, [this] {
            if (!m_quiet)
                Q_EMIT edited();
        });
    }
    void setValue(const QJsonValue &value) override
    {
        m_quiet = true;
        m_box->setValue(value.toInt());
        m_quiet = false;
    }
    QJsonValue value() const override { return m_box->value(); }

private:
    QSpinBox *m_box;
    bool m_quiet = false;
};

class FlagEditor final : public PolicyEditor
{
public:
    FlagEditor(const PolicyKey &key, QWidget *parent)
        : PolicyEditor(parent)
        , m_box(new QCheckBox(PolicyEditorTr::tr("On"), this))
    {
        m_box->setAccessibleName(key.meaning);
        addTo(this, m_box);
        connect(m_box, &QCheckBox::clicked, this, &PolicyEditor::edited);
    }
    void setValue(const QJsonValue &value) override { m_box->setChecked(value.toBool()); }
    QJsonValue value() const override { return m_box->isChecked(); }

private:
    QCheckBox *m_box;
};

class TextEditor final : public PolicyEditor
{
public:
    TextEditor(const PolicyKey &key, QWidget *parent)
        : PolicyEditor(parent)
        , m_line(new QLineEdit(this))
    {
        m_line->setAccessibleName(key.meaning);
        addTo(this, m_line);
        connect(m_line, &QLineEdit::textEdited, this, &PolicyEditor::edited);
    }
    void setValue(const QJsonValue &value) override { m_line->setText(value.toString()); }
    QJsonValue value() const override { return m_line->text().trimmed(); }

private:
    QLineEdit *m_line;
};

} // namespace

PolicyEditor *PolicyEditor::make(const PolicyKey &key, QWidget *parent)
{
    switch (key.kind) {
    case PolicyKey::Kind::Level:
    case PolicyKey::Kind::Choice:
        return new ChoiceEditor(key, parent);
    case PolicyKey::Kind::Number:
        return new NumberEditor(key, parent);
    case PolicyKey::Kind::Flag:
        return new FlagEditor(key, parent);
    case PolicyKey::Kind::Text:
        return new TextEditor(key, parent);
    case PolicyKey::Kind::Freezes:
    case PolicyKey::Kind::OffHours:
        break;
    }
    return new WindowsEditor(key, parent);
}

QString choiceWord(const QString &choice)
{
    if (choice == "block"_L1)
        return PolicyEditorTr::tr("Blocks");
    if (choice == "warn"_L1)
        return PolicyEditorTr::tr("Warns, asks a reason");
    if (choice == "off"_L1)
        return PolicyEditorTr::tr("Off");
    if (choice == "manual"_L1)
        return PolicyEditorTr::tr("When somebody says so");
    if (choice == "auto"_L1)
        return PolicyEditorTr::tr("By itself");
    return choice;
}

} // namespace Slipway
