// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/webaddress.h"

#include "providers/circleci/circleciapi.h"

namespace Slipway::CircleCi {

using namespace Qt::StringLiterals;

WebAddress::WebAddress(const QUrl &root)
    : m_app(root.host() == u"circleci.com" ? u"https://app.circleci.com"_s : baseOf(root))
{ }

QString WebAddress::pipeline(const QString &slug, std::optional<int> number) const
{
    const auto path = slugPath(slug);
    return path && number ? m_app + u"/pipelines/"_s + *path + u'/' + QString::number(*number) : QString();
}

QUrl WebAddress::of(const PipelineRecord &record) const
{
    return QUrl(pipeline(record.slug, record.number), QUrl::StrictMode);
}

QUrl WebAddress::of(const WorkflowRecord &record) const
{
    const QString above = pipeline(record.slug, record.pipelineNumber);
    return above.isEmpty() ? QUrl() : QUrl(above + u"/workflows/"_s + segment(record.id), QUrl::StrictMode);
}

QUrl WebAddress::of(const WorkflowRecord &workflow, const JobRecord &job) const
{
    const QUrl above = of(workflow);
    if (above.isEmpty() || job.approval || !job.number)
        return above;
    return QUrl(above.toString(QUrl::FullyEncoded) + u"/jobs/"_s + QString::number(*job.number), QUrl::StrictMode);
}

} // namespace Slipway::CircleCi
