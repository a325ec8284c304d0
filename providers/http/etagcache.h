// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/http/httpmessage.h"

#include <QCache>

#include <optional>

namespace Slipway {

/// Answers with an ETag, so that asking again may cost a 304. In memory only; the least recently used ones go first
/// when they are more than `most` bytes together.
class ETagCache
{
public:
    explicit ETagCache(qint64 most);

    /// What was answered to the same GET: same address, same headers (Range and Accept change the answer, and so may
    /// others), with or without the token alike.
    std::optional<HttpAnswer> find(const HttpRequest &request) const;
    /// Keeps a good answer that has an ETag; any other good answer makes it forget the one it had.
    void keep(const HttpRequest &request, const HttpAnswer &answer);
    /// The kept answer, confirmed by a 304 and with what that one changed in the headers.
    static HttpAnswer confirmed(HttpAnswer kept, const HttpAnswer &notModified);

private:
    mutable QCache<QByteArray, HttpAnswer> m_answers; ///< cost in bytes; a look-up makes it the most recent one
};

} // namespace Slipway
