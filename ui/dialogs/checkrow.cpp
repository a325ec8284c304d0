// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/checkrow.h"

#include "models/domain/operation.h"
#include "models/domain/preflight.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/button.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

constexpr int kLongDetail = 24; ///< characters; a longer one wraps

struct Standing
{
    CheckSign::Shape shape = CheckSign::Shape::Dash;
    QString word;
    Label::Look look = Label::Look::Muted;
};

Standing standing(CheckResult result)
{
    switch (result) {
    case CheckResult::Pass:
        return {CheckSign::Shape::Tick, Words::tr("Passed")};
    case CheckResult::Warn:
        return {CheckSign::Shape::Exclamation, Words::tr("Warning"), Label::Look::Warning};
    case CheckResult::Block:
        return {CheckSign::Shape::Cross, Words::tr("Blocked"), Label::Look::Error};
    case CheckResult::Off:
        break;
    }
    return {CheckSign::Shape::Dash, Words::tr("Off")};
}

Standing standing(StepState state)
{
    switch (state) {
    case StepState::Done:
        return {CheckSign::Shape::Tick, Words::tr("Done")};
    case StepState::Running:
        return {CheckSign::Shape::Ring, Words::tr("Running")};
    case StepState::Failed:
        return {CheckSign::Shape::Cross, Words::tr("Failed"), Label::Look::Error};
    case StepState::Undone:
        return {CheckSign::Shape::Arrow, Words::tr("Taken back")};
    case StepState::Skipped:
        return {CheckSign::Shape::Dash, Words::tr("Skipped")};
    case StepState::Pending:
        break;
    }
    return {CheckSign::Shape::Dash, Words::tr("Not done")};
}

QString word(ConfigDifference::Kind kind)
{
    switch (kind) {
    case ConfigDifference::Kind::Missing:
        return Words::tr("missing there");
    case ConfigDifference::Kind::Different:
        return Words::tr("different");
    case ConfigDifference::Kind::Extra:
        break;
    }
    return Words::tr("only there");
}

/// "Blocked: Not accepted yet, open dev3 and look."
QString sentence(const QString &standing, const QString &text, const QString &more)
{
    return more.isEmpty() ? u"%1: %2"_s.arg(standing, text) : u"%1: %2, %3"_s.arg(standing, text, more);
}

} // namespace

CheckRow::CheckRow(const Check &check, QWidget *parent)
    : QWidget(parent)
{
    const Standing how = standing(check.result);
    const bool passed = check.result == CheckResult::Pass;
    build({new CheckSign(how.shape, this), check.text, passed ? QString() : how.word, how.look, check.detail, {}});
    setAccessibleName(sentence(how.word, check.text, check.detail));
    addLink(check.link, check.text);
}

CheckRow::CheckRow(const Commit &commit, QWidget *parent)
    : QWidget(parent)
{
    auto *id = new Label(Words::shortVersion(commit.id), Label::Look::Muted, this);
    id->setFont(monoFont(font()));
    id->setMinimumWidth(QFontMetrics(id->font()).horizontalAdvance(u"0000000000"_s));
    build({id, commit.subject, {}, Label::Look::Muted, Words::age(commit.at), {}});
    setAccessibleName(
        Words::tr("Commit %1: %2, %3").arg(Words::shortVersion(commit.id), commit.subject, Words::ago(commit.at)));
}

CheckRow::CheckRow(const ConfigDifference &difference, QWidget *parent)
    : QWidget(parent)
{
    const bool missing = difference.kind == ConfigDifference::Kind::Missing;
    const QString how = word(difference.kind);
    build({new CheckSign(missing ? CheckSign::Shape::Exclamation : CheckSign::Shape::Dash, this),
           difference.key,
           how,
           missing ? Label::Look::Warning : Label::Look::Muted,
           difference.target,
           {}});
    setAccessibleName(sentence(Words::tr("Config key %1").arg(difference.key), how, difference.target));
}

CheckRow::CheckRow(const OperationStep &step, QWidget *parent)
    : QWidget(parent)
{
    const Standing how = standing(step.state);
    const qint64 took = step.startedAt.isValid() && step.endedAt.isValid() ? step.startedAt.msecsTo(step.endedAt) : -1;
    build({new CheckSign(how.shape, this), step.name, how.word, how.look, Words::duration(took), step.text});
    setAccessibleName(sentence(how.word, step.name, step.text));
}

void CheckRow::build(const Parts &parts)
{
    const int unit = unitOf(this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(unit);
    layout->addWidget(parts.sign, 0, Qt::AlignTop);
    auto *left = new QVBoxLayout;
    left->setSpacing(unit / 2);
    const auto add = [this](QVBoxLayout *to, const QString &text, Label::Look look, Qt::Alignment side) {
        auto *label = new Label(text, look, this);
        label->setWordWrap(side == Qt::AlignLeft || text.size() > kLongDetail);
        label->setAlignment(side | Qt::AlignTop);
        to->addWidget(label);
    };
    add(left, parts.text, Label::Look::Normal, Qt::AlignLeft);
    if (!parts.below.isEmpty())
        add(left, parts.below, Label::Look::Muted, Qt::AlignLeft);
    left->addStretch(1);
    layout->addLayout(left, 3);
    m_aside = new QWidget(this);
    auto *right = new QVBoxLayout(m_aside);
    right->setContentsMargins({});
    right->setSpacing(unit / 2);
    if (!parts.word.isEmpty())
        add(right, parts.word, parts.look, Qt::AlignRight);
    if (!parts.detail.isEmpty())
        add(right, parts.detail, Label::Look::Muted, Qt::AlignRight);
    layout->addWidget(m_aside, parts.detail.size() > kLongDetail ? 2 : 0, Qt::AlignTop);
    m_aside->setVisible(right->count() > 0);
}

void CheckRow::addLink(const QString &link, const QString &blocker)
{
    const auto ref = EnvironmentRef::parse(link);
    const QUrl url(link);
    if (!isOpenable(url) && !ref.isValid())
        return;
    const QString text = isOpenable(url) ? tr("Open %1").arg(url.host()) : tr("Show %1").arg(ref.name);
    auto *button = new Button(text, Button::Look::Link, this);
    button->setAccessibleName(tr("%1: %2").arg(text, blocker));
    button->setObjectName(u"link-"_s + link);
    button->setToolTip(isOpenable(url) ? url.toDisplayString().toHtmlEscaped() : QString());
    connect(button, &Button::clicked, this, [this, link] { Q_EMIT linkActivated(link); });
    static_cast<QVBoxLayout *>(m_aside->layout())->addWidget(button, 0, Qt::AlignRight);
    m_aside->show();
}

} // namespace Slipway
