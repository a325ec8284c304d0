// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/modelteam.h"

using namespace Qt::StringLiterals;

namespace Slipway {

QMutex &ModelTeam::mutex()
{
    static QMutex one;
    return one;
}

ModelTeam::Shared &ModelTeam::shared()
{
    static Shared all;
    return all;
}

Task<QHash<QString, Verdict>> ModelTeam::verdicts(QString, QStringList)
{
    co_return QHash<QString, Verdict>();
}

Task<void> ModelTeam::publishVerdict(QString, VerdictNote)
{
    co_return Result<void>();
}

Task<void> ModelTeam::publishDeployment(QString, DeploymentNote)
{
    co_return Result<void>();
}

Task<std::optional<Hold>> ModelTeam::hold(QString, QString pipeline)
{
    const auto found = with([&](const Shared &all) {
        return all.holds.contains(pipeline) ? std::optional<Hold>(all.holds.value(pipeline)) : std::nullopt;
    });
    co_return Result<std::optional<Hold>>(found);
}

Task<void> ModelTeam::takeHold(QString, QString pipeline, Hold hold, std::optional<Hold>)
{
    Result<void> taken = with([&](Shared &all) -> Result<void> {
        if (all.failing.contains(u"claim"_s))
            return fail(Error::Kind::Network, u"The line is down."_s);
        if (all.holds.contains(pipeline) && all.holds.value(pipeline).by != hold.by)
            return fail(Error::Kind::Conflict, u"Somebody has it."_s);
        all.holds.insert(pipeline, hold);
        return {};
    });
    co_return taken;
}

Task<void> ModelTeam::releaseHold(QString, QString pipeline, Hold hold)
{
    with([&](Shared &all) {
        if (all.holds.value(pipeline) == hold)
            all.holds.remove(pipeline);
    });
    co_return Result<void>();
}

Task<QList<Comment>> ModelTeam::comments(QString, QDateTime since)
{
    const auto found = with([&](const Shared &all) {
        QList<Comment> later;
        for (const Comment &comment : all.comments) {
            if (comment.at.toSecsSinceEpoch() >= since.toSecsSinceEpoch())
                later.append(comment);
        }
        return later;
    });
    co_return Result<QList<Comment>>(found);
}

Task<bool> ModelTeam::mayWrite(QString, QString login)
{
    const bool may = with([&](const Shared &all) { return all.writers.contains(login); });
    co_return Result<bool>(may);
}

Task<void> ModelTeam::answer(QString, int, QString mark, QString text)
{
    Result<void> said = with([&](Shared &all) -> Result<void> {
        if (all.failing.contains(u"answer"_s))
            return fail(Error::Kind::Network, u"The line is down."_s);
        all.said += all.answers.contains(mark) ? 0 : 1;
        all.answers[mark].append(text);
        return {};
    });
    co_return said;
}

Task<bool> ModelTeam::wasAnswered(QString, int, QString mark)
{
    const bool answered = with([&](const Shared &all) { return all.answers.contains(mark); });
    co_return Result<bool>(answered);
}

} // namespace Slipway
