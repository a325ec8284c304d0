// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/http/requestbody.h"

namespace Slipway {

RequestBody::RequestBody(std::unique_ptr<QIODevice> source, bool repeatable, QObject *parent)
    : QIODevice(parent)
    , m_source(std::move(source))
    , m_repeatable(repeatable)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 RequestBody::size() const
{
    return m_source->size();
}

bool RequestBody::seek(qint64 position)
{
    return m_repeatable && QIODevice::seek(position) && m_source->seek(position);
}

bool RequestBody::reset()
{
    return seek(0);
}

qint64 RequestBody::readData(char *data, qint64 most)
{
    const qint64 count = m_source->read(data, most);
    m_read = m_read || count > 0;
    return count;
}

qint64 RequestBody::writeData(const char *, qint64)
{
    return -1;
}

} // namespace Slipway
