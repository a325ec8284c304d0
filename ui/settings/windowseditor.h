// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/policyeditor.h"

#include <QJsonArray>
#include <QJsonObject>

class QCheckBox;
class QLineEdit;
class QVBoxLayout;

namespace Slipway {

class Button;

/// One window of time: on which days, from when to when, in which zone, and why.
class WindowRow final : public QWidget
{
    Q_OBJECT
public:
    /// `mayBeDated`: it may stand for once, between two dates.
    WindowRow(const QJsonObject &window, bool mayBeDated, QWidget *parent = nullptr);
    QJsonObject window() const;

Q_SIGNALS:
    void edited();
    void removed();

private:
    QLineEdit *addField(const QJsonObject &window, const QString &key, const QString &hint, const QString &name);
    QList<QCheckBox *> m_days; ///< Monday first
    QMap<QString, QLineEdit *> m_fields; ///< by key
    Button *m_remove;
};

/// The freeze windows, any number of them, or the one window of the off hours.
class WindowsEditor final : public PolicyEditor
{
    Q_OBJECT
public:
    WindowsEditor(const PolicyKey &key, QWidget *parent);
    void setValue(const QJsonValue &value) override;
    QJsonValue value() const override;

private:
    void addRow(const QJsonObject &window);
    void judge();
    bool m_isList;
    QList<WindowRow *> m_rows;
    QVBoxLayout *m_list;
    Button *m_add;
};

} // namespace Slipway
