// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/appstate.h"

#include "providers/heroku/phrases.h"

#include <algorithm>

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

QString processState(const QString &dyno)
{
    if (dyno == u"crashed")
        return u"crashed"_s;
    if (dyno == u"starting")
        return u"starting"_s;
    return dyno == u"up" || dyno == u"idle" ? u"running"_s : u"stopped"_s;
}

/// The worst of one type's dynos is what is shown of it.
int badness(const QString &state)
{
    static const QStringList order{u"running"_s, u"stopped"_s, u"starting"_s, u"crashed"_s};
    return int(order.indexOf(state));
}

QList<Process> processesOf(const QList<Dyno> &dynos)
{
    QList<Process> processes;
    for (const Dyno &dyno : dynos) {
        if (dyno.isOneOff())
            continue;
        const auto same = [&dyno](const Process &one) { return one.type == dyno.type; };
        const auto found = std::find_if(processes.begin(), processes.end(), same);
        const QString state = processState(dyno.state);
        if (found == processes.end()) {
            processes.append(Process{dyno.type, 1, state, 0});
            continue;
        }
        ++found->count;
        if (badness(state) > badness(found->state))
            found->state = state;
    }
    return processes;
}

bool any(const QList<Dyno> &dynos, QLatin1String state)
{
    return std::any_of(dynos.cbegin(), dynos.cend(),
                       [state](const Dyno &dyno) { return !dyno.isOneOff() && dyno.state == state; });
}

QString firstIn(const QList<Dyno> &dynos, QLatin1String state)
{
    for (const Dyno &dyno : dynos) {
        if (!dyno.isOneOff() && dyno.state == state)
            return dyno.name;
    }
    return {};
}

} // namespace

void describeDynos(Environment &environment, const QList<Dyno> &dynos, bool suspended)
{
    environment.processes = processesOf(dynos);
    environment.stateText.clear();
    if (any(dynos, QLatin1String("crashed"))) {
        environment.state = EnvironmentState::Crashed;
        environment.stateText =
            Phrases::tr("%1 crashed. Its log says why.").arg(firstIn(dynos, QLatin1String("crashed")));
    } else if (any(dynos, QLatin1String("starting"))) {
        environment.state = EnvironmentState::Deploying;
        environment.stateText = Phrases::tr("%1 is starting.").arg(firstIn(dynos, QLatin1String("starting")));
    } else if (!environment.processes.isEmpty()) {
        environment.state = EnvironmentState::Running;
        if (!any(dynos, QLatin1String("up")))
            environment.stateText = Phrases::tr("It sleeps until somebody opens it.");
    } else if (suspended) {
        environment.state = EnvironmentState::Suspended;
    } else {
        environment.state = EnvironmentState::Stopped;
        environment.stateText = environment.release && !environment.release->artifact.isEmpty()
            ? Phrases::tr("No process is asked to run: it is scaled to none.")
            : Phrases::tr("Nothing was deployed yet.");
    }
}

void describeLatest(Environment &environment, const std::optional<AppRelease> &latest,
                    const std::optional<Build> &build)
{
    if (latest && latest->isPending()) {
        environment.state = EnvironmentState::Deploying;
        environment.stateText = Phrases::tr("The release phase of v%1 runs.").arg(latest->version);
    } else if (build && build->isPending()) {
        environment.state = EnvironmentState::Deploying;
        environment.stateText = Phrases::tr("A build is under way.");
    } else if (latest && latest->hasFailed() && environment.state == EnvironmentState::Running) {
        environment.stateText = environment.release
            ? Phrases::tr("v%1 failed in its release phase; v%2 goes on serving.")
                  .arg(latest->version)
                  .arg(environment.release->number)
            : Phrases::tr("v%1 failed in its release phase.").arg(latest->version);
    }
}

} // namespace Slipway::Heroku
