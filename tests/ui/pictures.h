// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/scene.h"
#include "ui/theme/outlinedstyle.h"

#include <QApplication>
#include <QDir>
#include <QStyleFactory>

/// Pictures for people to look at: the same style, font and palettes everywhere.
namespace Slipway {

inline QPalette darkPalette()
{
    QPalette dark;
    const QColor window(28, 32, 40);
    dark.setColor(QPalette::Window, window);
    dark.setColor(QPalette::Base, QColor(22, 25, 32));
    dark.setColor(QPalette::AlternateBase, window);
    dark.setColor(QPalette::Button, QColor(38, 43, 53));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::BrightText})
        dark.setColor(role, QColor(232, 235, 240));
    dark.setColor(QPalette::PlaceholderText, QColor(140, 146, 158));
    dark.setColor(QPalette::Highlight, QColor(120, 150, 255));
    dark.setColor(QPalette::HighlightedText, QColor(16, 20, 30));
    dark.setColor(QPalette::Link, QColor(134, 165, 255));
    return dark;
}

inline QImage keep(QWidget &window, const QString &name)
{
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    QCoreApplication::processEvents();
    QDir().mkpath(QStringLiteral(GALLERY_DIR));
    const QImage image = window.grab().toImage();
    image.save(QStringLiteral(GALLERY_DIR "/") + name + u".png"_s);
    return image;
}

inline void plainLook(const QPalette &palette)
{
    QFont font(u"Inter"_s);
    font.setPixelSize(13);
    QApplication::setFont(font);
    QApplication::setPalette(palette);
}

/// Sets the style and answers the light palette of it.
inline QPalette lightPalette()
{
    QApplication::setStyle(new OutlinedStyle(QStyleFactory::create(u"Fusion"_s)));
    QPalette light = QApplication::palette();
    light.setColor(QPalette::Highlight, QColor(47, 91, 234));
    plainLook(light);
    return light;
}

inline void largeText()
{
    QFont font(u"Inter"_s);
    font.setPixelSize(26);
    QApplication::setFont(font);
}

} // namespace Slipway
