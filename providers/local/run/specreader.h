// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace Slipway::Run {

/// Takes typed values out of a JSON object. The first thing that is wrong becomes the error; what is read after it does
/// not count.
class SpecReader final
{
public:
    using Json = nlohmann::json;

    SpecReader(const Json &object, std::string where, std::string &error);

    std::string text(const char *key); ///< Required, not empty.
    std::string optionalText(const char *key); ///< Empty when absent.
    std::string path(const char *key); ///< Required, absolute.
    std::string word(const char *key); ///< Required: letters, digits and `._-`, fit for a file name.
    bool flag(const char *key, bool otherwise);
    std::int64_t number(const char *key, std::int64_t otherwise, std::int64_t least, std::int64_t most);
    std::vector<std::string> words(const char *key); ///< As word(); none when absent.
    std::map<std::string, std::string> variables(const char *key);
    const Json *object(const char *key); ///< Null when absent.
    const Json *list(const char *key); ///< Required, not empty. Null when wrong.

private:
    const Json *find(const char *key) const;
    void expect(const char *key, const std::string &expected);

    const Json &m_object;
    std::string m_where; ///< "" or "processes[0]."
    std::string &m_error;
};

} // namespace Slipway::Run
