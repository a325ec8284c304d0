// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/confirm.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

Result<void> confirmByName(Context &context, const QString &name, const QString &warning)
{
    if (context.noInput()) {
        return fail(Error::Kind::Invalid, warning + u" Nothing was done."_s,
                    u"Say --yes to mean it; --no-input forbids asking."_s);
    }
    context.terminal().warn(warning);
    const QString typed = context.terminal().ask(u"Type “%1” to go on:"_s.arg(name));
    if (typed == name)
        return {};
    return fail(Error::Kind::Cancelled, u"“%1” was not typed. Nothing was done."_s.arg(name),
                u"Give --yes to go on without being asked."_s);
}

} // namespace Slipway::Cli
