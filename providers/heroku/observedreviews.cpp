// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/observer.h"

#include "providers/heroku/phrases.h"

// The part of Observer that describes review apps.
namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

/// Asked once of each that failed.
Task<void> Observer::learnFailures(QList<ReviewApp> reviews)
{
    for (const ReviewApp &review : reviews) {
        if (review.status != u"errored" || m_failures.contains(review.id))
            continue;
        const auto why = co_await m_reviews.failure(review);
        m_failures.insert(review.id, why.value_or(review.message));
    }
    co_return Result<void>();
}

Environment Observer::unborn(const ReviewApp &review) const
{
    Environment environment;
    environment.name = ReviewApps::nameOf(review);
    environment.stage = Stage::Development;
    environment.createdAt = review.at;
    describeReview(environment, review);
    return environment;
}

void Observer::describeReview(Environment &environment, const ReviewApp &review) const
{
    if (environment.release) {
        environment.release->change.number = review.number;
        environment.release->change.branch = review.branch;
    }
    if (review.status == u"errored") {
        environment.state = EnvironmentState::Crashed;
        environment.stateText = Phrases::tr("The review app could not be made: %1").arg(m_failures.value(review.id));
    } else if (review.status != u"created") {
        environment.state = EnvironmentState::Deploying;
        environment.stateText = review.status.startsWith(u"delet") ? Phrases::tr("The review app is being shut down.")
                                                                   : Phrases::tr("The review app is being made.");
    } else if (environment.stateText.isEmpty()) {
        environment.stateText = m_reviewsEnd;
    }
}

} // namespace Slipway::Heroku
