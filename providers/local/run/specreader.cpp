// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "specreader.h"

#include <algorithm>
#include <string_view>

namespace Slipway::Run {

namespace {

constexpr std::size_t kMaxWord = 100; // with the day and ".log.4" still a legal file name

bool isWord(const std::string &text)
{
    constexpr std::string_view marks = "._-";
    return !text.empty() && text.size() <= kMaxWord && text.front() != '.'
        && std::all_of(text.begin(), text.end(), [&marks](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                   || marks.find(c) != std::string_view::npos;
           });
}

bool hasNul(const std::string &text)
{
    return text.find('\0') != std::string::npos;
}

} // namespace

SpecReader::SpecReader(const Json &object, std::string where, std::string &error)
    : m_object(object)
    , m_where(std::move(where))
    , m_error(error)
{ }

const SpecReader::Json *SpecReader::find(const char *key) const
{
    const auto at = m_object.find(key);
    return at == m_object.end() || at->is_null() ? nullptr : &*at;
}

void SpecReader::expect(const char *key, const std::string &expected)
{
    if (!m_error.empty())
        return;
    const Json *value = find(key);
    m_error = "\"" + m_where + key + "\" must be " + expected + (value ? "" : ", but is missing");
    if (value && value->is_primitive())
        m_error += ", but is " + value->dump(-1, ' ', false, Json::error_handler_t::replace).substr(0, 80);
    else if (value)
        m_error += std::string(", but is an ") + value->type_name();
}

std::string SpecReader::text(const char *key)
{
    const Json *value = find(key);
    if (!value || !value->is_string() || value->get_ref<const std::string &>().empty()
        || hasNul(value->get_ref<const std::string &>())) {
        expect(key, "a text that is not empty");
        return {};
    }
    return value->get<std::string>();
}

std::string SpecReader::optionalText(const char *key)
{
    return find(key) ? text(key) : std::string{};
}

std::string SpecReader::path(const char *key)
{
    std::string value = text(key);
    if (!value.empty() && value.front() != '/')
        expect(key, "an absolute path");
    return value;
}

std::string SpecReader::word(const char *key)
{
    std::string value = text(key);
    if (!value.empty() && !isWord(value))
        expect(key, "up to 100 letters, digits, dots, dashes and underscores, not starting with a dot");
    return value;
}

std::vector<std::string> SpecReader::words(const char *key)
{
    std::vector<std::string> all;
    const Json *value = find(key);
    if (!value)
        return all;
    const bool good = value->is_array() && std::all_of(value->begin(), value->end(), [](const Json &one) {
                          return one.is_string() && isWord(one.get_ref<const std::string &>());
                      });
    if (!good)
        expect(key, "a list of names");
    else
        all = value->get<std::vector<std::string>>();
    return all;
}

bool SpecReader::flag(const char *key, bool otherwise)
{
    const Json *value = find(key);
    if (value && !value->is_boolean())
        expect(key, "true or false");
    return value && value->is_boolean() ? value->get<bool>() : otherwise;
}

std::int64_t SpecReader::number(const char *key, std::int64_t otherwise, std::int64_t least, std::int64_t most)
{
    const Json *value = find(key);
    if (!value)
        return otherwise;
    if (!value->is_number_integer() || value->get<std::int64_t>() < least || value->get<std::int64_t>() > most) {
        expect(key, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
        return otherwise;
    }
    return value->get<std::int64_t>();
}

std::map<std::string, std::string> SpecReader::variables(const char *key)
{
    std::map<std::string, std::string> all;
    const Json *value = find(key);
    if (!value)
        return all;
    if (!value->is_object()) {
        expect(key, "an object of names and texts");
        return all;
    }
    for (const auto &[name, text] : value->items()) {
        const std::string shown = std::string(key) + "." + name;
        const bool badName = name.empty() || name.find('=') != std::string::npos || hasNul(name);
        if (badName && m_error.empty())
            m_error = "\"" + m_where + shown + "\" must be named without \"=\"";
        else if ((!text.is_string() || hasNul(text.get_ref<const std::string &>())) && m_error.empty())
            m_error = "\"" + m_where + shown + "\" must be a text without zero bytes"; // its value may be a secret
        else if (m_error.empty())
            all.emplace(name, text.get<std::string>());
    }
    return all;
}

const SpecReader::Json *SpecReader::object(const char *key)
{
    const Json *value = find(key);
    if (value && !value->is_object())
        expect(key, "an object");
    return value && value->is_object() ? value : nullptr;
}

const SpecReader::Json *SpecReader::list(const char *key)
{
    const Json *value = find(key);
    if (value && value->is_array() && !value->empty())
        return value;
    expect(key, "a list with at least one entry");
    return nullptr;
}

} // namespace Slipway::Run
