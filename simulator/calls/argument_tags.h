// The tags between the arguments of an XML-like call, in the spellings of Qwen,
// MiniMax, Step and DeepSeek: <parameter=key>, <parameter name="key">,
// </invoke>, <｜DSML｜parameter ...>. Pure; read by tagged_call, whose rows in
// tests/calls/replies (qwen*, function_tags, deepseek*) try them all.
// Tested by tests/calls/reply_table_test.cpp and dialects_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace simulate {

constexpr size_t kMostTagsInValue = 8;  // keeps the reading linear

struct ArgumentTag {
  size_t at = 0;
  size_t end = 0;
  bool closes = false;
  bool of_argument = false;  // else of the function, or of what is around it
  std::string_view attributes;
};

// The tag that begins at `at`, if it means something between the arguments of
// a call.
std::optional<ArgumentTag> tag_at(std::string_view text, size_t at);
// The first of them at `at` or behind it.
std::optional<ArgumentTag> next_tag(std::string_view text, size_t at);

// What the attributes say: =name, ="name", or name="..." among others.
std::string name_in(std::string_view attributes);
// string="true" or "false", as DeepSeek says for each argument.
std::optional<bool> says_string(std::string_view attributes);

// The value without one line break at either end: Qwen's and GLM's belong to
// the tags.
std::string_view without_line_breaks(std::string_view value);
size_t break_before(std::string_view value);  // its length, 0 without one
size_t break_behind(std::string_view value);

}  // namespace simulate
