// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/words.h"
#include "models/activity/activityexport.h"

#include <QJsonDocument>

#include <csignal>

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

constexpr int kMostAtOnce = 1000;

/// Says each line that the rules add to the record, once.
class ActTeller
{
public:
    explicit ActTeller(Context &context)
        : m_context(context)
        , m_last(newest())
    { }

    void tell()
    {
        const QList<ActivityEntry> entries = m_context.reader().store().activity({}, {}, kMostAtOnce);
        for (auto entry = entries.crbegin(); entry != entries.crend(); ++entry) {
            if (entry->id <= m_last)
                continue;
            m_last = entry->id;
            if (entry->by.startsWith(u"rule "))
                say(*entry);
        }
    }

private:
    qint64 newest() const
    {
        const QList<ActivityEntry> entries = m_context.reader().store().activity({}, {}, 1);
        return entries.isEmpty() ? 0 : entries.first().id;
    }

    void say(const ActivityEntry &entry)
    {
        Terminal &terminal = m_context.terminal();
        if (m_context.json()) {
            terminal.write(QJsonDocument(activityDocument(entry)).toJson(QJsonDocument::Compact) + '\n');
            terminal.flush();
            return;
        }
        QString text = u"%1  %2  %3: %4"_s.arg(timeText(entry.at), entry.pipeline, entry.by, entry.text);
        if (!entry.reason.isEmpty())
            text += u" ("_s + entry.reason + u')';
        if (!entry.result.isEmpty())
            text += u" · "_s + entry.result;
        terminal.warn(text);
    }

    Context &m_context;
    qint64 m_last = 0; ///< id of the newest line that was looked at
};

/// What it has to do, so that nobody waits for rules that are off.
void tellRules(Context &context)
{
    bool any = false;
    for (const Pipeline &pipeline : context.reader().store().pipelines()) {
        const Policy policy = context.reader().policy(pipeline.name);
        QStringList words;
        for (const PolicyKey &key : Policy::keys()) {
            const bool acts =
                key.name.startsWith(u"rules.") && key.name != u"rules.grace-hours" && key.name != u"rules.label";
            if ((acts || key.name == u"queue") && policy.value(key.name) != key.fallback)
                words << u"%1=%2"_s.arg(key.name, Policy::shown(key.name, policy.value(key.name)));
        }
        any = any || !words.isEmpty();
        if (!words.isEmpty())
            context.terminal().warn(u"Watching %1: %2."_s.arg(pipeline.name, words.join(u", "_s)));
    }
    if (!any) {
        context.terminal().warn(u"No pipeline has a rule yet; `slipwayctl pipeline policy NAME set "
                                "rules.new-change=on` sets one. Waiting for that."_s);
    }
}

Result<int> agent(Context &context, const Invocation &)
{
    ActTeller teller(context);
    tellRules(context);
    const QObject scope;
    QObject::connect(&context.session(), &Session::changed, &scope, [&teller](const ChangeSet &changes) {
        if (changes.activity || changes.everything)
            teller.tell();
    });
    const auto ended = context.waitUntil([] { return false; });
    teller.tell();
    if (context.wasInterrupted())
        return context.interruptedBy() == SIGINT ? Interrupted : Done; // a service manager ends it by SIGTERM
    if (!ended && ended.error().kind() != Error::Kind::Cancelled)
        return tl::unexpected(ended.error());
    return Done; // --timeout: for so long and no longer
}

} // namespace

QList<Command> agentCommands()
{
    return {{.name = u"agent"_s,
             .summary = u"Carry out the rules and the queue until interrupted."_s,
             .details =
                 u"Looks at all pipelines as the window does and does what their policies' rules say. Each act is a\n"
                 "line on stderr; with --json, a document a line on stdout. Of several agents and windows one acts.\n"
                 "Exit code 130 after Ctrl+C, 0 after SIGTERM or --timeout. Operations under way stop at the next\n"
                 "step and go on when an agent or the window starts again."_s,
             .automates = true,
             .run = agent}};
}

} // namespace Slipway::Cli
