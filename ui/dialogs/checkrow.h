// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Slipway {

struct Check;
struct Commit;

/// A line of a sheet: a sign or an id, a text, a detail at the right; wraps under itself when there is no room.
class CheckRow final : public QWidget
{
    Q_OBJECT
public:
    explicit CheckRow(const Check &check, QWidget *parent = nullptr);
    explicit CheckRow(const Commit &commit, QWidget *parent = nullptr);

private:
    void build(QWidget *sign, const QString &text, const QString &detail);
};

} // namespace Slipway
