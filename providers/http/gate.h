// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/later.h"

#include <QQueue>

namespace Slipway {

/// So many requests at a time; the others wait in the order they came.
class Gate
{
public:
    explicit Gate(int places);

    Later<bool> enter(); ///< true: in, leave() follows; false: closed
    void leave(); ///< resumes those who may come in now
    void close(); ///< turns away whoever waits and comes

private:
    QQueue<Later<bool>> m_waiting;
    int m_free = 0;
    bool m_closed = false;
    bool m_admitting = false;
};

} // namespace Slipway
