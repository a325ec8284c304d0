// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/comparisonmodel.h"
#include "models/domain/environment.h"
#include "ui/dialogs/sheet.h"

class QComboBox;
class QListView;

namespace Slipway {

/// Which changes one environment has and another has not, by pull request, either way round. Shows what it was given
/// and asks for the rest a part at a time, as it is scrolled.
class CompareDialog final : public Sheet
{
    Q_OBJECT
public:
    /// Begins with what the first environment has and the second has not; both are names of `environments`.
    CompareDialog(const QString &pipeline, const QList<Environment> &environments, const QString &has,
                  const QString &lacks);
    /// The answer to wanted(); one to a question of before is dropped.
    void take(const CommitPair &commits, const CommitRange &range, const Result<Comparison> &part);
    void start() override;

Q_SIGNALS:
    void wanted(const QString &pipeline, const Slipway::CommitPair &commits, const Slipway::CommitRange &range);
    void linkWanted(const QUrl &url);

private:
    void fill(QComboBox *box, const QString &name);
    QString versionOf(const QComboBox *box) const;
    void begin(); ///< another pair was chosen
    void ask(); ///< for the next part
    void swap();
    void tell(); ///< how far apart they are, in a sentence
    void judge(); ///< what can be opened
    void say(const QString &sentence); ///< in place of the rows
    CommitGroup chosen() const; ///< without commits: none is

    QString m_pipeline;
    QList<Environment> m_environments;
    QComboBox *m_has;
    QComboBox *m_lacks;
    QListView *m_list;
    Label *m_words;
    Button *m_open;
    CommitPair m_commits;
    ComparisonModel *m_changes;
};

} // namespace Slipway
