// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preflight/situation.h"

#include "app/preflight/finding.h"

namespace Slipway {

using Words = PreflightWords;

Result<Card> Situation::card(const QString &name) const
{
    if (auto found = reader.card(pipeline.name + u'/' + name))
        return std::move(*found);
    return fail(Error::Kind::NotFound, Words::tr("There is no environment “%1/%2”.").arg(pipeline.name, name),
                Words::tr("Refresh the board: it may have been shut down meanwhile."));
}

Result<Card> Situation::cardAt(Stage stage, const QString &name) const
{
    QString wanted = name;
    if (wanted.isEmpty()) {
        const QStringList names = reader.cache().environmentNames(pipeline.name, stage);
        if (names.isEmpty()) {
            return fail(Error::Kind::NotFound,
                        stage == Stage::Staging ? Words::tr("“%1” has no staging environment.").arg(pipeline.name)
                                                : Words::tr("“%1” has no production environment.").arg(pipeline.name),
                        Words::tr("Refresh the board and look again."));
        }
        wanted = names.constFirst();
    }
    auto found = card(wanted);
    if (found && found->environment.stage != stage) {
        return fail(Error::Kind::Invalid, Words::tr("“%1” is not in %2.").arg(wanted, toString(stage)),
                    Words::tr("Name an environment of that stage, or none: then it is the pipeline's."));
    }
    return found;
}

std::optional<Comparison> Situation::compared(const std::optional<Release> &base,
                                              const std::optional<Release> &head) const
{
    if (!base || !head || base->version.isEmpty() || head->version.isEmpty())
        return std::nullopt;
    if (base->version == head->version)
        return Comparison{base->version, head->version, 0, 0, {}, {}};
    return reader.cache().comparison(pipeline.name, base->version, head->version);
}

Result<Situation> situationOf(const BoardReader &reader, const QString &pipeline, const QString &by,
                              const QDateTime &now)
{
    const auto known = reader.store().pipeline(pipeline);
    if (!known) {
        return fail(Error::Kind::NotFound, Words::tr("There is no pipeline “%1”.").arg(pipeline),
                    Words::tr("`slipwayctl pipeline list` shows the ones there are."));
    }
    QList<Operation> active = reader.store().activeOperations();
    active.removeIf([&pipeline](const Operation &operation) { return operation.pipeline != pipeline; });
    return Situation{reader,
                     *known,
                     reader.policy(pipeline),
                     reader.cache().accountStatus(known->deploysAccount),
                     reader.hold(pipeline, now),
                     std::move(active),
                     by,
                     now};
}

} // namespace Slipway
