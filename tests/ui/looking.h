// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/scene.h"
#include "ui/dialogs/sheet.h"
#include "ui/dialogs/sheethost.h"

#include <QLabel>
#include <QPushButton>

/// Finding in a window what a person would look for.
namespace Slipway {

inline QPushButton *button(const QWidget *in, const QString &text)
{
    for (QPushButton *candidate : in->findChildren<QPushButton *>()) {
        if (candidate->text() == text && !candidate->isHidden())
            return candidate;
    }
    return nullptr;
}

template<typename T> T *shown(const Scene &scene)
{
    return qobject_cast<T *>(scene.window->findChild<SheetHost *>()->current());
}

/// All the words of a widget that can be seen.
inline QString words(const QWidget *in)
{
    QStringList all;
    for (const QLabel *label : in->findChildren<QLabel *>()) {
        if (label->isVisibleTo(in))
            all += label->text();
    }
    return all.join(u'\n');
}

} // namespace Slipway
