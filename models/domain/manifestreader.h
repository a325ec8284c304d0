// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace Slipway {

/// A JSON file that people write (app.json, slipway.json), read with checks. The first thing that is wrong is kept as
/// an error with file, line and key; what is read afterwards gives defaults.
class ManifestReader
{
public:
    /// nullopt: there is no such file. Use error() for one that cannot be read or parsed.
    static std::optional<ManifestReader> open(const QString &directory, const QString &fileName);
    /// The same of a text that is at hand; `fileName` names it in errors.
    static ManifestReader parse(const QString &fileName, const QByteArray &text);

    const QJsonObject &root() const { return m_root; }
    const std::optional<Error> &error() const { return m_error; }
    void complain(const QStringList &path, const QString &expected);
    /// Complains of the first key at `path` that is not in `known`; names the nearest one.
    void onlyKeys(const QStringList &path, const QStringList &known);

    QJsonValue at(const QStringList &path) const;
    bool has(const QStringList &path) const { return !at(path).isUndefined(); }
    QString text(const QStringList &path, const QString &expected);
    QStringList texts(const QStringList &path, const QString &expected); ///< one string or a list of them
    QJsonObject object(const QStringList &path, const QString &expected);
    QJsonArray array(const QStringList &path, const QString &expected);
    int number(const QStringList &path, int least, int most, int fallback);
    bool flag(const QStringList &path, bool fallback);
    /// One of `words`; the first of them when it is left out.
    QString choice(const QStringList &path, const QStringList &words);
    /// A path below `below`: relative, without "..".
    QString relativePath(const QStringList &path, const QString &below);

private:
    explicit ManifestReader(QString fileName)
        : m_fileName(std::move(fileName))
    { }

    QString m_fileName;
    QByteArray m_text;
    QJsonObject m_root;
    std::optional<Error> m_error;
};

} // namespace Slipway
