// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/checkrow.h"

#include "models/domain/preflight.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

/// ✓ ! ✕ drawn, not typed: every font has them at another size.
class CheckSign final : public QWidget
{
public:
    CheckSign(CheckResult result, QWidget *parent)
        : QWidget(parent)
        , m_result(result)
    {
        const int size = fontMetrics().height();
        setFixedSize(size + unitOf(this) * 2, size);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Tone tone = m_result == CheckResult::Pass ? Tone::Good
            : m_result == CheckResult::Warn             ? Tone::Warn
            : m_result == CheckResult::Block            ? Tone::Bad
                                                        : Tone::Neutral;
        const double side = height();
        painter.setPen(QPen(theme.ink(tone), side / 9, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.scale(side, side);
        painter.setPen(QPen(theme.ink(tone), 0.11, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        switch (m_result) {
        case CheckResult::Pass:
            painter.drawPolyline(QPolygonF{{0.16, 0.54}, {0.38, 0.76}, {0.76, 0.28}});
            break;
        case CheckResult::Warn:
            painter.drawLine(QPointF(0.45, 0.2), QPointF(0.45, 0.58));
            painter.drawPoint(QPointF(0.45, 0.8));
            break;
        case CheckResult::Block:
            painter.drawLine(QPointF(0.22, 0.26), QPointF(0.7, 0.74));
            painter.drawLine(QPointF(0.7, 0.26), QPointF(0.22, 0.74));
            break;
        case CheckResult::Off:
            painter.drawLine(QPointF(0.24, 0.5), QPointF(0.68, 0.5));
            break;
        }
    }

private:
    CheckResult m_result;
};

QString spoken(CheckResult result)
{
    switch (result) {
    case CheckResult::Pass:
        return Words::tr("Passed");
    case CheckResult::Warn:
        return Words::tr("Warning");
    case CheckResult::Block:
        return Words::tr("Blocked");
    case CheckResult::Off:
        break;
    }
    return Words::tr("Off");
}

} // namespace

CheckRow::CheckRow(const Check &check, QWidget *parent)
    : QWidget(parent)
{
    build(new CheckSign(check.result, this), check.text, check.detail);
    setAccessibleName(check.detail.isEmpty() ? u"%1: %2"_s.arg(spoken(check.result), check.text)
                                             : u"%1: %2, %3"_s.arg(spoken(check.result), check.text, check.detail));
}

CheckRow::CheckRow(const Commit &commit, QWidget *parent)
    : QWidget(parent)
{
    auto *id = new Label(Words::shortVersion(commit.id), Label::Look::Muted, this);
    id->setFont(monoFont(font()));
    id->setMinimumWidth(QFontMetrics(id->font()).horizontalAdvance(u"0000000000"_s));
    build(id, commit.subject, Words::age(commit.at));
}

void CheckRow::build(QWidget *sign, const QString &text, const QString &detail)
{
    const int unit = unitOf(this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(unit);
    auto *said = new Label(text, Label::Look::Normal, this);
    said->setWordWrap(true);
    said->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    layout->addWidget(sign, 0, Qt::AlignTop);
    layout->addWidget(said, 3);
    if (!detail.isEmpty()) {
        auto *aside = new Label(detail, Label::Look::Muted, this);
        aside->setWordWrap(detail.size() > 24);
        aside->setAlignment(Qt::AlignRight | Qt::AlignTop);
        layout->addWidget(aside, detail.size() > 24 ? 2 : 0);
    }
}

} // namespace Slipway
