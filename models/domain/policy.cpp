// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/policy.h"

#include "models/domain/enumnames.h"
#include "models/domain/jsonlists.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

struct PolicyTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Policy)
};

constexpr EnumNames<PolicyLevel, 3> kLevels{{
    {PolicyLevel::Block, "block"},
    {PolicyLevel::Warn, "warn"},
    {PolicyLevel::Off, "off"},
}};

constexpr EnumNames<PolicySource, 3> kSources{{
    {PolicySource::Default, "default"},
    {PolicySource::Team, "team"},
    {PolicySource::Desktop, "desktop"},
}};

constexpr int kMostHours = 24 * 365;

PolicyKey check(const QString &id, const QString &fallback, const QString &meaning)
{
    return {u"checks."_s + id, PolicyKey::Kind::Level, fallback, meaning, {u"block"_s, u"warn"_s, u"off"_s}};
}

PolicyKey flag(const QString &name, const QString &meaning)
{
    return {name, PolicyKey::Kind::Flag, false, meaning};
}

PolicyKey number(const QString &name, int fallback, int least, int most, const QString &meaning)
{
    return {name, PolicyKey::Kind::Number, fallback, meaning, {}, least, most};
}

QList<PolicyKey> allKeys()
{
    return {
        check(u"ci"_s, u"block"_s, PolicyTr::tr("CI has passed for this very commit")),
        check(u"verdict"_s, u"block"_s, PolicyTr::tr("Somebody accepted this very version")),
        check(u"contains-staging"_s, u"block"_s, PolicyTr::tr("The version contains everything staging runs")),
        check(u"merge"_s, u"block"_s, PolicyTr::tr("Its pull request can be merged")),
        check(u"hold"_s, u"block"_s, PolicyTr::tr("Nobody else holds staging")),
        check(u"drift"_s, u"warn"_s, PolicyTr::tr("Staging stays within its limit of changes ahead of production")),
        check(u"config"_s, u"warn"_s, PolicyTr::tr("The target has every config key the source has")),
        check(u"artifact"_s, u"warn"_s, PolicyTr::tr("The artifact was built from a commit others can build again")),
        check(u"stale"_s, u"warn"_s, PolicyTr::tr("The board shows what is there now")),
        check(u"freeze"_s, u"block"_s, PolicyTr::tr("No freeze window is open")),
        check(u"provider"_s, u"block"_s, PolicyTr::tr("The account that runs it answers")),
        number(u"limit"_s, 2, 1, 99, PolicyTr::tr("Changes staging may be ahead of production")),
        {u"queue"_s,
         PolicyKey::Kind::Choice,
         u"manual"_s,
         PolicyTr::tr("Whether the first in the queue goes to staging by itself once staging is clean"),
         {u"manual"_s, u"auto"_s}},
        {u"merge"_s,
         PolicyKey::Kind::Choice,
         u"merge"_s,
         PolicyTr::tr("How a pull request is merged on its way to staging; off: its artifact goes there as it is"),
         {u"merge"_s, u"squash"_s, u"rebase"_s, u"off"_s}},
        {u"freeze"_s, PolicyKey::Kind::Freezes, QJsonArray(),
         PolicyTr::tr("Times in which nothing goes to production")},
        flag(u"rules.new-change"_s, PolicyTr::tr("A new change gets a dev environment")),
        {u"rules.label"_s, PolicyKey::Kind::Text, QString(u""_s),
         PolicyTr::tr("Label that a new change must carry to get one; empty: none")},
        flag(u"rules.new-commit"_s, PolicyTr::tr("A new commit is deployed to the dev environment of its change")),
        flag(u"rules.accepted"_s, PolicyTr::tr("An accepted change queues for staging")),
        flag(u"rules.closed"_s, PolicyTr::tr("The dev environment of a closed or merged change is shut down")),
        flag(u"rules.comments"_s, PolicyTr::tr("Comments such as “/slipway clone” of people who may push are obeyed")),
        number(u"rules.idle-hours"_s, 0, 0, kMostHours,
               PolicyTr::tr("Hours without use after which a dev environment is suspended; 0: never")),
        number(u"rules.live-hours"_s, 0, 0, kMostHours,
               PolicyTr::tr("Hours a dev environment lives unless somebody keeps it; 0: for ever")),
        number(u"rules.grace-hours"_s, 24, 1, kMostHours,
               PolicyTr::tr("Hours a dev environment stays suspended at the end of its time before it is shut down")),
        {u"rules.off-hours"_s, PolicyKey::Kind::OffHours, QJsonValue(),
         PolicyTr::tr("Time in which dev environments are suspended")},
    };
}

FreezeWindow windowFrom(const QJsonObject &json)
{
    FreezeWindow window;
    window.days = stringsFromJson(json.value(u"days"_s));
    window.from = json.value(u"from"_s).toString();
    window.to = json.value(u"to"_s).toString();
    window.zone = json.value(u"zone"_s).toString();
    window.reason = json.value(u"reason"_s).toString();
    return window;
}

QString windowText(const QJsonObject &json)
{
    const FreezeWindow window = windowFrom(json);
    QString text = window.from + u"–"_s + window.to;
    if (!window.days.isEmpty())
        text.prepend(window.days.join(u", "_s) + u' ');
    if (!window.zone.isEmpty())
        text += u' ' + window.zone;
    return window.reason.isEmpty() ? text : text + u" ("_s + window.reason + u')';
}

} // namespace

QString toString(PolicyLevel level)
{
    return enumName(kLevels, level);
}

QString toString(PolicySource source)
{
    return enumName(kSources, source);
}

bool Rules::any() const
{
    return newChange || newCommit || accepted || closed || comments || idleHours > 0 || liveHours > 0 || offHours;
}

Policy::Policy(const Layer &team, const Layer &desktop, const std::optional<Error> &problem)
    : m_team(team)
    , m_desktop(desktop)
    , m_problem(problem)
{ }

const QList<PolicyKey> &Policy::keys()
{
    static const QList<PolicyKey> all = allKeys();
    return all;
}

const PolicyKey *Policy::key(const QString &name)
{
    const auto found =
        std::find_if(keys().cbegin(), keys().cend(), [&name](const PolicyKey &one) { return one.name == name; });
    return found == keys().cend() ? nullptr : &*found;
}

QStringList Policy::checkIds()
{
    QStringList ids;
    for (const PolicyKey &key : keys()) {
        if (key.kind == PolicyKey::Kind::Level)
            ids.append(key.name.section(u'.', 1));
    }
    return ids;
}

QString Policy::shown(const QString &name, const QJsonValue &value)
{
    const PolicyKey *known = key(name);
    if (!known)
        return {};
    switch (known->kind) {
    case PolicyKey::Kind::Level:
    case PolicyKey::Kind::Choice:
        return value.toString();
    case PolicyKey::Kind::Text:
        return value.toString().isEmpty() ? PolicyTr::tr("none") : value.toString();
    case PolicyKey::Kind::Number:
        return QString::number(value.toInt());
    case PolicyKey::Kind::Flag:
        return value.toBool() ? PolicyTr::tr("on") : PolicyTr::tr("off");
    case PolicyKey::Kind::OffHours:
        return value.isObject() ? windowText(value.toObject()) : PolicyTr::tr("none");
    case PolicyKey::Kind::Freezes:
        break;
    }
    QStringList windows;
    const QJsonArray all = value.toArray();
    for (const auto &one : all)
        windows.append(windowText(one.toObject()));
    return windows.isEmpty() ? PolicyTr::tr("none") : windows.join(u"; "_s);
}

QJsonValue Policy::value(const QString &name) const
{
    if (const auto said = m_desktop.constFind(name); said != m_desktop.cend())
        return *said;
    if (const auto said = m_team.constFind(name); said != m_team.cend())
        return *said;
    const PolicyKey *known = key(name);
    return known ? known->fallback : QJsonValue(QJsonValue::Undefined);
}

PolicySource Policy::source(const QString &name) const
{
    if (m_desktop.contains(name))
        return PolicySource::Desktop;
    return m_team.contains(name) ? PolicySource::Team : PolicySource::Default;
}

PolicyLevel Policy::level(const QString &checkId) const
{
    return enumValue(kLevels, value(u"checks."_s + checkId).toString()).value_or(PolicyLevel::Block);
}

int Policy::limit() const
{
    return value(u"limit"_s).toInt();
}

bool Policy::queueStarts() const
{
    return value(u"queue"_s).toString() == u"auto";
}

std::optional<MergeMethod> Policy::mergeMethod() const
{
    return mergeMethodFromString(value(u"merge"_s).toString());
}

QList<FreezeWindow> Policy::freezes() const
{
    QList<FreezeWindow> windows;
    const QJsonArray all = value(u"freeze"_s).toArray();
    for (const auto &one : all)
        windows.append(windowFrom(one.toObject()));
    return windows;
}

Rules Policy::rules() const
{
    Rules rules;
    rules.newChange = value(u"rules.new-change"_s).toBool();
    rules.label = value(u"rules.label"_s).toString().trimmed();
    rules.newCommit = value(u"rules.new-commit"_s).toBool();
    rules.accepted = value(u"rules.accepted"_s).toBool();
    rules.closed = value(u"rules.closed"_s).toBool();
    rules.comments = value(u"rules.comments"_s).toBool();
    rules.idleHours = value(u"rules.idle-hours"_s).toInt();
    rules.liveHours = value(u"rules.live-hours"_s).toInt();
    rules.graceHours = value(u"rules.grace-hours"_s).toInt();
    if (const QJsonValue off = value(u"rules.off-hours"_s); off.isObject())
        rules.offHours = windowFrom(off.toObject());
    return rules;
}

} // namespace Slipway
