// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/models/scene.h"

#include "app/automation/rules.h"
#include "app/decisions/decisions.h"

namespace Slipway {

inline const auto kFirst = u"2222222222222222222222222222222222222222"_s;
inline const auto kSecond = u"3333333333333333333333333333333333333333"_s;

inline QDateTime hour(double hours)
{
    return at(int(hours * 60));
}

inline Change change(const QString &title, const QString &head = kFirst, std::optional<int> number = {})
{
    Change one;
    one.title = title;
    one.branch = title.toLower().replace(u' ', u'-');
    one.head = head;
    one.number = number;
    return one;
}

inline QString words(const RuleAct &act)
{
    if (const auto *decision = std::get_if<Decision>(&act.deed))
        return u"%1: queue %2"_s.arg(act.rule, std::get<QueueIntent>(*decision).environment);
    const Intent intent = std::get<Intent>(act.deed);
    if (const auto *clone = std::get_if<CloneIntent>(&intent))
        return u"%1: clone %2"_s.arg(act.rule, clone->code.change);
    if (const auto *deploy = std::get_if<DeployIntent>(&intent))
        return u"%1: deploy %2 to %3"_s.arg(act.rule, deploy->code.change, deploy->environment);
    if (const auto *promote = std::get_if<PromoteIntent>(&intent))
        return u"%1: promote %2"_s.arg(act.rule, promote->from);
    const auto lifecycle = std::get<LifecycleIntent>(intent);
    return u"%1: %2 %3"_s.arg(act.rule, toString(lifecycle.action), lifecycle.environment);
}

/// A pipeline with staging and production alike; what the rules want is noted as if it had been begun.
struct RuleDesk : Desk
{
    QList<Environment> dev;
    std::optional<QList<Change>> changes = QList<Change>();

    void set(const Policy::Layer &policy) { QVERIFY(store->savePolicy(u"shop"_s, policy, {})); }

    Environment &make(const QString &name, const QString &title, const QString &version = kFirst)
    {
        Environment environment = makeEnvironment(name, Stage::Development, int(dev.size()));
        environment.release = makeRelease(1, version, title);
        dev.append(environment);
        return dev.last();
    }

    QStringList look(const QDateTime &now = at(1), bool clockJumped = false)
    {
        Snapshot snapshot = makeSnapshot(QList<Environment>{makeEnvironment(u"staging"_s, Stage::Staging),
                                                            makeEnvironment(u"production"_s, Stage::Production)}
                                         + dev);
        snapshot.changes = changes;
        cache->apply(snapshot).value();
        QStringList wanted;
        const QList<RuleAct> acts = dueActs(*reader, u"shop"_s, now, clockJumped);
        for (const RuleAct &act : acts) {
            if (!std::holds_alternative<std::monostate>(act.deed))
                wanted.append(words(act));
            if (const auto *decision = std::get_if<Decision>(&act.deed))
                decide(*reader, *store, *decision, u"rule "_s + act.rule, now).value();
            if (!act.subject.isEmpty())
                std::ignore = store->noteRule(u"shop"_s, act.rule, act.subject, act.note);
            if (!act.environment.isEmpty() && act.lifetime)
                store->saveLifetime(act.environment, *act.lifetime).value();
            else if (!act.environment.isEmpty())
                store->removeLifetime(act.environment).value();
        }
        return wanted;
    }

    void sleep(const QString &name, EnvironmentState state = EnvironmentState::Suspended)
    {
        for (Environment &one : dev) {
            if (one.name == name)
                one.state = state;
        }
    }

    void accept(const QString &name)
    {
        decide(*reader, *store, VerdictIntent{u"shop"_s, name, VerdictState::Accepted, {}}, u"ada"_s, at(1)).value();
    }
};

inline const QStringList kNothing;

} // namespace Slipway
