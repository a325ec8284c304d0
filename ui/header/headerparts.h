// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/pipeline.h"

#include <QAbstractButton>

#include <optional>

namespace Slipway {

/// Name in bold, where it comes from beside it; the latter gives way.
class HeaderTitle final : public QWidget
{
    Q_OBJECT
public:
    explicit HeaderTitle(QWidget *parent = nullptr);
    void setTitle(const QString &name, const QString &origin);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name;
    QString m_origin;
};

/// Looks like a search field, opens the palette.
class SearchButton final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit SearchButton(QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// "Live, just now" with a dot; a click asks the providers again.
class Freshness final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit Freshness(QWidget *parent = nullptr);
    void setStatus(const std::optional<AccountStatus> &status);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<AccountStatus> m_status;
};

} // namespace Slipway
