// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/intent.h"

#include <QWidget>

class QButtonGroup;
class QLineEdit;
class QListView;
class QAbstractItemModel;

namespace Slipway {

class ChangeModel;

/// Which code: what another environment runs, an open change, a version, or a folder on this computer.
class CodeChooser final : public QWidget
{
    Q_OBJECT
public:
    /// `asIs`: words for "no other code"; empty: that choice is not offered.
    CodeChooser(ChangeModel &changes, const QString &asIs, QWidget *parent = nullptr);
    CodeChoice choice() const;
    void choose(const CodeChoice &choice);
    QString problem() const; ///< why the choice is not complete; empty when it is
    void start(); ///< focus on the chosen way

Q_SIGNALS:
    void changed();

private:
    enum Way { AsIs, OfChange, OfVersion, OfDirectory };
    void addWay(Way way, const QString &text, QWidget *field);
    void pickFolder();
    void follow();

    ChangeModel &m_changes;
    QButtonGroup *m_ways;
    QListView *m_list;
    QLineEdit *m_version;
    QWidget *m_folderRow;
    QLineEdit *m_folder;
};

} // namespace Slipway
