// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/machine/background.h"

#include <utility>

namespace Slipway {

Background::Background(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

Background::~Background()
{
    m_cancel.cancel();
    m_pool.waitForDone();
}

Error Background::stopped()
{
    return Error(Error::Kind::Cancelled, QObject::tr("Slipway is closing."));
}

void Background::finish()
{
    --m_open;
    if (m_open == 0 && m_drained)
        std::exchange(m_drained, nullptr)();
}

void Background::stop(std::function<void()> drained)
{
    m_cancel.cancel();
    m_drained = std::move(drained);
    if (m_open == 0 && m_drained)
        std::exchange(m_drained, nullptr)();
}

} // namespace Slipway
