// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>

/// Compares a document with its shape: an object of the same keys whose leaves say what a value may be, as alternatives
/// parted by "|": "string", "int", "bool", "null", "sha", "iso" (a time in UTC), "list" (of anything), or a quoted word
/// such as "'live'". A list of one shape stands for a list of any length. "key?" marks an object that may be null.
/// More keys than the shape's are fine. Answers what is wrong and where; empty: nothing.
QString shapeProblem(const QJsonValue &value, const QJsonValue &shape, const QString &where = QStringLiteral("$"));
