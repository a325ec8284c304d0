// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/artifact/startorder.h"

#include "providers/local/artifact/appmanifest.h"
#include "models/domain/manifestreader.h"
#include "providers/local/artifact/procfile.h"

using namespace Qt::StringLiterals;

namespace Slipway {

Result<void> checkStartOrder(const QString &directory, const Procfile &procfile, const AppManifest &manifest)
{
    auto file = ManifestReader::open(directory, u"slipway.json"_s);
    if (!file)
        return {};
    for (auto it = manifest.after.cbegin(); it != manifest.after.cend(); ++it) {
        for (const QString &type : QStringList{it.key()} + it.value()) {
            if (type == u"release" || !procfile.find(type))
                file->complain({u"after"_s, it.key()},
                               u"names \"%1\", which is no process that the Procfile starts"_s.arg(type));
        }
    }
    return file->error() ? tl::unexpected(*file->error()) : Result<void>();
}

} // namespace Slipway
