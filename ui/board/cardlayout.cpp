// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/cardlayout.h"

#include "ui/theme/paint.h"

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

/// What tells addresses apart stands in front: the port goes first, then the domain; what is left is cut, or left out
/// where only a few letters of it would stay.
QString shortened(const QString &address, const QFontMetrics &metrics, int room)
{
    const QString host = address.section(u':', 0, 0);
    QStringList tries{address, host};
    if (host.endsWith(".localhost"_L1))
        tries += host.chopped(10);
    if (!host.isEmpty() && !host.back().isDigit()) // not 127.0.0.1
        tries += host.section(u'.', 0, 0);
    for (const QString &text : std::as_const(tries)) {
        if (metrics.horizontalAdvance(text) <= room)
            return text;
    }
    return room < metrics.averageCharWidth() * 6 ? QString() : metrics.elidedText(host, Qt::ElideRight, room);
}

} // namespace

CardMetrics::CardMetrics(const QFont &font)
    : base(font)
    , name(boldFont(font))
    , small(scaledFont(font, kSmallText))
    , mono(monoFont(font))
    , unit(unitOf(QFontMetrics(font)))
    , line(QFontMetrics(font).height())
    , pad(unit * 3)
    , gap(qMax(4, unit * 7 / 4))
    , height(4 * line + 3 * gap + 2 * pad - unit / 2)
    , spacing(unit * 5 / 2)
    , radius(unit * 2.0)
{ }

CardLayout::CardLayout(const CardText &text, const CardMetrics &metrics, int width)
    : m_text(text)
    , m_metrics(metrics)
    , m_width(width)
{
    wordBadge();
    layFirst();
    laySecond();
    layThird();
    layFourth();
}

/// "Accepted, 2nd in the queue": a change that waits says so beside its verdict, as long as the address keeps its room.
void CardLayout::wordBadge()
{
    m_badgeText = m_text.badge.text;
    if (m_text.queue.isEmpty())
        return;
    const QFontMetrics small(m_metrics.small);
    const int room =
        m_width - 2 * m_metrics.pad - (m_text.address.isEmpty() ? 0 : m_metrics.unit * 14 + m_metrics.line);
    for (const QString &place : {m_text.queue, m_text.shortQueue}) {
        const QString tried = u"%1, %2"_s.arg(m_text.badge.text, place);
        if (badgeSize(tried, small).width() > room)
            continue;
        m_badgeText = tried;
        m_queued = true;
        return;
    }
}

int CardLayout::top(int line) const
{
    return m_metrics.pad - m_metrics.unit / 4 + line * (m_metrics.line + m_metrics.gap);
}

const QFont &CardLayout::fontOf(CardRun::Face face) const
{
    switch (face) {
    case CardRun::Face::Name:
        return m_metrics.name;
    case CardRun::Face::Small:
        return m_metrics.small;
    case CardRun::Face::Mono:
        return m_metrics.mono;
    case CardRun::Face::Base:
        break;
    }
    return m_metrics.base;
}

/// Puts a piece at `left`, elided before `right`; answers where it ends.
int CardLayout::add(const QString &text, int left, int right, int line, CardRun::Face face, CardRun::Ink ink, Tone tone)
{
    if (text.isEmpty() || right - left < m_metrics.unit * 3)
        return left;
    const QFont &font = fontOf(face);
    const QFontMetrics metrics(font);
    CardRun run;
    run.text.setText(text);
    run.text.setTextFormat(Qt::PlainText);
    run.text.prepare({}, font);
    if (run.text.size().width() > right - left) {
        run.text.setText(metrics.elidedText(text, Qt::ElideRight, right - left));
        run.text.prepare({}, font);
    }
    // All faces of a line share its baseline.
    const int baseline = top(line) + QFontMetrics(m_metrics.base).ascent();
    run.at = QPointF(left, baseline - metrics.ascent());
    run.face = face;
    run.ink = ink;
    run.tone = tone;
    m_runs.push_back(run);
    return left + qRound(run.text.size().width());
}

void CardLayout::layFirst()
{
    const int size = qRound(m_metrics.line * 0.52);
    m_shape = QRect(m_metrics.pad, top(0) + (m_metrics.line - size) / 2, size, size);
    const int left = m_shape.right() + 1 + m_metrics.unit * 2;
    int right = m_width - m_metrics.pad;
    // The age gives way to the name: a name cut in half could be another environment.
    const int nameWidth = QFontMetrics(m_metrics.name).horizontalAdvance(m_text.name);
    const QFontMetrics small(m_metrics.small);
    QString aside = m_text.aside;
    if (left + nameWidth + m_metrics.unit * 2 + small.horizontalAdvance(aside) > right)
        aside = aside.section(u", "_s, -1);
    const int asideWidth = small.horizontalAdvance(aside);
    if (left + nameWidth + m_metrics.unit * 2 + asideWidth <= right || asideWidth * 4 < right - left) {
        add(aside, right - asideWidth, right + 1, 0, CardRun::Face::Small, CardRun::Ink::Muted);
        right -= asideWidth + m_metrics.unit * 2;
    }
    add(m_text.name, left, right, 0, CardRun::Face::Name, CardRun::Ink::Text);
}

void CardLayout::laySecond()
{
    const int right = m_width - m_metrics.pad;
    const int markWidth = QFontMetrics(m_metrics.base).horizontalAdvance(m_text.mark);
    const int room = right - m_metrics.pad;
    // A number stays whole; a long branch or sentence takes what the title leaves, at least two fifths.
    const int kept = qMin(markWidth, room * 2 / 5);
    const int end = add(m_text.title, m_metrics.pad, m_text.mark.isEmpty() ? right : right - kept - m_metrics.unit, 1,
                        CardRun::Face::Base, CardRun::Ink::Text);
    add(m_text.mark, end + m_metrics.unit, right + 1, 1, CardRun::Face::Base, CardRun::Ink::Muted);
}

/// When the environment's time is up, at the right: it counts more than what the other lines say again elsewhere.
int CardLayout::layLifetime(int right)
{
    if (m_text.lifetime.isEmpty())
        return right;
    const QFontMetrics small(m_metrics.small);
    if (!m_text.keep.isEmpty()) {
        const int width = small.horizontalAdvance(m_text.keep);
        add(m_text.keep, right - width, right + m_metrics.unit, 2, CardRun::Face::Small, CardRun::Ink::Accent);
        m_keep = QRect(right - width - m_metrics.unit, top(2) - m_metrics.unit / 2, width + 2 * m_metrics.unit,
                       m_metrics.line + m_metrics.unit);
        right -= width + m_metrics.unit * 2;
    }
    const int from = qMax(m_metrics.pad, right - small.horizontalAdvance(m_text.lifetime));
    add(m_text.lifetime, from, right + 1, 2, CardRun::Face::Small,
        m_text.lifetimeTone == Tone::Neutral ? CardRun::Ink::Muted : CardRun::Ink::Toned, m_text.lifetimeTone);
    return from - m_metrics.unit * 5 / 2;
}

void CardLayout::layThird()
{
    const int right = m_text.progress < 0 ? layLifetime(m_width - m_metrics.pad) : m_width - m_metrics.pad;
    const int space = m_metrics.unit * 5 / 2;
    int left = m_metrics.pad;
    if (left + QFontMetrics(m_metrics.mono).horizontalAdvance(m_text.version) <= right)
        left = add(m_text.version, left, right + 1, 2, CardRun::Face::Mono, CardRun::Ink::Muted);
    if (left > m_metrics.pad)
        left += space;
    if (!m_text.step.isEmpty()) {
        add(m_text.step, left, right, 2, CardRun::Face::Small, CardRun::Ink::Toned, m_text.stepTone);
        return;
    }
    const QFontMetrics small(m_metrics.small);
    const auto fits = [&](const QString &text) { return left + small.horizontalAdvance(text) <= right; };
    const auto put = [&](const QString &text, CardRun::Ink ink, Tone tone) {
        const int end = add(text, left, right + 1, 2, CardRun::Face::Small, ink, tone);
        if (end > left)
            left = end + space;
    };
    if (!m_queued)
        put(fits(m_text.queue) ? m_text.queue : m_text.shortQueue, CardRun::Ink::Toned, Tone::Busy);
    put(fits(m_text.ci) || m_text.lifetime.isEmpty() ? m_text.ci : QString(), CardRun::Ink::Toned, m_text.ciTone);
    // How it differs counts more than the number of its release: that one comes only where both have room.
    const int both =
        left + small.horizontalAdvance(m_text.release) + space + small.horizontalAdvance(m_text.shortDistance);
    if (m_text.shortDistance.isEmpty() ? fits(m_text.release) : both <= right)
        put(m_text.release, CardRun::Ink::Muted, Tone::Neutral);
    const QString &far = fits(m_text.distance) ? m_text.distance
        : fits(m_text.shortDistance)           ? m_text.shortDistance
                                               : m_text.tinyDistance;
    if (fits(far))
        put(far, m_text.distanceTone == Tone::Neutral ? CardRun::Ink::Muted : CardRun::Ink::Toned, m_text.distanceTone);
}

void CardLayout::layFourth()
{
    const QFontMetrics small(m_metrics.small);
    const int right = m_width - m_metrics.pad;
    QSize size = badgeSize(m_badgeText, small);
    size.setWidth(qMin(size.width(), right - m_metrics.pad));
    m_badge = QRect(QPoint(m_metrics.pad, top(3) + (m_metrics.line - size.height()) / 2), size);
    if (m_text.address.isEmpty())
        return;
    const QString arrow = u" ↗"_s;
    const int copySize = m_metrics.line;
    const int left = m_badge.right() + m_metrics.unit * 2 + copySize;
    const int room = right - left - small.horizontalAdvance(arrow);
    if (room < 0)
        return;
    const QString shown = (shortened(m_text.address, small, room) + arrow).trimmed();
    const int width = small.horizontalAdvance(shown);
    m_link = QRect(right - width, top(3) - m_metrics.unit / 2, width, m_metrics.line + m_metrics.unit);
    m_copy = QRect(m_link.left() - copySize - m_metrics.unit, top(3), copySize, copySize);
    add(shown, right - width, right + m_metrics.unit, 3, CardRun::Face::Small, CardRun::Ink::Accent);
}

} // namespace Slipway
