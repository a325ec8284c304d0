// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/remoteplace.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Slipway {

QString remotePlace(const QString &url)
{
    static const QRegularExpression asScp(u"^(?:[^/@:]+@)?([^/@:]{2,}):([^/].*)$"_s);
    QString host;
    QString path;
    if (url.contains(u"://"_s)) {
        const QUrl parsed(url, QUrl::StrictMode);
        host = parsed.host();
        if (parsed.scheme().startsWith(u"http"_s) && parsed.port() > 0)
            host += u":%1"_s.arg(parsed.port());
        path = parsed.path();
    } else if (const auto match = asScp.match(url); match.hasMatch()) {
        host = match.captured(1).toLower();
        path = match.captured(2);
    }
    while (path.startsWith(u'/'))
        path.remove(0, 1);
    while (path.endsWith(u'/'))
        path.chop(1);
    if (path.endsWith(u".git"_s))
        path.chop(4);
    return host.isEmpty() || path.isEmpty() ? QString() : host + u'/' + path;
}

} // namespace Slipway
