// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/http/origin.h"

#include <QRegularExpression>

namespace Slipway {

using namespace Qt::StringLiterals;

QString originOf(const QUrl &url)
{
    const QString scheme = url.scheme().toLower();
    return u"%1://%2:%3"_s.arg(scheme, url.host().toLower()).arg(url.port(scheme == u"https" ? 443 : 80));
}

bool isLoopback(const QString &host)
{
    static const QRegularExpression numbers(u"^127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}\\z"_s);
    return host.compare(u"localhost", Qt::CaseInsensitive) == 0 || host == u"::1" || numbers.match(host).hasMatch();
}

bool isSafeAddress(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return false;
    return url.scheme() == u"https" || (url.scheme() == u"http" && isLoopback(url.host()));
}

} // namespace Slipway
