// The one JSON type of the program. Keys keep the order they were written in,
// so that what we emit is the same bytes every time.
// Tested by tests/base/base_test.cpp.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

// Compiled once, in json.cpp: else every file would do it again.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace simulate {

using Json = nlohmann::ordered_json;

// Compact text; bytes that are not UTF-8 become U+FFFD. Never throws. The same
// text as Json::dump, five times as fast where strings are long.
std::string to_text(const Json& value);

// Appends `text` as a JSON string, quotes included.
void append_string(std::string& target, std::string_view text);

// Nothing when `text` is not JSON, nests deeper than 200 levels or has so many
// keys in its objects (some 6,000 in one) that they would take long to read. An
// escaped half of a surrogate pair is no reason to lose the rest: it becomes
// U+FFFD.
std::optional<Json> parse_json(std::string_view text);

// Applies `change` to every string in `value`, names of members included.
void change_strings(Json& value,
                    const std::function<void(std::string&)>& change);

// The string at `key`, or `otherwise` when it is absent or no string.
std::string string_at(const Json& object, const std::string& key,
                      const std::string& otherwise = "");

}  // namespace simulate
