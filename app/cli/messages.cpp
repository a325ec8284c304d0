// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/messages.h"

#include "app/session/person.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

void tellMessages(Context &context)
{
    if (!context.reader().store().hasMessages())
        return; // who sits here costs a question to git
    const QList<Message> messages = context.reader().store().messages(personName());
    for (const Message &message : messages) {
        context.terminal().warn(
            u"%1  %2"_s.arg(message.at.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s), message.text));
        context.session().markSeen(message.id);
    }
}

} // namespace Slipway::Cli
