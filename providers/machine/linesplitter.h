// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/machine/cancel.h"

#include <QByteArray>
#include <QByteArrayView>

namespace Slipway {

/// Cuts a child's output into lines as it comes. Very long ones are cut at 16 KiB so that nothing grows without end; of
/// a line redrawn with carriage returns (progress bars) what stood there last is kept.
class LineSplitter
{
public:
    LineSplitter(const LineSink &sink, bool isError)
        : m_sink(sink)
        , m_isError(isError)
    { }
    void add(QByteArrayView bytes);
    void finish(); ///< the last line may have no end

private:
    void emitLine();

    const LineSink &m_sink;
    const bool m_isError;
    QByteArray m_rest;
};

} // namespace Slipway
