// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <array>
#include <cmath>
#include <map>

namespace Slipway {

namespace {

struct StateColours
{
    QRgb ink;
    QRgb fill;
};

// In the order of Tone, Neutral excepted: that one comes from the palette.
constexpr std::array<StateColours, 5> kLight{{{0xff157347, 0xffdcf3e5},
                                              {0xff8a4b00, 0xffffedca},
                                              {0xffb3261e, 0xffffe3df},
                                              {0xff2459d6, 0xffe1e9ff},
                                              {0xff6544c9, 0xffebe6ff}}};
constexpr std::array<StateColours, 5> kDark{{{0xff5fd39b, 0xff17352a},
                                             {0xfff0b757, 0xff3d2d12},
                                             {0xffff8a7a, 0xff47201c},
                                             {0xff86a5ff, 0xff22304f},
                                             {0xffb7a3ff, 0xff322a52}}};

double channel(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &colour)
{
    return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF()) + 0.0722 * channel(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

/// `colour`, moved towards `goal` until it can be read on `ground` (WCAG AA for text).
QColor readable(const QColor &colour, const QColor &ground, const QColor &goal)
{
    constexpr double kWanted = 4.5;
    QColor found = colour;
    for (double share = 0.05; contrast(found, ground) < kWanted && share <= 1.0; share += 0.05)
        found = mix(colour, goal, share);
    return found;
}

} // namespace

QColor mix(const QColor &a, const QColor &b, double share)
{
    const auto part = [share](float x, float y) { return float(x + (y - x) * share); };
    return QColor::fromRgbF(part(a.redF(), b.redF()), part(a.greenF(), b.greenF()), part(a.blueF(), b.blueF()));
}

const Theme &Theme::of(const QPalette &palette)
{
    // Keyed by the colours it is made of: a palette's own key differs between widgets that look the same.
    static std::map<std::array<QRgb, 5>, Theme> themes;
    const auto rgb = [&palette](QPalette::ColorRole role) { return palette.color(QPalette::Active, role).rgba(); };
    const std::array<QRgb, 5> key{rgb(QPalette::Base), rgb(QPalette::Window), rgb(QPalette::WindowText),
                                  rgb(QPalette::Highlight), rgb(QPalette::HighlightedText)};
    const auto hit = themes.find(key);
    return hit != themes.end() ? hit->second : themes.emplace(key, Theme(palette)).first->second;
}

Theme::Theme(const QPalette &palette)
{
    const QColor base = palette.color(QPalette::Active, QPalette::Base);
    const QColor window = palette.color(QPalette::Active, QPalette::Window);
    text = palette.color(QPalette::Active, QPalette::WindowText);
    // Surfaces lie above the page, and light falls from above: in both sets the lighter role is the surface.
    surface = luminance(base) >= luminance(window) ? base : window;
    dark = luminance(surface) < luminance(text);
    const QColor black(Qt::black);
    page = dark ? mix(surface, black, 0.38) : mix(surface, text, 0.045);
    column = dark ? mix(surface, black, 0.2) : mix(surface, text, 0.08);
    raised = mix(surface, text, dark ? 0.08 : 0.045);
    line = mix(surface, text, dark ? 0.17 : 0.14);
    muted = readable(mix(text, surface, 0.4), column, text);
    const QColor highlight = palette.color(QPalette::Active, QPalette::Highlight);
    accent = readable(highlight, column, text);
    onAccent = readable(palette.color(QPalette::Active, QPalette::HighlightedText), accent,
                        luminance(accent) > 0.18 ? black : QColor(Qt::white));
    accentSoft = mix(surface, accent, dark ? 0.22 : 0.12);
    scrim = black;
    scrim.setAlphaF(dark ? 0.55F : 0.32F);
    deriveLog();
}

void Theme::deriveLog()
{
    const QColor ground = dark ? surface : text;
    const QColor ink = dark ? text : surface;
    logPage = dark ? mix(ground, QColor(Qt::black), 0.45) : mix(mix(ground, accent, 0.06), ink, 0.04);
    logText = mix(ink, logPage, 0.1);
    logMuted = readable(mix(ink, logPage, 0.45), logPage, ink);
    logAccent = QColor::fromRgb(kDark.at(3).ink);
    logError = QColor::fromRgb(kDark.at(2).ink);
}

QColor Theme::ink(Tone tone) const
{
    if (tone == Tone::Neutral)
        return muted;
    const auto &colours = dark ? kDark : kLight;
    return QColor::fromRgb(colours.at(size_t(tone) - 1).ink);
}

QColor Theme::fill(Tone tone) const
{
    if (tone == Tone::Neutral)
        return mix(surface, text, dark ? 0.14 : 0.08);
    const auto &colours = dark ? kDark : kLight;
    return QColor::fromRgb(colours.at(size_t(tone) - 1).fill);
}

} // namespace Slipway
