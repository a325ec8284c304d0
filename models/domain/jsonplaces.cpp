// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/jsonplaces.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Slipway {
namespace {

/// Walks a text that is known to be JSON; looks at structure only.
class Walker
{
public:
    Walker(const QByteArray &text, const QStringList &path)
        : m_text(text)
        , m_path(path)
    { }
    qsizetype find()
    {
        value(0);
        return m_found;
    }

private:
    char peek()
    {
        while (m_at < m_text.size()
               && (m_text.at(m_at) == ' ' || m_text.at(m_at) == '\t' || m_text.at(m_at) == '\n'
                   || m_text.at(m_at) == '\r' || m_text.at(m_at) == ',' || m_text.at(m_at) == ':'))
            ++m_at;
        return m_at < m_text.size() ? m_text.at(m_at) : '\0';
    }

    QString string()
    {
        const qsizetype start = m_at++;
        while (m_at < m_text.size() && m_text.at(m_at) != '"')
            m_at += m_text.at(m_at) == '\\' ? 2 : 1;
        ++m_at;
        // Escapes are Qt's to read.
        return QJsonDocument::fromJson('[' + m_text.mid(start, m_at - start) + ']').array().at(0).toString();
    }

    /// `depth` parts of the path lead to this value; -1: it is beside the path.
    void value(int depth)
    {
        const char first = peek();
        if (first == '{' || first == '[') {
            ++m_at;
            for (int index = 0; peek() != '}' && peek() != ']' && m_at < m_text.size(); ++index)
                member(depth, first == '{', index);
            ++m_at;
        } else if (first == '"') {
            string();
        } else {
            while (m_at < m_text.size() && !QByteArrayView(",]} \t\r\n").contains(m_text.at(m_at)))
                ++m_at;
        }
    }

    void member(int depth, bool named, int index)
    {
        const qsizetype place = m_at;
        const QString key = named ? string() : QString::number(index);
        const bool onPath = depth >= 0 && depth < m_path.size() && m_path.at(depth) == key;
        if (onPath)
            m_found = place;
        value(onPath ? depth + 1 : -1);
    }

    const QByteArray &m_text;
    const QStringList &m_path;
    qsizetype m_at = 0;
    qsizetype m_found = 0;
};

} // namespace

int lineOfOffset(const QByteArray &text, qsizetype offset)
{
    return static_cast<int>(text.left(offset).count('\n')) + 1;
}

int lineOfPath(const QByteArray &json, const QStringList &path)
{
    return lineOfOffset(json, Walker(json, path).find());
}

} // namespace Slipway
