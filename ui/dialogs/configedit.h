// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QLineEdit;

namespace Slipway {

/// One staged change of a config key: a new value, or away with it.
class ConfigEdit final : public QWidget
{
    Q_OBJECT
public:
    ConfigEdit(const QString &key, QWidget *parent); ///< an empty key: to be named here

    QString key() const;
    QString value() const;
    bool removes() const;
    bool isUntouched() const; ///< nothing was entered: it counts for nothing
    void setExisting(bool existing); ///< the environment has this key: it can be removed
    void start(); ///< focus where typing begins

Q_SIGNALS:
    void changed();

private:
    void judge();
    QLineEdit *m_key;
    QLineEdit *m_value;
    QCheckBox *m_remove;
    bool m_named; ///< by who opened it
};

} // namespace Slipway
