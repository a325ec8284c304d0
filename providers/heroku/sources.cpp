// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/sources.h"

#include "providers/heroku/phrases.h"

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

Task<QUrl> Sources::upload(QString archive, Progress progress)
{
    if (progress)
        progress(Phrases::tr("Uploading the source"));
    Call call;
    call.method = "POST";
    call.path = u"/sources"_s;
    call.what = Phrases::tr("take the source");
    const auto source = co_await m_api.object(call);
    if (!source)
        co_return Result<QUrl>(tl::unexpect, source.error());
    const QJsonObject blob = source->value(u"source_blob"_s).toObject();
    HttpRequest request;
    request.method = "PUT";
    request.url = QUrl(blob.value(u"put_url"_s).toString(), QUrl::StrictMode);
    request.bodyFile = archive;
    request.authorized = false; // a signed address: it refuses anything else
    const auto put = co_await m_api.http().send(request);
    if (!put)
        co_return Result<QUrl>(tl::unexpect, put.error());
    if (!put->good()) {
        const Error refused(Error::Kind::Server, Phrases::tr("Heroku did not take the source (%1).").arg(put->status),
                            Phrases::tr("Try again."));
        co_return Result<QUrl>(tl::unexpect, refused);
    }
    co_return Result<QUrl>(QUrl(blob.value(u"get_url"_s).toString(), QUrl::StrictMode));
}

} // namespace Slipway::Heroku
