// What must never stand in a reply: chat templates' special tokens, tags out
// of place, the prompts' own sentences, a tester who plays the assistant. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>

namespace simulate {

// <think>, <tool_call>, <tool_result> and their closings.
bool has_tags(const std::string& text);

// `text` without these and special tokens: for a thought that came in a field
// of its own, where a model may mention a tag without meaning it.
std::string without_markup(std::string text);

// A line begins with "User:", "Human:", "Assistant:" or "Ada:", in bold
// perhaps: the speaker writes somebody's lines instead of one message. What
// stands between code fences does not count.
bool names_a_speaker(const std::string& text);

// The tester speaks as an assistant would.
bool sounds_like_an_assistant(const std::string& text);

// Finds eight words in a row that stand in a prompt as well. Placeholders end
// a row, so what a persona may say is never taken for a leak.
class LeakDetector {
 public:
  void learn(const std::string& prompt);
  bool leaks(const std::string& text) const;

 private:
  std::unordered_set<uint64_t> rows_;
};

}  // namespace simulate
