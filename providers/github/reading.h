// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QUrl>

#include <optional>

/// Reads of what GitHub and whoever writes at GitHub made. Null is as good as absent (ghost users, forks that are gone,
/// mails without an account); `path` may lead into objects: "head.repo.id". What is of another kind counts as absent:
/// who needs it says BadPayload.
namespace Slipway::GitHub {

QJsonValue valueAt(const QJsonObject &object, const QString &path);
QJsonObject objectAt(const QJsonObject &object, const QString &path);
QJsonArray arrayAt(const QJsonObject &object, const QString &path);
/// As it is: names and words of the API itself.
QString textAt(const QJsonObject &object, const QString &path);
/// One line that somebody wrote, made harmless by oneLine().
QString lineAt(const QJsonObject &object, const QString &path);
QString shaAt(const QJsonObject &object, const QString &path); ///< empty unless it is a full one
std::optional<int> numberAt(const QJsonObject &object, const QString &path);
QString idAt(const QJsonObject &object, const QString &path); ///< a number of any size as text; empty when absent
bool flagAt(const QJsonObject &object, const QString &path);
QDateTime timeAt(const QJsonObject &object, const QString &path); ///< UTC; invalid when absent
QUrl webAddressAt(const QJsonObject &object, const QString &path); ///< http or https; empty otherwise

/// Without escape sequences, control characters, line breaks and what turns the direction of writing around.
QString oneLine(const QString &text);
/// The same, but line breaks stay.
QString severalLines(const QString &text);
bool isFullSha(const QString &text);
/// Who wrote or made something there: the login; "ghost" when the account is gone, as GitHub calls it.
QString loginAt(const QJsonObject &object, const QString &path);

} // namespace Slipway::GitHub
