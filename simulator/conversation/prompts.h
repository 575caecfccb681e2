// The system prompts of the three roles, read from a folder once and checked
// before the first call. Placeholders are written {{persona.name}}; any other
// brace is text.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "simulator/conversation/examples.h"
#include "simulator/guards/leak_detector.h"

namespace simulate {

using Placeholders = std::map<std::string, std::string>;

// Replaces the placeholders that `values` knows, in one pass: what a value
// holds is never looked at again.
std::string rendered(const std::string& text, const Placeholders& values);

// By name, "assistant.md" or "examples/two_at_once.md".
using PromptFiles = std::map<std::string, std::string>;

struct Prompts {
  std::vector<std::string> tester;     // tester.md, tester.2.md, ...
  std::vector<std::string> assistant;  // recorded: the record's system message
  std::string teacher;                 // sent to the assistant, never recorded
  std::vector<Example> examples;       // to draw from for the teacher's part
  std::string tools;
  std::string rewriter;
  PromptFiles files;
  std::string version;  // one name for the whole set, short for a record
  // What each may not repeat aloud.
  guards::LeakDetector tester_leaks;
  guards::LeakDetector assistant_leaks;
};

// A text of a situation's, which is put into a tester's prompt: throws BadUsage
// when it has a placeholder that such a prompt has not, {{about}} apart.
void check_tester_text(const std::string& where, const std::string& text);

// The prompts of a folder, unchecked but for what makes a text.
PromptFiles read_prompt_files(const std::filesystem::path& folder);

// Throws BadUsage naming file, line and remedy; `folder` is for its message.
Prompts prompts_from(PromptFiles files, const std::string& folder);

// Both in one.
Prompts load_prompts(const std::filesystem::path& folder);

}  // namespace simulate
