// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/changetitle.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Slipway {

QString titleOfBranch(const QString &branch)
{
    static const QRegularExpression ticket(u"^([A-Za-z][A-Za-z0-9]*-\\d+)(?:[-_]+|$)"_s);
    static const QRegularExpression joints(u"[-_]+"_s);
    QString name = branch.section(u'/', -1);
    QString number;
    if (const auto match = ticket.match(name); match.hasMatch()) {
        number = match.captured(1).toUpper();
        name = name.mid(match.capturedLength());
    }
    name = name.replace(joints, u" "_s).trimmed();
    if (!number.isEmpty())
        return name.isEmpty() ? number : number + u' ' + name;
    if (name.isEmpty())
        return branch;
    return name.at(0).toUpper() + name.mid(1);
}

MergeMessage readMergeMessage(const QString &subject, const QString &body)
{
    static const QRegularExpression plain(u"^Merge (?:remote-tracking )?branch '([^']+)'"_s);
    static const QRegularExpression request(u"^Merge pull request #\\d+ from [^/ ]+/(\\S+)"_s);
    if (const auto match = request.match(subject); match.hasMatch())
        return {match.captured(1), body.section(u'\n', 0, 0).trimmed()};
    if (const auto match = plain.match(subject); match.hasMatch()) {
        QString branch = match.captured(1);
        if (branch.startsWith("origin/"_L1))
            branch = branch.mid(7);
        return {branch, {}};
    }
    return {};
}

} // namespace Slipway
