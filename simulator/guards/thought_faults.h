// What must not stand in a thought that is learned from: talk of "the user",
// of rules, prompts, examples and roles, numbering, headings and lists, tags,
// the thinker's own name. Pure.
// Tested by tests/guards/thought_faults_test.cpp.
#pragma once

#include <string>
#include <string_view>

#include "simulator/guards/words.h"

namespace simulate::guards {

// Who thinks, and in which language.
struct Thinker {
  std::string language;
  std::string name;  // "Ada"
};

// In bytes. A longer one is neither clean nor compared word by word.
constexpr size_t kLongestThought = 8192;

// "it speaks of the user"; empty when nothing of it stands there.
std::string thought_fault(const std::string& thought, const Thinker& thinker);

// Neither has it a fault nor filler ("Okay, so", "Let me think") nor says
// anything twice: a rewriter has nothing to do.
bool is_clean(const std::string& thought, const Thinker& thinker);

// The clause speaks of rules, prompts, examples, roles or the format of what is
// written, not of the matter.
bool is_rule_talk(std::string_view clause, const Words& language);

// Without "1.", "Step 2:", "- " and "## " where lines or points begin.
std::string without_numbering(std::string_view text);

}  // namespace simulate::guards
