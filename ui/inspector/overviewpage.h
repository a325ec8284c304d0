// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/card.h"
#include "models/domain/decision.h"
#include "models/domain/intent.h"

#include <QWidget>

#include <array>

class QGridLayout;
class QLineEdit;
class QScrollArea;
class QVBoxLayout;

namespace Slipway {

class Button;
class Label;
class LogModel;
class LogView;

/// What runs, how it differs, the verdict, and the last log lines.
class OverviewPage final : public QWidget
{
    Q_OBJECT
public:
    explicit OverviewPage(LogModel &logs, QWidget *parent = nullptr);
    /// What is said of a card beside itself.
    struct Around
    {
        std::optional<StagingGauge> gauge; ///< of its pipeline, where that says something about this card
        QString alsoHas; ///< changes it has beside its own: "#479, #476"
        bool checked = false; ///< more is known of what CI says of it, see checksWanted()
    };
    void setCard(const Card &card, const Around &around);
    LogView &logView() { return *m_log; }

Q_SIGNALS:
    void verdictGiven(const Slipway::VerdictIntent &verdict);
    void openWanted();
    void checksWanted(); ///< what CI says of it, in full
    void linkWanted(const QUrl &url); ///< the page of its change

protected:
    void changeEvent(QEvent *event) override;

private:
    enum Row {
        Trouble,
        ChangeRow,
        AlsoRow,
        VersionRow,
        CiRow,
        HoldRow,
        QueueRow,
        TimeRow,
        AddressRow,
        DirectRow,
        ProcessesRow,
        DataRow,
        Rows
    };
    static QString title(Row row);
    void makeRow(Row row); ///< when it has something to say for the first time
    void orderRows();
    void buildAcceptance(QVBoxLayout *layout);
    void setRow(Row row, const QString &value);
    /// `html`: the same words, dressed; every part of it that is not ours is escaped.
    void setRow(Row row, const QString &value, const QString &html);
    void setRelease(const Environment &environment);
    void setCi(const CiStatus &status);
    void setWaiting(const Card &card);
    void setVerdict(const Card &card);
    void give(VerdictState state);

    Card m_card;
    Around m_around;
    QScrollArea *m_scroll;
    QGridLayout *m_form;
    std::array<Label *, Rows> m_names{}; ///< nullptr: nothing to say so far
    std::array<Label *, Rows> m_values{};
    bool m_ordered = true;
    QWidget *m_acceptance;
    Label *m_acceptTitle;
    Label *m_said;
    QLineEdit *m_note;
    Button *m_accept;
    Button *m_reject;
    LogView *m_log;
};

} // namespace Slipway
