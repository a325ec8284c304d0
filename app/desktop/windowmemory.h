// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QMainWindow;

namespace Slipway {

/// Where the window stood and which pipeline it showed when it was last closed: `home`/settings.ini. GUI thread.
class WindowMemory
{
public:
    explicit WindowMemory(const QString &home);
    void restore(QMainWindow &window) const;
    QString lastPipeline() const;
    void save(const QMainWindow &window, const QString &pipeline) const;

private:
    QString m_file;
};

} // namespace Slipway
