// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/later.h"
#include "providers/machine/cancel.h"

#include <QObject>
#include <QThreadPool>

#include <functional>

namespace Slipway {

/// Blocking work for coroutines of an account's thread: one piece after another, in a thread beside it. Made, used and
/// destroyed in the account's thread.
class Background final : public QObject
{
    Q_OBJECT
public:
    explicit Background(QObject *parent = nullptr);
    ~Background() override; ///< waits for the piece that runs

    /// What to await: the outcome of `work`, Cancelled after stop().
    template<typename T> Later<Result<T>> run(std::function<Result<T>(const Cancel &)> work);

    /// Tells the running piece to end and refuses new ones; `drained` is called once when nothing is left.
    void stop(std::function<void()> drained);

private:
    static Error stopped();
    void finish();

    QThreadPool m_pool;
    Cancel m_cancel;
    int m_open = 0; ///< pieces whose outcome was not delivered
    std::function<void()> m_drained;
};

template<typename T> Later<Result<T>> Background::run(std::function<Result<T>(const Cancel &)> work)
{
    Later<Result<T>> later;
    if (m_cancel.isCancelled()) {
        later.settle(tl::unexpected(stopped()));
        return later;
    }
    ++m_open;
    m_pool.start([this, later, work = std::move(work)] {
        Result<T> outcome = m_cancel.isCancelled() ? Result<T>(tl::unexpect, stopped()) : work(m_cancel);
        const auto deliver = [this, later, outcome = std::move(outcome)] {
            later.settle(outcome);
            finish();
        };
        QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
    });
    return later;
}

} // namespace Slipway
