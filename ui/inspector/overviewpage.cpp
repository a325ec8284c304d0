// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/overviewpage.h"

#include "models/board/cardwords.h"
#include "ui/inspector/logview.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/field.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/taborder.h"

#include <QApplication>
#include <QGridLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

QString coloured(const QString &text, const QColor &ink)
{
    return u"<span style='color:%1'>%2</span>"_s.arg(ink.name(), text.toHtmlEscaped());
}

QString link(const QString &target, const QString &text, const QColor &ink)
{
    return u"<a href='%1' style='color:%2; text-decoration:none'>%3</a>"_s.arg(target.toHtmlEscaped(), ink.name(),
                                                                               text.toHtmlEscaped());
}

QString linked(const QUrl &url, const QColor &ink)
{
    return link(url.toString(QUrl::FullyEncoded), url.toDisplayString(), ink);
}

} // namespace

OverviewPage::OverviewPage(LogModel &logs, QWidget *parent)
    : QWidget(parent)
    , m_scroll(new QScrollArea(this))
    , m_form(new QGridLayout)
{
    // Large text in a small window is scrolled to, not cut off.
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins({});
    whole->addWidget(m_scroll);
    auto *page = new QWidget(m_scroll);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    const int unit = unitOf(this);
    m_form->setContentsMargins(4 * unit, 3 * unit, 4 * unit, 3 * unit);
    m_form->setHorizontalSpacing(4 * unit);
    m_form->setVerticalSpacing(unit + unit / 2);
    m_form->setColumnStretch(1, 1);
    layout->addLayout(m_form);
    buildAcceptance(layout);
    m_log = new LogView(logs, this);
    m_log->setMinimumHeight(fontMetrics().height() * 4);
    m_log->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored); // gets what is left, its minimum at least
    m_log->setEmptyText(tr("Nothing logged yet."));
    layout->addWidget(m_log, 1);
    m_scroll->setWidget(page);
    page->setAutoFillBackground(false); // the scroll area wants one
    m_scroll->viewport()->setAutoFillBackground(false);
}

QString OverviewPage::title(Row row)
{
    switch (row) {
    case Trouble:
        return tr("Problem");
    case ChangeRow:
        return tr("Change");
    case AlsoRow:
        return tr("Also has");
    case VersionRow:
        return tr("Version");
    case CiRow:
        return tr("CI");
    case HoldRow:
        return tr("Hold");
    case QueueRow:
        return tr("Queue");
    case TimeRow:
        return tr("Time");
    case AddressRow:
        return tr("Address");
    case DirectRow:
        return tr("Direct");
    case ProcessesRow:
        return tr("Processes");
    case DataRow:
        return tr("Data");
    case Rows:
        break;
    }
    return {};
}

void OverviewPage::makeRow(Row row)
{
    QWidget *page = m_scroll->widget();
    auto *name = new Label(title(row), Label::Look::Muted, page);
    auto *value = new Label({}, row == Trouble ? Label::Look::Error : Label::Look::Normal, page);
    value->setWordWrap(true);
    const bool links = row == AddressRow || row == ChangeRow || row == CiRow;
    value->setTextInteractionFlags(links ? Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard
                                         : Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setFocusPolicy(row == AddressRow ? Qt::StrongFocus : Qt::ClickFocus);
    name->setBuddy(value);
    m_form->addWidget(name, row, 0, Qt::AlignTop | Qt::AlignLeft);
    m_form->addWidget(value, row, 1, Qt::AlignTop);
    m_names.at(row) = name;
    m_values.at(row) = value;
    m_ordered = false;
    if (row == AddressRow)
        connect(value, &QLabel::linkActivated, this, &OverviewPage::openWanted);
    else if (row == CiRow)
        connect(value, &QLabel::linkActivated, this, &OverviewPage::checksWanted);
    else if (row == ChangeRow)
        connect(value, &QLabel::linkActivated, this, [this] {
            if (m_card.environment.release)
                Q_EMIT linkWanted(m_card.environment.release->change.url);
        });
}

/// Tab and screen readers go downwards, whichever row was made last.
void OverviewPage::orderRows()
{
    if (std::exchange(m_ordered, true))
        return;
    QWidget *before = m_scroll;
    for (size_t row = 0; row < Rows; ++row) {
        if (!m_values.at(row))
            continue;
        placeInTabOrder(before, m_values.at(row));
        before = m_values.at(row);
        m_names.at(row)->raise();
        m_values.at(row)->raise();
    }
    m_acceptance->raise();
    m_log->raise();
}

void OverviewPage::buildAcceptance(QVBoxLayout *layout)
{
    const int unit = unitOf(this);
    m_acceptance = new Panel(Qt::TopEdge, this);
    auto *box = new QVBoxLayout(m_acceptance);
    box->setContentsMargins(4 * unit, 3 * unit, 4 * unit, 3 * unit);
    box->setSpacing(2 * unit);
    m_acceptTitle = new Label(tr("Acceptance"), Label::Look::Heading, m_acceptance);
    m_said = new Label({}, Label::Look::Muted, m_acceptance);
    m_said->setWordWrap(true);
    m_note = new Field(m_acceptance);
    m_note->setPlaceholderText(tr("Note for the author"));
    m_note->setAccessibleName(tr("Note for the author; needed to request changes"));
    m_accept = new Button(tr("Accept"), Button::Look::Plain, m_acceptance);
    m_reject = new Button(tr("Request changes"), Button::Look::Plain, m_acceptance);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(2 * unit);
    buttons->addWidget(m_accept);
    buttons->addWidget(m_reject);
    buttons->addStretch(1);
    box->addWidget(m_acceptTitle);
    box->addWidget(m_said);
    box->addWidget(m_note);
    box->addLayout(buttons);
    layout->addWidget(m_acceptance);
    connect(m_accept, &Button::clicked, this, [this] { give(VerdictState::Accepted); });
    connect(m_reject, &Button::clicked, this, [this] { give(VerdictState::ChangesRequested); });
    const auto judge = [this] {
        const bool noted = !m_note->text().trimmed().isEmpty();
        m_reject->setToolTip(noted ? QString() : tr("Write in the note what has to change."));
    };
    connect(m_note, &QLineEdit::textChanged, this, judge);
    judge();
}

void OverviewPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    // The colours of dressed rows are in their text.
    if (event->type() == QEvent::PaletteChange && !m_card.id().startsWith(u'/'))
        setCard(m_card, m_around);
}

void OverviewPage::setRow(Row row, const QString &value)
{
    setRow(row, value, {});
}

void OverviewPage::setRow(Row row, const QString &value, const QString &html)
{
    if (!m_values.at(row)) {
        if (value.isEmpty())
            return;
        makeRow(row);
    }
    m_values.at(row)->setTextFormat(html.isEmpty() ? Qt::PlainText : Qt::RichText);
    m_values.at(row)->setText(html.isEmpty() ? value : html);
    m_values.at(row)->setAccessibleName(value);
    m_values.at(row)->setVisible(!value.isEmpty());
    m_names.at(row)->setVisible(!value.isEmpty());
}

void OverviewPage::setCard(const Card &card, const Around &around)
{
    if (m_card.id() != card.id())
        m_note->clear();
    m_card = card;
    m_around = around;
    const Environment &environment = card.environment;
    QString trouble;
    if (card.operation && card.operation->state == OperationState::Failed && card.operation->error) {
        trouble = card.operation->error->text();
        // What it wrote stands in the log below; its last words are what it died of.
        const QStringList lines = card.operation->error->detail().split(u'\n', Qt::SkipEmptyParts);
        if (!lines.isEmpty())
            trouble += u"\n"_s + lines.mid(qMax<qsizetype>(0, lines.size() - 3)).join(u'\n');
    } else if (environment.state == EnvironmentState::Crashed) {
        trouble = environment.stateText.isEmpty() ? tr("It crashed.") : environment.stateText;
    }
    setRow(Trouble, trouble);
    setRelease(environment);
    setRow(AlsoRow, around.alsoHas);
    const Theme &theme = Theme::of(QApplication::palette());
    setCi(environment.ci);
    setRow(AddressRow, environment.address.toDisplayString(),
           isOpenable(environment.address) ? linked(environment.address, theme.accent) : QString());
    setRow(DirectRow,
           environment.directAddress == environment.address ? QString() : environment.directAddress.toDisplayString());
    setRow(ProcessesRow, Words::processes(environment.processes));
    setRow(DataRow, environment.dataNote);
    setWaiting(card);
    orderRows();
    setVerdict(card);
}

void OverviewPage::setCi(const CiStatus &status)
{
    const Theme &theme = Theme::of(QApplication::palette());
    const QString ci = Words::ci(status);
    const QString dressed = coloured(ci, theme.ink(Words::ciTone(status.state)));
    if (m_around.checked) {
        const QString more = link(u"checks"_s, tr("Checks"), theme.accent);
        setRow(CiRow, ci.isEmpty() ? tr("Checks") : tr("%1, more in Checks").arg(ci),
               ci.isEmpty() ? more : u"%1 · %2"_s.arg(dressed, more));
    } else {
        setRow(CiRow, ci, ci.isEmpty() ? QString() : dressed);
    }
    if (Label *value = m_values.at(CiRow))
        value->setFocusPolicy(m_around.checked ? Qt::StrongFocus : Qt::ClickFocus);
}

/// Who holds staging, what waits for it and when the environment's time is up.
void OverviewPage::setWaiting(const Card &card)
{
    const bool dev = card.environment.stage == Stage::Development;
    QString queue;
    if (m_around.gauge && dev && card.queuePlace > 0 && card.queuePlace <= m_around.gauge->queue.size()) {
        const QueuedChange &row = m_around.gauge->queue.at(card.queuePlace - 1);
        queue = row.ready ? tr("%1, ready").arg(CardWords::queuePlace(card.queuePlace))
                          : tr("%1, waits for: %2").arg(CardWords::queuePlace(card.queuePlace), row.waitsFor);
    } else if (m_around.gauge && card.environment.stage == Stage::Staging && !m_around.gauge->queue.isEmpty()) {
        queue = Words::some(int(m_around.gauge->queue.size()), tr("1 change waits"), tr("%1 changes wait"));
    }
    const bool held =
        m_around.gauge && m_around.gauge->hold && !dev; // a dev environment that waits for it says so in its queue
    setRow(HoldRow, held ? Words::holdSentence(*m_around.gauge->hold) : QString());
    setRow(QueueRow, queue);
    QString time = CardWords::lifetime(card.lifetime, QDateTime::currentDateTimeUtc());
    if (card.lifetime) {
        const QDateTime end = card.lifetime->shutDownAt.isValid() ? card.lifetime->shutDownAt : card.lifetime->ends;
        time = tr("%1, %2").arg(time.left(1).toUpper() + time.mid(1), Words::when(end));
        if (!card.lifetime->keptBy.isEmpty())
            time = tr("%1; kept by %2").arg(time, card.lifetime->keptBy);
    }
    setRow(TimeRow, time);
}

void OverviewPage::setRelease(const Environment &environment)
{
    const auto &release = environment.release;
    if (!release) {
        setRow(ChangeRow, tr("Nothing deployed yet"));
        setRow(VersionRow, {});
        return;
    }
    const Theme &theme = Theme::of(QApplication::palette());
    const QString title = release->change.title;
    const QString origin = Words::origin(*release);
    const bool opens = !release->uncommitted && release->change.number && isOpenable(release->change.url);
    if (origin.isEmpty() || origin == title)
        setRow(ChangeRow, title);
    else
        setRow(ChangeRow, u"%1 %2"_s.arg(title, origin),
               u"%1 %2"_s.arg(title.toHtmlEscaped(),
                              opens ? link(u"change"_s, origin, theme.accent) : coloured(origin, theme.muted)));
    if (Label *value = m_values.at(ChangeRow))
        value->setFocusPolicy(opens ? Qt::StrongFocus : Qt::ClickFocus);
    QStringList rest{Words::distanceSentence(environment), tr("release v%1").arg(release->number)};
    rest.removeAll(QString());
    const QString version = Words::shortVersion(release->version);
    if (version.isEmpty()) {
        setRow(VersionRow, rest.join(u", "_s));
        return;
    }
    const QFont face = monoFont(font());
    const QString size = face.pointSizeF() > 0 ? u"%1pt"_s.arg(face.pointSizeF()) : u"%1px"_s.arg(face.pixelSize());
    const QString mono = u"<span style=\"font-family:'%1'; font-size:%2; color:%3\">%4</span>"_s.arg(
        face.family().toHtmlEscaped(), size, theme.muted.name(), version.toHtmlEscaped());
    setRow(VersionRow, u"%1, %2"_s.arg(version, rest.join(u", "_s)),
           u"%1, %2"_s.arg(mono, rest.join(u", "_s).toHtmlEscaped()));
}

void OverviewPage::setVerdict(const Card &card)
{
    const bool production = card.environment.stage == Stage::Production;
    m_acceptance->setVisible(!production && card.environment.release.has_value());
    m_acceptTitle->setText(card.environment.stage == Stage::Staging ? tr("Spot check") : tr("Acceptance"));
    QString said;
    if (card.verdict.state == VerdictState::Accepted)
        said = tr("Accepted by %1, %2").arg(card.verdict.by, Words::when(card.verdict.at));
    else if (card.verdict.state == VerdictState::ChangesRequested)
        said = tr("Changes requested by %1, %2").arg(card.verdict.by, Words::when(card.verdict.at));
    else if (card.verdictVoid() && card.earlier.state == VerdictState::Accepted)
        said = tr("Accepted by %1, %2, then changed: that was an earlier version. Look again.")
                   .arg(card.earlier.by, Words::when(card.earlier.at));
    else if (card.verdictVoid())
        said = tr("Changes requested by %1, %2. It has changed since: look again.")
                   .arg(card.earlier.by, Words::when(card.earlier.at));
    else
        said = tr("Nobody has said anything about this version yet.");
    if (const QString &note = card.verdictVoid() ? card.earlier.note : card.verdict.note; !note.isEmpty())
        said += u"\n“"_s + note + u"”"_s;
    m_said->setText(said);
}

void OverviewPage::give(VerdictState state)
{
    const QString note = m_note->text().trimmed();
    if (state == VerdictState::ChangesRequested && note.isEmpty()) {
        m_note->setPlaceholderText(tr("What has to change?"));
        m_note->setFocus();
        return;
    }
    Q_EMIT verdictGiven({m_card.environment.pipeline, m_card.environment.name, state, note});
    m_note->clear();
}

} // namespace Slipway
