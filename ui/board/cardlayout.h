// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/board/cardtext.h"

#include <QFontMetrics>
#include <QRect>
#include <QStaticText>

#include <vector>

namespace Slipway {

/// Fonts and distances of a card, from one base font.
struct CardMetrics
{
    explicit CardMetrics(const QFont &base);
    QFont base;
    QFont name; ///< first line
    QFont small; ///< asides, badge and address
    QFont mono; ///< version
    int unit;
    int line; ///< height of a line of text
    int pad; ///< from the card's edge to its text
    int gap; ///< between two lines
    int height; ///< of a card, the same for all
    int spacing; ///< between two cards
    double radius;
};

/// One shaped piece of text on a card.
struct CardRun
{
    enum class Ink { Text, Muted, Accent, Toned };
    QStaticText text;
    QPointF at; ///< from the card's top left
    enum class Face { Base, Name, Small, Mono } face = Face::Base;
    Ink ink = Ink::Text;
    Tone tone = Tone::Neutral;
};

/// A card laid out for one width: four ranked lines.
class CardLayout
{
public:
    CardLayout(const CardText &text, const CardMetrics &metrics, int width);
    const CardText &text() const { return m_text; }
    int width() const { return m_width; }
    const std::vector<CardRun> &runs() const { return m_runs; }
    QRect badge() const { return m_badge; }
    const QString &badgeText() const { return m_badgeText; } ///< with the place in the queue, where there is room
    QRect link() const { return m_link; } ///< the address; empty when there is none
    QRect keep() const { return m_keep; } ///< gives the environment more time; empty when its end is far
    QRect copy() const { return m_copy; } ///< the copy button, shown while hovered
    QRect shape() const { return m_shape; } ///< of the state

private:
    int add(const QString &text, int left, int right, int line, CardRun::Face face, CardRun::Ink ink,
            Tone tone = Tone::Neutral);
    void wordBadge();
    void layFirst();
    void laySecond();
    void layThird();
    int layLifetime(int right); ///< answers what it leaves of the line
    void layFourth();
    const QFont &fontOf(CardRun::Face face) const;
    int top(int line) const;

    CardText m_text;
    const CardMetrics &m_metrics; ///< used while laying out
    int m_width;
    std::vector<CardRun> m_runs;
    QRect m_badge;
    QString m_badgeText;
    bool m_queued = false; ///< the badge says the place in the queue
    QRect m_link;
    QRect m_copy;
    QRect m_keep;
    QRect m_shape;
};

} // namespace Slipway
