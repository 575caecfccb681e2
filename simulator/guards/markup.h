// What must stand in no text of a speaker: the tags of thoughts and calls, and
// chat templates' special tokens. Pure.
// Tested by tests/guards/markup_test.cpp.
#pragma once

#include <string>

namespace simulate::guards {

// <think>, <tool_call>, <tool_result> and their closings.
bool has_tags(const std::string& text);

// `text` without these and special tokens: for a thought that came in a field
// of its own, where a model may mention a tag without meaning it.
std::string without_markup(std::string text);

// A line begins with "User:", "Human:", "Assistant:" or the companion's name
// and a colon, in bold perhaps: the speaker writes somebody's lines instead of
// one message. What stands between code fences does not count.
bool names_a_speaker(const std::string& text, const std::string& companion);

// Without blocks of code.
std::string without_fences(std::string text);

}  // namespace simulate::guards
