// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/samplerepository.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

struct SampleTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Sample)
};

Result<void> outcome(QProcess &process, const QString &script)
{
    if (process.error() == QProcess::FailedToStart) {
        return fail(Error::Kind::Failed, SampleTr::tr("“%1” could not be started.").arg(script),
                    SampleTr::tr("Install Slipway again."), process.errorString());
    }
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return {};
    return fail(Error::Kind::Failed, SampleTr::tr("The sample's repository could not be made."),
                SampleTr::tr("git must be installed, and the disk must have some room."),
                QString::fromLocal8Bit(process.readAllStandardError()).trimmed().right(2000));
}

/// Ended when the process ended; the process is a child of `context`.
Later<Result<void>> started(QObject *context, const QString &script, const QStringList &arguments)
{
    Later<Result<void>> later;
    auto *process = new QProcess(context);
    process->setStandardInputFile(QProcess::nullDevice());
    process->setStandardOutputFile(QProcess::nullDevice());
    const auto end = [process, script, later] {
        process->deleteLater();
        later.settle(outcome(*process, script));
    };
    QObject::connect(process, &QProcess::finished, context, end);
    QObject::connect(process, &QProcess::errorOccurred, context, [end](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            end();
    });
    process->start(script, arguments);
    return later;
}

} // namespace

Result<QString> sharedFile(const QString &relative)
{
    const QString override = qEnvironmentVariable("SLIPWAY_SHARE");
    QStringList places;
    if (!override.isEmpty())
        places = {override};
    else
        places = {QCoreApplication::applicationDirPath() + u"/../share/slipway"_s,
                  QStringLiteral(SLIPWAY_SOURCE_SHARE)};
    for (const QString &place : places) {
        const QFileInfo file(QDir(place), relative);
        if (file.exists())
            return file.canonicalFilePath();
    }
    return fail(Error::Kind::NotFound,
                SampleTr::tr("“%1” is missing; it was looked for in %2.").arg(relative, places.join(u", "_s)),
                SampleTr::tr("Install Slipway again, or set SLIPWAY_SHARE to the folder that has it."));
}

QString sampleRepository(const QString &home, const QString &pipeline)
{
    return home + u"/samples/"_s + pipeline;
}

Task<QJsonObject> makeSampleRepository(StepContext c)
{
    const QString target = sampleRepository(c.home, c.pipeline.name);
    const QJsonObject facts{{u"repository"_s, target}};
    // The script renames it into place at its end: whoever finds it finds all of it.
    if (QFileInfo::exists(target + u"/.git"_s))
        co_return Result<QJsonObject>(facts);
    const auto script = sharedFile(u"sample/make-repository"_s);
    if (!script)
        co_return Result<QJsonObject>(tl::unexpect, script.error());
    Later<Result<void>> end = started(c.context, *script, QStringList(target));
    const Result<void> made = co_await end;
    if (!made)
        co_return Result<QJsonObject>(tl::unexpect, made.error());
    co_return Result<QJsonObject>(facts);
}

Result<void> removeSampleRepository(const QString &home, const QString &pipeline)
{
    if (pipeline.isEmpty() || pipeline.contains(u'/') || pipeline.startsWith(u'.'))
        return {};
    QDir target(sampleRepository(home, pipeline));
    if (target.exists() && !target.removeRecursively()) {
        return fail(Error::Kind::Storage, SampleTr::tr("“%1” could not be deleted.").arg(target.path()),
                    SampleTr::tr("Delete the folder yourself."));
    }
    QDir(home).rmdir(u"samples"_s); // when it was the last one
    return {};
}

} // namespace Slipway
