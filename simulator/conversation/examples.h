// Worked examples for the assistant: files systemprompts/examples/NAME.md, of
// which a conversation is sent the few that fit what is to happen in it. They
// are no part of its record. Values; pure.
// Tested by tests/conversation/examples_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "simulator/calls/tool.h"

namespace simulate {

struct Example {
  std::string name;                     // of its file
  std::vector<std::string> situations;  // that it shows; "any": all
  std::vector<std::string> calls;       // names of tools, as name(...)
  std::string text;
};

// From a file: a line "situations: recall_found, forget", an empty line, the
// example. Throws BadUsage naming `where` and what it must be.
Example example_from(const std::string& name, const std::string& file,
                     const std::string& where);

// Three or four, those of the situation first, whose calls are all of offered
// tools. The same seed draws the same.
std::vector<Example> drawn_examples(const std::vector<Example>& all,
                                    const std::string& situation,
                                    const std::vector<ToolSpec>& offered,
                                    uint64_t seed);

// As the teacher's part has them.
std::string examples_text(const std::vector<Example>& examples);

}  // namespace simulate
