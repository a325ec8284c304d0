// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListView;

namespace Slipway {

class BoardReader;
class Button;
class ConfigModel;
class Label;

/// The config keys beside those of the next stage. Values are masked; one at a time is asked for and shown.
class ConfigPage final : public QWidget
{
    Q_OBJECT
public:
    explicit ConfigPage(const BoardReader &reader, QWidget *parent = nullptr);
    /// `busy`: why nothing can be changed now, a sentence; empty: it can.
    void setEnvironment(const QString &environmentId, const QString &busy);
    void showValue(const QString &environmentId, const QString &key, const QString &value);

Q_SIGNALS:
    void valueWanted(const QString &key); ///< the answer is showValue()
    void changeWanted(const QString &key); ///< empty: a new key
    void removeWanted(const QString &key);

protected:
    void hideEvent(QHideEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeFoot();
    void addCopyAction();
    QString chosen() const;
    void turn(); ///< shows or hides the value of the chosen key
    void judge();

    ConfigModel *m_model;
    QListView *m_list;
    Label *m_compared;
    Button *m_show;
    Button *m_change;
    Button *m_remove;
    Button *m_add;
    QString m_busy;
    QString m_wanted; ///< key whose value was asked for
};

} // namespace Slipway
