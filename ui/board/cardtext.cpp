// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/cardtext.h"

#include "models/board/cardwords.h"

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

void wordOperation(CardText &text, const Card &card)
{
    if (!card.operation)
        return;
    if (card.operation->state == OperationState::Failed) {
        text.step = Words::failedStep(*card.operation);
        text.stepTone = Tone::Bad;
    } else if (card.operation->isActive()) {
        text.step = Words::step(*card.operation);
        text.progress = Words::progress(*card.operation);
        text.state = EnvironmentState::Deploying;
        const bool waiting = card.operation->state == OperationState::Waiting;
        text.badge = {waiting ? Words::tr("Waiting") : Words::tr("Deploying"), Tone::Busy};
    }
}

void wordWaiting(CardText &text, const Card &card)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    text.queue = CardWords::queuePlace(card.queuePlace);
    text.shortQueue = card.queuePlace > 0 ? CardWords::ordinal(card.queuePlace) : QString();
    text.lifetime = CardWords::lifetime(card.lifetime, now);
    if (!CardWords::endsSoon(card.lifetime, now))
        return;
    text.lifetimeTone = Tone::Warn;
    text.keep = Words::tr("Keep");
}

} // namespace

CardText cardText(const Card &card)
{
    const Environment &environment = card.environment;
    CardText text;
    text.state = environment.state;
    text.name = environment.name;
    text.badge = Words::badge(card);
    text.address = Words::address(environment.address);
    text.framed = environment.stage == Stage::Production;
    text.ci = Words::ci(environment.ci);
    text.ciTone = Words::ciTone(environment.ci.state);
    text.distance = Words::distance(environment);
    text.shortDistance = Words::shortDistance(environment);
    text.tinyDistance = Words::tinyDistance(environment);
    text.distanceTone = Words::isLive(environment) ? Tone::Good
        : environment.behind.value_or(0) > 0       ? Tone::Warn
                                                   : Tone::Neutral;
    if (const auto &release = environment.release) {
        text.title = release->change.title;
        text.mark = release->uncommitted ? Words::laptop(*release) : Words::mark(release->change);
        if (release->uncommitted) {
            text.ci = Words::tr("uncommitted work");
            text.ciTone = Tone::Warn;
        }
        text.version = Words::shortVersion(release->version);
        text.release = u"v%1"_s.arg(release->number);
        const QString age = Words::age(release->codeSince());
        const QString author = release->uncommitted ? QString() : release->change.author;
        text.aside = author.isEmpty() ? age : u"%1, %2"_s.arg(author, age);
    } else {
        text.title = Words::tr("Nothing deployed yet");
        text.aside = Words::age(environment.createdAt);
    }
    // A title may be the branch itself: once is enough.
    if (text.mark == text.title)
        text.mark.clear();
    if (environment.state == EnvironmentState::Crashed && !environment.stateText.isEmpty()) {
        text.step = environment.stateText;
        text.stepTone = Tone::Bad;
    }
    wordWaiting(text, card);
    wordOperation(text, card);
    return text;
}

} // namespace Slipway
