// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/http/etagcache.h"

#include <algorithm>

namespace Slipway {

namespace {

QByteArray keyOf(const HttpRequest &request)
{
    QByteArrayList lines;
    for (const auto &[name, value] : request.headers)
        lines += name.toLower() + ':' + value;
    std::sort(lines.begin(), lines.end());
    lines.prepend((request.authorized ? "+ " : "- ") + request.url.toEncoded(QUrl::RemoveFragment));
    return lines.join('\n');
}

qsizetype sizeOf(const QByteArray &key, const HttpAnswer &answer)
{
    qsizetype size = key.size() + answer.body.size();
    for (const auto &[name, value] : answer.headers)
        size += name.size() + value.size();
    return size;
}

} // namespace

ETagCache::ETagCache(qint64 most)
    : m_answers(most)
{ }

std::optional<HttpAnswer> ETagCache::find(const HttpRequest &request) const
{
    const HttpAnswer *kept = m_answers.object(keyOf(request));
    return kept ? std::optional(*kept) : std::nullopt;
}

void ETagCache::keep(const HttpRequest &request, const HttpAnswer &answer)
{
    const QByteArray key = keyOf(request);
    if (answer.header("ETag").isEmpty())
        m_answers.remove(key);
    else
        m_answers.insert(key, new HttpAnswer(answer), sizeOf(key, answer)); // too large a one is dropped by the cache
}

HttpAnswer ETagCache::confirmed(HttpAnswer kept, const HttpAnswer &notModified)
{
    for (const auto &[name, value] : notModified.headers) {
        if (name.compare("Content-Length", Qt::CaseInsensitive) == 0)
            continue; // of the 304, whose body is empty
        const QByteArray replaced = name;
        const auto same = [&replaced](const auto &header) {
            return header.first.compare(replaced, Qt::CaseInsensitive) == 0;
        };
        kept.headers.removeIf(same);
        kept.headers.append({name, value});
    }
    kept.notModified = true;
    return kept;
}

} // namespace Slipway
