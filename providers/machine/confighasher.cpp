// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/machine/confighasher.h"

#include <QFile>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <QSaveFile>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kKeyBytes = 32; ///< as long as the hash, SHA-256 (source: RFC 2104)

} // namespace

Result<ConfigHasher> ConfigHasher::open(const QString &file)
{
    ConfigHasher hasher;
    QFile known(file);
    if (known.open(QIODevice::ReadOnly))
        hasher.m_key = known.readAll();
    if (hasher.m_key.size() == kKeyBytes)
        return hasher;
    hasher.m_key.resize(kKeyBytes);
    QRandomGenerator::system()->generate(hasher.m_key.begin(), hasher.m_key.end());
    QSaveFile out(file);
    const bool open = out.open(QIODevice::WriteOnly);
    if (!open || !out.setPermissions(QFile::ReadOwner | QFile::WriteOwner) || out.write(hasher.m_key) != kKeyBytes
        || !out.commit())
        return fail(Error::Kind::Storage, u"Slipway cannot write %1: %2."_s.arg(file, out.errorString()),
                    u"Check that the folder belongs to you and that there is space."_s);
    return hasher;
}

QHash<QString, QString> ConfigHasher::hashes(const QMap<QString, QString> &values) const
{
    QHash<QString, QString> all;
    for (auto it = values.cbegin(); it != values.cend(); ++it) {
        const QByteArray code =
            QMessageAuthenticationCode::hash(it.value().toUtf8(), m_key, QCryptographicHash::Sha256);
        all.insert(it.key(), QString::fromLatin1(code.toHex()));
    }
    return all;
}

} // namespace Slipway
