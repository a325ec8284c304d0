// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// CPU time of `slipwayctl status PIPELINE --json` from a filled cache, beside that of an empty QCoreApplication program
// (this one with --empty). Prints both and their ratio; asserts neither.
#include "models/store/stores.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>

#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

constexpr int kRounds = 20;

void fill(const QString &home)
{
    const auto cache = CacheStore::open(home);
    const auto store = SlipwayStore::open(home);
    if (!cache || !store)
        qFatal("cannot fill %s", qUtf8Printable(home));
    Pipeline pipeline;
    pipeline.name = u"shop"_s;
    pipeline.deploysAccount = u"local"_s;
    Snapshot snapshot;
    snapshot.pipeline = pipeline.name;
    snapshot.account = pipeline.deploysAccount;
    snapshot.asOf = QDateTime::currentDateTimeUtc();
    for (int i = 0; i < 20; ++i) {
        Environment environment;
        environment.pipeline = pipeline.name;
        environment.name = u"dev%1"_s.arg(i);
        environment.state = EnvironmentState::Running;
        environment.createdAt = snapshot.asOf;
        snapshot.environments.append(environment);
    }
    if (!(*store)->savePipeline(pipeline) || !(*cache)->apply(snapshot))
        qFatal("cannot write to %s", qUtf8Printable(home));
}

double childMs()
{
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    const auto ms = [](const timeval &t) {
        return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3;
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

/// CPU milliseconds of one run, the mean of kRounds.
double cost(const QString &program, const QStringList &arguments)
{
    const double before = childMs();
    for (int i = 0; i < kRounds; ++i) {
        QProcess process;
        process.setStandardOutputFile(QProcess::nullDevice());
        process.start(program, arguments);
        if (!process.waitForFinished() || process.exitCode() != 0)
            qFatal("%s failed: %s", qUtf8Printable(program), process.readAllStandardError().constData());
    }
    return (childMs() - before) / kRounds;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    if (app.arguments().contains(u"--empty"_s))
        return 0;
    const QTemporaryDir home;
    fill(home.path());
    qputenv("SLIPWAY_HOME", home.path().toUtf8());
    const double empty = cost(QCoreApplication::applicationFilePath(), {u"--empty"_s});
    const double status = cost(QStringLiteral(SLIPWAYCTL), {u"status"_s, u"shop"_s, u"--json"_s});
    std::printf("slipwayctl status: %.1f ms CPU; an empty program: %.1f ms; ratio %.2f\n", status, empty,
                status / empty);
    return 0;
}
