// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/mirrors.h"

#include <QMutex>

#include <array>

namespace Slipway {

using namespace Qt::StringLiterals;

Result<Mirror> freshMirror(const LocalState &state, const QString &pipeline, const Cancel &cancel)
{
    static std::array<QMutex, 16> turns; // pipelines share them by hash: rarely too careful, never too little
    const auto known = state.pipeline(pipeline);
    if (!known)
        return tl::unexpected(known.error());
    auto mirror = Mirror::open(state.pipelineFolder(pipeline) + u"/mirror.git"_s);
    if (!mirror)
        return mirror;
    const QMutexLocker lock(&turns[qHash(pipeline) % turns.size()]);
    if (const auto fetched = mirror->fetch(cancel); !fetched)
        return tl::unexpected(fetched.error());
    return mirror;
}

Result<Mirror> mirrorWith(const LocalState &state, const QString &pipeline, const QString &ref, const Cancel &cancel)
{
    const auto known = state.pipeline(pipeline);
    if (!known)
        return tl::unexpected(known.error());
    const auto mirror = Mirror::open(state.pipelineFolder(pipeline) + u"/mirror.git"_s);
    if (mirror && mirror->resolve(ref) == ref)
        return mirror;
    return freshMirror(state, pipeline, cancel);
}

QString mergeFolder(const LocalState &state, const QString &pipeline)
{
    return state.pipelineFolder(pipeline) + u"/merges"_s;
}

} // namespace Slipway
