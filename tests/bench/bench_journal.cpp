// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/slipwaystore.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

using namespace Slipway;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRounds = 300;

Operation promotion()
{
    Operation operation;
    operation.id = u"5f0c0a8e-6a4e-4a44-9a0e-0f6f3c0f1d11"_s;
    operation.kind = u"promote"_s;
    operation.pipeline = u"shop"_s;
    operation.environment = u"staging"_s;
    operation.from = u"dev1"_s;
    operation.title = u"Deploy Faster checkout to staging"_s;
    operation.state = OperationState::Running;
    operation.requestedAt = QDateTime::currentDateTimeUtc();
    for (int i = 0; i < 8; ++i) {
        OperationStep step;
        step.name = u"Release what dev1 runs in staging %1"_s.arg(i);
        step.result = {{u"artifact"_s, QString(64, u'a')}, {u"version"_s, QString(40, u'b')}};
        step.startedAt = operation.requestedAt;
        operation.steps.append(step);
    }
    return operation;
}

template<typename Work> double milliseconds(const Work &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e6;
}

double at(QList<double> times, double share)
{
    std::sort(times.begin(), times.end());
    return times.at(qsizetype(double(times.size() - 1) * share));
}

} // namespace

/// What a step of the journal costs beyond the fsync that nothing durable can do without: each round times one step
/// and, beside it, one row in a table of a database of its own with the same synchronous=FULL.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QTemporaryDir home;
    const auto store = SlipwayStore::open(home.path());
    const auto bare = Database::open(home.filePath(u"bare.db"_s), Database::Durability::Full);
    if (!store || !bare || !bare->execute(u"CREATE TABLE bare (id INTEGER PRIMARY KEY, body TEXT NOT NULL)"_s))
        return 1;
    Operation operation = promotion();
    const QString body(1500, u'x');
    QList<double> steps;
    QList<double> writes;
    bool good = true;
    for (int round = 0; round < kRounds; ++round) {
        operation.step = round % int(operation.steps.size());
        operation.steps[operation.step].text = QString::number(round);
        steps.append(milliseconds([&] { good = good && (*store)->saveOperation(operation).has_value(); }));
        writes.append(milliseconds([&] {
            good = good && bare->execute(u"INSERT OR REPLACE INTO bare VALUES (?, ?)"_s, {round % 8, body}).has_value();
        }));
    }
    const auto line = [](const char *what, const QList<double> &times) {
        std::printf("%-22s median %6.2f ms   95 %% %6.2f ms\n", what, at(times, 0.5), at(times, 0.95));
    };
    line("journal step", steps);
    line("bare fsync'ed write", writes);
    std::printf("beyond its fsync       median %6.2f ms   (budget 5 ms)\n", at(steps, 0.5) - at(writes, 0.5));
    return good ? 0 : 1;
}
