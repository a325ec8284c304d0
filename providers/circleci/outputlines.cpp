// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/outputlines.h"

#include "models/domain/plaintext.h"
#include "providers/circleci/circleerrors.h"
#include "providers/circleci/phrases.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Slipway::CircleCi {

using namespace Qt::StringLiterals;

namespace {

/// Puts pieces of two streams together to lines.
class LineMaker
{
public:
    LineMaker(QString process, qsizetype most)
        : m_process(std::move(process))
        , m_most(most)
    { }

    void add(const QString &message, const QDateTime &at, bool isError)
    {
        QString &pending = m_pending[isError ? 1 : 0];
        m_at[isError ? 1 : 0] = at;
        qsizetype start = 0;
        for (qsizetype end = message.indexOf(u'\n'); end >= 0; end = message.indexOf(u'\n', start)) {
            pending += QStringView(message).mid(start, end - start);
            line(pending, at, isError);
            pending.clear();
            start = end + 1;
        }
        pending += QStringView(message).mid(start);
    }

    OutputLines take()
    {
        for (const int stream : {0, 1}) {
            if (!m_pending[stream].isEmpty())
                line(m_pending[stream], m_at[stream], stream == 1);
        }
        trim(m_most);
        return std::move(m_made);
    }

private:
    void line(const QString &raw, const QDateTime &at, bool isError)
    {
        constexpr qsizetype kLongest = 10000;
        QStringView text(raw);
        while (text.endsWith(u'\r'))
            text.chop(1);
        text = text.mid(text.lastIndexOf(u'\r') + 1);
        QString plain = plainText(text.toUtf8());
        if (plain.size() > kLongest)
            plain = plain.left(kLongest - 1) + u'…';
        m_made.lines.append(LogLine{at, m_process, isError, plain});
        if (m_made.lines.size() > 2 * m_most) // now and then, not for each line
            trim(m_most);
    }

    void trim(qsizetype most)
    {
        if (m_made.lines.size() <= most)
            return;
        m_made.lines.remove(0, m_made.lines.size() - most);
        m_made.whole = false;
    }

    QString m_process;
    qsizetype m_most;
    QString m_pending[2];
    QDateTime m_at[2];
    OutputLines m_made;
};

} // namespace

Result<OutputLines> outputLines(const QByteArray &json, const QString &process, const QDateTime &from, qsizetype most)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isArray() && !json.trimmed().isEmpty())
        return tl::unexpected(unreadable(Phrases::tr("give the output of “%1”").arg(process)));
    LineMaker maker(process, most);
    const QJsonArray pieces = document.array();
    for (const auto &piece : pieces) {
        const QJsonObject object = piece.toObject();
        const QDateTime told = QDateTime::fromString(object.value(u"time"_s).toString(), Qt::ISODateWithMs);
        maker.add(object.value(u"message"_s).toString(), told.isValid() ? told.toUTC() : from,
                  object.value(u"type"_s).toString() == u"err");
    }
    return maker.take();
}

} // namespace Slipway::CircleCi
