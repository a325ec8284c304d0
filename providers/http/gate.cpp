// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/http/gate.h"

namespace Slipway {

Gate::Gate(int places)
    : m_free(places)
{ }

Later<bool> Gate::enter()
{
    Later<bool> place;
    if (m_closed)
        place.settle(false);
    else if (m_free > 0 && m_waiting.isEmpty()) {
        --m_free;
        place.settle(true);
    } else
        m_waiting.enqueue(place);
    return place;
}

void Gate::leave()
{
    ++m_free;
    if (m_admitting)
        return; // by somebody resumed below, who left at once: the loop goes on with that place
    m_admitting = true;
    while (m_free > 0 && !m_waiting.isEmpty()) {
        --m_free;
        m_waiting.dequeue().settle(true);
    }
    m_admitting = false;
}

void Gate::close()
{
    m_closed = true;
    while (!m_waiting.isEmpty())
        m_waiting.dequeue().settle(false);
}

} // namespace Slipway
