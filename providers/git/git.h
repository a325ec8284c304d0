// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/machine/cancel.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>

namespace Slipway {

struct GitAnswer
{
    int status = 0;
    QByteArray output;
    QString errors; ///< git's own words
};

/// The git command line in one repository: C locale, no prompts, no locks on what it only reads. Blocking, thread-safe.
class Git
{
public:
    explicit Git(QString directory)
        : m_directory(std::move(directory))
    { }

    /// Runs `git -C DIRECTORY arguments…`. NotFound: git is not installed; any exit status is an answer.
    Result<GitAnswer> run(const QStringList &arguments, const Cancel &cancel,
                          const QMap<QString, QString> &environment = {}, const QByteArray &input = {}) const;
    /// As run(); a status other than 0 is an Error that says `what` could not be done, with git's words as detail.
    Result<QByteArray> ask(const QStringList &arguments, const QString &what, const Cancel &cancel,
                           const QMap<QString, QString> &environment = {}, const QByteArray &input = {}) const;
    Result<QByteArray> ask(const QStringList &arguments, const QString &what) const;
    QString directory() const { return m_directory; }

private:
    QString m_directory;
};

/// The repository that holds `path`: its git directory. Errors name the path: absent, not a repository, empty, owned by
/// somebody else.
Result<QString> findRepository(const QString &path);

} // namespace Slipway
