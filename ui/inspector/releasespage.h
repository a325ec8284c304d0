// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListView;

namespace Slipway {

class ReleaseModel;

/// The releases of one environment, newest first, and the way back to one of them.
class ReleasesPage final : public QWidget
{
    Q_OBJECT
public:
    explicit ReleasesPage(ReleaseModel &model, QWidget *parent = nullptr);
    /// Why no release can be gone back to now, a sentence; empty: it can.
    void setBusy(const QString &why);

Q_SIGNALS:
    void rollBackWanted(int release);

private:
    void judge();
    int chosen() const; ///< number of the selected release that can be gone back to; 0: none
    ReleaseModel &m_model;
    QListView *m_list;
    class Button *m_back;
    QString m_busy;
};

} // namespace Slipway
