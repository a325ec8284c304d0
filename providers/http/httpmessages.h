// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QNetworkReply>
#include <QUrl>

#include <chrono>

/// What went wrong on the way to a service, in words of somebody who delivers software. `service` is its name as people
/// know it. Nothing of a request but its host gets into a sentence.
namespace Slipway::HttpMessages {

Error unreachable(const QString &service, QNetworkReply::NetworkError error, bool answering);
Error silent(const QString &service, std::chrono::milliseconds time);
Error cutShort(const QString &service);
Error untrusted(const QString &service, const QString &reason);
Error unsafeAddress(const QString &service, const QUrl &url);
Error sentElsewhere(const QString &service, const QUrl &to); ///< a redirect that is not followed
Error sentInCircles(const QString &service);
Error tooLarge(const QString &service, qint64 limit);
Error unreadableFile(const QString &file, const QString &reason);
Error rateLimited(const QString &service, std::chrono::milliseconds wait);
Error ended(const QString &service);

/// The same error, whose detail says whether the request may have been carried out; mayHaveHappened() reads it.
Error withFate(const Error &error, bool maySent);

} // namespace Slipway::HttpMessages
