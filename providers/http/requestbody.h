// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>

#include <memory>

namespace Slipway {

/// The body of a request, from memory or from a file, that can refuse to be sent a second time.
///
/// Qt 6.4 sends a request again by itself, whatever its method, when the connection ends before the
/// first byte of the answer (QHttpNetworkConnectionChannel::reconnectAttempts; tst_httpwire shows it). It has to rewind
/// the body for that: refusing to turns the repetition into ContentReSendError. So a request that must not be repeated
/// gets a body even when that is empty.
class RequestBody final : public QIODevice
{
public:
    RequestBody(std::unique_ptr<QIODevice> source, bool repeatable, QObject *parent); ///< source: open, at its start

    bool wasRead() const { return m_read; } ///< false: not even the first byte of a body went out
    qint64 size() const override;
    bool seek(qint64 position) override;
    bool reset() override;

protected:
    qint64 readData(char *data, qint64 most) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    std::unique_ptr<QIODevice> m_source;
    bool m_repeatable = false;
    bool m_read = false;
};

} // namespace Slipway
