// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preflight/finding.h"

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

CheckResult resultOf(Finding::Kind kind, PolicyLevel level)
{
    if (kind == Finding::Kind::Hard)
        return CheckResult::Block;
    if (kind == Finding::Kind::Aside || level == PolicyLevel::Off)
        return CheckResult::Off;
    if (kind == Finding::Kind::Holds)
        return CheckResult::Pass;
    const bool blocks = kind == Finding::Kind::Fails && level == PolicyLevel::Block;
    return blocks ? CheckResult::Block : CheckResult::Warn;
}

} // namespace

QList<Check> judged(const QList<Finding> &findings, const Policy &policy)
{
    QList<Check> checks;
    const QStringList order = Policy::checkIds();
    for (const QString &id : order) {
        for (const Finding &one : findings) {
            if (one.id == id)
                checks.append(Check{id, resultOf(one.kind, policy.level(id)), one.text, one.detail, one.link});
        }
    }
    return checks;
}

QString momentText(const QDateTime &at)
{
    return at.isValid() ? at.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s) : QString();
}

} // namespace Slipway
