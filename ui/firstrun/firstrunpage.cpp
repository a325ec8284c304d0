// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/firstrun/firstrunpage.h"

#include "ui/theme/paint.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace Slipway {

namespace {

/// The sign of Slipway, large.
class Sign final : public QWidget
{
public:
    explicit Sign(QWidget *parent)
        : QWidget(parent)
    {
        const int size = fontMetrics().height() * 4;
        setFixedSize(size, size);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintBrand(painter, rect(), Theme::of(palette()));
    }
};

} // namespace

FirstRunPage::FirstRunPage(QWidget *parent)
    : Page(parent)
    , m_progress(new Label({}, Label::Look::Muted, this))
    , m_sample(new Button(tr("Try it with the sample shop"), Button::Look::Primary, this))
    , m_repository(new Button(tr("Add your repository…"), Button::Look::Plain, this))
{
    const int unit = unitOf(this);
    auto *box = new QWidget(this);
    box->setMaximumWidth(unit * 130);
    auto *column = new QVBoxLayout(box);
    column->setSpacing(3 * unit);
    auto *title = new Label(tr("Keep staging clean, promote with confidence"), Label::Look::Title, this);
    title->setWordWrap(true);
    auto *what = new Label(tr("Slipway shows a team’s pipeline as a board: dev environments, staging, production. Try "
                              "each change in an environment of its own, cloned from staging; accept it there; then "
                              "drag it to staging, and the identical build on to production."),
                           Label::Look::Normal, this);
    what->setWordWrap(true);
    auto *how = new Label(tr("The sample is a small shop whose environments really run on this computer. It can be "
                             "removed without a trace. Your own repository needs a Procfile; it is only read."),
                          Label::Look::Muted, this);
    how->setWordWrap(true);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(3 * unit);
    buttons->addWidget(m_sample);
    buttons->addWidget(m_repository);
    buttons->addStretch(1);
    m_progress->setWordWrap(true);
    column->addWidget(new Sign(this));
    column->addWidget(title);
    column->addWidget(what);
    column->addWidget(how);
    column->addSpacing(unit);
    column->addLayout(buttons);
    column->addWidget(m_progress);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(box, 100);
    row->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addLayout(row);
    layout->addStretch(3);
    m_progress->hide();
    setFocusProxy(m_sample);
    connect(m_sample, &Button::clicked, this, &FirstRunPage::sampleWanted);
    connect(m_repository, &Button::clicked, this, &FirstRunPage::repositoryWanted);
}

void FirstRunPage::setProgress(const QString &sentence)
{
    m_progress->setText(sentence);
    m_progress->setVisible(!sentence.isEmpty());
    m_sample->setEnabled(sentence.isEmpty());
    m_repository->setEnabled(sentence.isEmpty());
}

} // namespace Slipway
