// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/windowmemory.h"

#include <QMainWindow>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

const auto kGeometry = u"window/geometry"_s;
const auto kPipeline = u"window/pipeline"_s;
constexpr QSize kFirstSize(1440, 900); ///< the size the board was designed at

} // namespace

WindowMemory::WindowMemory(const QString &home)
    : m_file(home + u"/settings.ini"_s)
{ }

void WindowMemory::restore(QMainWindow &window) const
{
    const QSettings settings(m_file, QSettings::IniFormat);
    if (!window.restoreGeometry(settings.value(kGeometry).toByteArray()))
        window.resize(kFirstSize);
}

QString WindowMemory::lastPipeline() const
{
    return QSettings(m_file, QSettings::IniFormat).value(kPipeline).toString();
}

void WindowMemory::save(const QMainWindow &window, const QString &pipeline) const
{
    QSettings settings(m_file, QSettings::IniFormat);
    settings.setValue(kGeometry, window.saveGeometry());
    settings.setValue(kPipeline, pipeline);
}

} // namespace Slipway
